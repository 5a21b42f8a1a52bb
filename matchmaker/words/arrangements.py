"""What was arranged for a placement, as facts to read."""

from matchmaker.placements.models import LearningGoal, Placement
from matchmaker.words.dates import say_date
from matchmaker.words.labels import label
from matchmaker.words.language import gettext, in_english, joined


def arrangement_facts(placement: Placement) -> list[tuple[str, str]]:
    """Name and value of everything arranged, in the order of the page; what is not known yet says so."""
    unknown = gettext("nog niet ingevuld")
    facts = [
        (gettext("Opleiding"), placement.programme.name),
        (gettext("Eerste dag"), say_date(placement.first_day) or unknown),
        (gettext("Laatste dag"), say_date(placement.last_day) or unknown),
        (gettext("Uren per week"), str(placement.hours_per_week or unknown)),
        (gettext("Dagen"), _days(placement.weekdays) or unknown),
        (gettext("Vergoeding"), _allowance(placement.allowance) or unknown),
        (gettext("Werkplek"), placement.workplace or unknown),
        (gettext("Waar"), label(placement.mode) or unknown),
    ]
    if placement.is_mbo:
        facts.append((gettext("Crebo"), placement.crebo or unknown))
    if placement.in_english:
        facts.append((gettext("Overeenkomst"), gettext("in het Nederlands en het Engels")))
    return facts


def goal_lines(placement: Placement) -> list[str]:
    """The learning goals in words."""
    return [goal_line(each) for each in placement.goals]


def goal_line(goal: LearningGoal) -> str:
    """`Schrijven voor inwoners, niveau 3: een brief die iedereen begrijpt`."""
    if goal.competence is None:
        return goal.text
    name = goal.competence.name_en if in_english() and goal.competence.name_en else goal.competence.name
    said = gettext("%(name)s, niveau %(level)s", name=name, level=goal.level)
    return f"{said}: {goal.text}" if goal.text else said


def _days(days: list[str]) -> str:
    names = {
        "mon": gettext("maandag"),
        "tue": gettext("dinsdag"),
        "wed": gettext("woensdag"),
        "thu": gettext("donderdag"),
        "fri": gettext("vrijdag"),
    }
    return joined(names[each] for each in days if each in names)


def _allowance(amount: int | None) -> str:
    if amount is None:
        return ""
    return gettext("€ %(amount)s per maand", amount=amount) if amount else gettext("geen vergoeding")
