"""What an agreement says, as plain values: taken from a placement once, and the same for ever after."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from matchmaker.agreements.models import AgreementTemplate, kind_for
from matchmaker.clock import today
from matchmaker.competences.models import Competence
from matchmaker.placements.arranging import Goal, recognition_on
from matchmaker.placements.models import Placement

ARRANGED = (
    "assignment", "first_day", "last_day", "hours_per_week", "weekdays", "workplace", "mode", "allowance", "crebo",
)  # fmt: skip
"""What stands in an arrangement and in the agreement made of it, in the order of the text."""
CHANGEABLE = (*ARRANGED, "goals")
Content = dict[str, Any]


def content_of(placement: Placement, template: AgreementTemplate | None) -> Content:
    """Everything the agreement says, with codes and dates as text. Words are found when it is shown."""
    return {
        **arranged(placement),
        "kind": kind_for(placement.institution.sector).value,
        "placement_kind": placement.kind.value,
        "level": placement.level.value if placement.level else "",
        "title": placement.title,
        "programme": placement.programme.name,
        "school": placement.institution.name,
        "sector": placement.institution.sector.value if placement.institution.sector else "",
        "municipality": placement.municipality.name,
        "people": names(placement),
        "minor": bool(placement.first_day and placement.is_minor_on(placement.first_day)),
        "recognition": _recognition(placement, placement.crebo, placement.first_day),
        "english": placement.in_english or bool(template and template.always_english),
        "template": template_values(template),
    }


def amended(content: Mapping[str, Any], placement: Placement, proposed: Mapping[str, Any]) -> Content:
    """The same agreement with what an amendment changes, and the people and recognition as they are now."""
    first_day = date.fromisoformat(proposed["first_day"])
    return {
        **content,
        **{name: proposed[name] for name in CHANGEABLE},
        "people": names(placement),
        "minor": placement.is_minor_on(max(first_day, today())),
        "recognition": _recognition(placement, proposed["crebo"], first_day),
    }


def arranged(placement: Placement) -> Content:
    """What is arranged now, as it would stand in an agreement."""
    goals = [goal_line(each.text, each.competence, each.level) for each in placement.goals]
    return {**{name: plain(getattr(placement, name)) for name in ARRANGED}, "goals": goals}


def names(placement: Placement) -> dict[str, str]:
    """Who has which part, by name."""
    return {each.part.value: each.display_name for each in placement.people}


def proposal_of(values: Mapping[str, Any], goals: Sequence[Goal]) -> Content:
    """The values of an arrangement as an amendment keeps them."""
    kept = {name: plain(values[name]) for name in ARRANGED}
    wanted = [each for each in goals if each.text.strip() or each.competence is not None]
    lines = [goal_line(each.text.strip(), each.competence, each.level) for each in wanted]
    return {**kept, "goals": lines}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each changed field with what stood there and what comes there, in the order of the text."""
    return [
        {"name": name, "before": before[name], "after": after[name]}
        for name in CHANGEABLE
        if _compared(name, before[name]) != _compared(name, after[name])
    ]


def goal_line(text: str, competence: Competence | None, level: int | None) -> dict[str, Any]:
    """One goal; the level belongs to a competence, whose name is kept as it was in both languages."""
    if competence is None:
        return {"text": text, "competence_id": None, "level": None, "names": {}}
    names = {"nl": competence.name, "en": competence.name_en or competence.name}
    return {"text": text, "competence_id": competence.id, "level": level, "names": names}


def _compared(name: str, value: Any) -> Any:
    """What makes a value another one; for a goal not what its competence is called."""
    return [(each["text"], each["competence_id"], each["level"]) for each in value] if name == "goals" else value


def plain(value: Any) -> Any:
    """A value as JSON: days and codes as text, nothing as nothing."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    return str(value) if isinstance(value, str) else value


def _recognition(placement: Placement, crebo: str, day: date | None) -> dict[str, str]:
    found = recognition_on(placement.municipality_id, crebo, day) if placement.is_mbo and crebo and day else None
    return {"company_id": found.company_id, "valid_until": found.valid_until.isoformat()} if found else {}


def template_values(template: AgreementTemplate | None) -> Content:
    """What an institution adds, in one language or two."""
    if template is None:
        return {"number": 0, "preamble": "", "preamble_en": "", "articles": []}
    return {
        "number": template.number,
        "preamble": template.preamble,
        "preamble_en": template.preamble_en,
        "articles": list(template.articles),
    }


def in_english(content: Mapping[str, Any]) -> Content:
    """The same content with what the institution wrote in English in the place of its Dutch.

    What is not there in English stays as it is: an example may show that, a text to sign has none (`check_english`).
    """
    template = content["template"]
    articles = [
        {name: each.get(f"{name}_en") or each[name] for name in ("title", "text")} for each in template["articles"]
    ]
    preamble = template["preamble_en"] or template["preamble"]
    return {**content, "template": {**template, "preamble": preamble, "articles": articles}}
