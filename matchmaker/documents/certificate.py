"""The certificate of a placement that was completed: what was done where and when, and the levels that were seen."""

from flask_babel import force_locale

from matchmaker.clock import local
from matchmaker.documents.blocks import Block, bullets, facts, heading, paragraphs, table
from matchmaker.documents.rendering import Template, render
from matchmaker.errors import InvalidMove
from matchmaker.placements.evaluating import given
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part, PlacementSide
from matchmaker.placements.records import EvaluationMoment
from matchmaker.placements.states import PlacementState
from matchmaker.words.arrangements import goal_line
from matchmaker.words.dates import say_date
from matchmaker.words.labels import label
from matchmaker.words.language import gettext


def certificate(placement: Placement, *, language: str) -> bytes:
    """The PDF for a finished placement. The same placement gives the same bytes. Raises InvalidMove before the end.

    It holds no judgement: a level is what supervisor and school saw per learning goal.
    """
    if placement.state is not PlacementState.FINISHED or placement.ended_at is None:
        raise InvalidMove(state=placement.state.value, action="certificate")
    day = local(placement.ended_at).date()
    with force_locale(language):
        values = {
            "title": gettext("Bewijs van afronding"),
            "name": placement.student.display_name,
            "lead": gettext("Stage bij gemeente %(name)s", name=placement.municipality.name),
            "reference": gettext("Stage %(number)s", number=placement.id),
            "foot": gettext("Afgerond op %(day)s", day=say_date(day, with_year=True)),
            "blocks": _blocks(placement),
        }
    return render(Template.CERTIFICATE, values, language=language, made_on=day)


def _blocks(placement: Placement) -> list[Block]:
    people = [each for each in (placement.supervisor, placement.person(Part.SCHOOL_SUPERVISOR)) if each is not None]
    pairs = [
        (gettext("Soort"), label(placement.kind)),
        (gettext("Opdracht"), placement.title),
        (gettext("Opleiding"), f"{placement.programme.name}, {placement.institution.name}"),
        (gettext("Eerste dag"), say_date(placement.first_day, with_year=True)),
        (gettext("Laatste dag"), say_date(placement.last_day, with_year=True)),
        (gettext("Uren per week"), str(placement.hours_per_week or "")),
        (gettext("Begeleiding"), ", ".join(each.display_name for each in people)),
    ]
    return [
        *paragraphs(gettext("heeft deze stage tot het einde gedaan.")),
        *facts(pairs, columns=(gettext("Wat"), gettext("Gegevens"))),
        heading(gettext("De opdracht")),
        *paragraphs(placement.assignment),
        heading(gettext("Leerdoelen")),
        *_goals(placement),
    ]


def _goals(placement: Placement) -> list[Block]:
    """The goals, with the levels that work and school saw at the end where they named any."""
    final = given(placement, EvaluationMoment.FINAL)
    seen = [final[side].levels if side in final else {} for side in (PlacementSide.WORK, PlacementSide.SCHOOL)]
    if not any(seen):
        return bullets(goal_line(each) for each in placement.goals)
    rows = [
        [goal_line(each), *(str(levels.get(str(each.id), gettext("niet genoemd"))) for levels in seen)]
        for each in placement.goals
    ]
    columns = [gettext("Leerdoel"), gettext("Niveau volgens gemeente"), gettext("Niveau volgens school")]
    return table(columns, rows, widths=(4, 2, 2))
