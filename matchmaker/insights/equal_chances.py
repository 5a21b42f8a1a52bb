"""Equal chances: what schools of mbo, hbo and wo got on the same question, and how many students came.

Organisations are compared, never persons. Of students only numbers per group are shown (`small_groups`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from statistics import median

from sqlalchemy import ColumnElement, func, select

from matchmaker.clock import at, local
from matchmaker.database import db
from matchmaker.insights.small_groups import FEWEST, Shown, published, share
from matchmaker.listings.models import Listing
from matchmaker.matches.models import Match
from matchmaker.organisations.models import Organisation, Programme
from matchmaker.placements.models import Placement
from matchmaker.reference.holidays import working_days_between
from matchmaker.vocabulary import PLACEMENT_KINDS, Sector

SECTORS = (Sector.MBO, Sector.HBO, Sector.WO)
YEAR_BEGINS = (8, 1)


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of the questions for a place: how many, the share answered, working days until the first answer.

    Questions are of schools and not of persons; still a share and a time are shown from five on.
    """

    asked: int
    answered: int | None
    days: float | None


@dataclass(frozen=True, slots=True)
class EqualChances:
    """One school year of one organisation. `programmes` are named by number; `names` says how they are called."""

    first_day: date
    last_day: date
    answers: dict[Sector, Answers]
    placed: Shown[Sector]
    started: Shown[Sector]
    programmes: Shown[int]
    names: dict[int, str]


def equal_chances(organisation: Organisation, year: int) -> EqualChances:
    """The figures of the school year that begins in `year`, for the municipalities of a desk or for one school."""
    first, last = date(year, *YEAR_BEGINS), date(year + 1, *YEAR_BEGINS)
    rows = _placements(organisation, first, last)
    placed, started, programmes = Counter[Sector](), Counter[Sector](), Counter[int]()
    names: dict[int, str] = {}
    for sector, programme, name, number, begun in rows:
        placed[sector] += number
        started[sector] += begun
        programmes[programme] += number
        names[programme] = name
    return EqualChances(
        first,
        last,
        _answers(organisation, first, last),
        published({each: placed[each] for each in SECTORS}),
        published({each: started[each] for each in SECTORS}),
        published(dict(programmes)),
        names,
    )


def years_with_figures(today: date) -> tuple[int, int]:
    """The school year of today and the one before: two fixed periods, so that no period of one's own can be cut."""
    this = today.year if (today.month, today.day) >= YEAR_BEGINS else today.year - 1
    return this, this - 1


def _placements(organisation: Organisation, first: date, last: date) -> list[tuple[Sector, int, str, int, int]]:
    """Sector, programme, its name, placements that were begun to be arranged in this time, and those that started."""
    own = Placement.institution_id if organisation.is_institution else Placement.municipality_id
    query = (
        select(
            Organisation.sector,
            Programme.id,
            Programme.name,
            func.count(Placement.id),
            func.count(Placement.started_at),
        )
        .join(Organisation, Organisation.id == Placement.institution_id)
        .join(Programme, Programme.id == Placement.programme_id)
        .where(
            own.in_(_scope(organisation)),
            Organisation.sector.in_(SECTORS),
            Placement.created_at >= at(first, time(0)),
            Placement.created_at < at(last, time(0)),
        )
        .group_by(Organisation.sector, Programme.id, Programme.name)
        .order_by(Programme.name, Programme.id)
    )
    return [tuple(row) for row in db.session.execute(query)]


def _answers(organisation: Organisation, first: date, last: date) -> dict[Sector, Answers]:
    """Per sector what became of the questions for a place that a school asked a desk."""
    own = Match.school_id if organisation.is_institution else Match.municipality_id
    query = (
        select(Organisation.sector, Match.requested_at, Match.first_answered_at)
        .join(Listing, Listing.id == Match.need_id)
        .join(Organisation, Organisation.id == Match.school_id)
        .where(
            own.in_(_scope(organisation)),
            Organisation.sector.in_(SECTORS),
            Match.kind.in_(PLACEMENT_KINDS),
            Match.requested_at >= at(first, time(0)),
            Match.requested_at < at(last, time(0)),
        )
    )
    asked, days = Counter[Sector](), defaultdict[Sector, list[int]](list)
    for sector, requested, answered in db.session.execute(query):
        asked[sector] += 1
        if answered is not None:
            days[sector].append(working_days_between(local(requested).date(), local(answered).date()))
    return {each: _of(asked[each], days[each]) for each in SECTORS}


def _of(asked: int, days: Iterable[int]) -> Answers:
    waited = list(days)
    return Answers(asked, share(len(waited), asked), median(waited) if len(waited) >= FEWEST else None)


def _scope(organisation: Organisation) -> list[int] | ColumnElement[int]:
    """The organisation itself; for whoever holds a desk every municipality that desk serves."""
    if organisation.is_institution or organisation.desk is None:
        return [organisation.id]
    if organisation.desk.holder_id != organisation.id:
        return [organisation.id]
    return select(Organisation.id).where(Organisation.desk_id == organisation.desk.id)  # type: ignore[return-value]
