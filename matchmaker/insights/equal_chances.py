"""Equal chances: what schools of mbo, hbo and wo got on the same question, and how many students came.

Organisations are compared, never persons. Of students only numbers per group are shown (`chances_tables`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from statistics import median
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from matchmaker.applications.models import Application
from matchmaker.clock import at, local
from matchmaker.database import db
from matchmaker.insights.chances_tables import SECTORS, Counted, shown_of
from matchmaker.insights.small_groups import FEWEST, Shown, share
from matchmaker.listings.models import Listing
from matchmaker.matches.models import Match
from matchmaker.organisations.models import Organisation, Programme
from matchmaker.placements.models import Placement
from matchmaker.reference.holidays import working_days_between
from matchmaker.vocabulary import PLACEMENT_KINDS, Sector

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
class Heard:
    """Students who applied for a place themselves and how many of those heard something, per kind of education and per
    programme, and the median of the working days until then. Of each student the first application of the year."""

    applied: Shown[Sector]
    answered: Shown[Sector]
    programmes: Shown[int]
    days: dict[Sector, float | None]


@dataclass(frozen=True, slots=True)
class EqualChances:
    """One school year of an organisation or a part. Programmes are numbers; `names` says how they are called."""

    first_day: date
    last_day: date
    answers: dict[Sector, Answers]
    students: Heard
    placed: Shown[Sector]
    started: Shown[Sector]
    programmes: Shown[int]
    names: dict[int, str]


def equal_chances(organisation: Organisation, year: int, *, faculty_id: int | None = None) -> EqualChances:
    """The figures of the school year that begins in `year`: of a desk's municipalities, of one of them, of a school,
    or of one faculty of it.

    A part is held against the whole: what is shown of both never differs by a group under five.
    """
    first, last = date(year, *YEAR_BEGINS), date(year + 1, *YEAR_BEGINS)
    whole, part = _whole(organisation), faculty_id
    if not organisation.is_institution and whole.id != organisation.id:
        part = organisation.id
    rows, names = _placements(whole, first, last)
    firsts = _first_applications(whole, first, last)
    own = organisation.id if part is not None and not organisation.is_institution else None
    return EqualChances(
        first,
        last,
        _answers(organisation if own else whole, first, last, faculty_id, alone=own is not None),
        _heard(firsts, part),
        *shown_of(rows, part),
        {**names, **{each.programme: each.name for each in firsts}},
    )


def years_with_figures(today: date) -> tuple[int, int]:
    """The school year of today and the one before: two fixed periods, so that no period of one's own can be cut."""
    this = today.year if (today.month, today.day) >= YEAR_BEGINS else today.year - 1
    return this, this - 1


def _placements(whole: Organisation, first: date, last: date) -> tuple[list[Counted], dict[int, str]]:
    """What was begun to be arranged in this time and what of it started, per part, and the names of the programmes."""
    at_school = whole.is_institution
    own = Placement.institution_id if at_school else Placement.municipality_id
    part = Programme.faculty_id if at_school else Placement.municipality_id
    query = (
        select(
            part,
            Organisation.sector,
            Programme.id,
            Programme.name,
            func.count(Placement.id),
            func.count(Placement.started_at),
        )
        .join(Organisation, Organisation.id == Placement.institution_id)
        .join(Programme, Programme.id == Placement.programme_id)
        .where(
            own.in_(_scope(whole)),
            Organisation.sector.in_(SECTORS),
            Placement.created_at >= at(first, time(0)),
            Placement.created_at < at(last, time(0)),
        )
        .group_by(part, Organisation.sector, Programme.id, Programme.name)
        .order_by(Programme.name, Programme.id)
    )
    rows = db.session.execute(query).all()
    names = {number: name for _, _, number, name, _, _ in rows}
    return [Counted(part or 0, sector, number, *counts) for part, sector, number, _, *counts in rows], names


class _First(NamedTuple):
    """The first application of a student in a year; `answered_at` is empty as long as nobody answered."""

    part: int
    sector: Sector
    programme: int
    name: str
    sent_at: datetime
    answered_at: datetime | None


def _first_applications(whole: Organisation, first: date, last: date) -> list[_First]:
    """One for each student, so that a student is in one part only and counts as one."""
    at_school = whole.is_institution
    own = Application.institution_id if at_school else Application.municipality_id
    part = Programme.faculty_id if at_school else Application.municipality_id
    query = (
        select(
            Application.id,
            Application.student_id,
            func.coalesce(part, 0),
            Organisation.sector,
            Programme.id,
            Programme.name,
            Application.sent_at,
            Application.first_answered_at,
        )
        .join(Organisation, Organisation.id == Application.institution_id)
        .join(Programme, Programme.id == Application.programme_id)
        .where(
            own.in_(_scope(whole)),
            Organisation.sector.in_(SECTORS),
            Application.sent_at >= at(first, time(0)),
            Application.sent_at < at(last, time(0)),
        )
        .order_by(Application.sent_at, Application.id)
    )
    found: dict[tuple[bool, int], _First] = {}
    for number, student, *values in db.session.execute(query):
        found.setdefault((student is None, student or number), _First(*values))
    return list(found.values())


def _heard(firsts: Sequence[_First], part: int | None) -> Heard:
    sent = Counter((each.part, each.sector, each.programme) for each in firsts)
    heard = Counter((each.part, each.sector, each.programme) for each in firsts if each.answered_at)
    applied, answered, programmes = shown_of([Counted(*key, sent[key], heard[key]) for key in sent], part)
    days = defaultdict[Sector, list[int]](list)
    for each in firsts:
        if each.answered_at and part in (None, each.part):
            days[each.sector].append(_days(each.sent_at, each.answered_at))
    return Heard(
        applied,
        answered,
        programmes,
        {each: median(days[each]) if answered.groups[each] else None for each in SECTORS},
    )


def _answers(
    organisation: Organisation, first: date, last: date, faculty_id: int | None, *, alone: bool
) -> dict[Sector, Answers]:
    """Per sector what became of the questions for a place that a school, or one faculty of it, asked a desk."""
    own = Match.school_id if organisation.is_institution else Match.municipality_id
    query = (
        select(Organisation.sector, Match.requested_at, Match.first_answered_at)
        .join(Listing, Listing.id == Match.need_id)
        .join(Organisation, Organisation.id == Match.school_id)
        .where(
            own.in_([organisation.id] if alone else _scope(organisation)),
            Organisation.sector.in_(SECTORS),
            Match.kind.in_(PLACEMENT_KINDS),
            Match.requested_at >= at(first, time(0)),
            Match.requested_at < at(last, time(0)),
        )
    )
    if faculty_id is not None:
        programmes = select(Programme.id).where(Programme.faculty_id == faculty_id)
        query = query.where(Listing.programme_id.in_(programmes))
    asked, days = Counter[Sector](), defaultdict[Sector, list[int]](list)
    for sector, requested, answered in db.session.execute(query):
        asked[sector] += 1
        if answered is not None:
            days[sector].append(_days(requested, answered))
    return {each: _of(asked[each], days[each]) for each in SECTORS}


def _days(since: datetime, until: datetime) -> int:
    return working_days_between(local(since).date(), local(until).date())


def _of(asked: int, days: Iterable[int]) -> Answers:
    waited = list(days)
    return Answers(asked, share(len(waited), asked), median(waited) if len(waited) >= FEWEST else None)


def _whole(organisation: Organisation) -> Organisation:
    """What an organisation is held against: for a municipality the one that holds its desk."""
    if organisation.is_institution or organisation.desk is None:
        return organisation
    return organisation.desk.holder


def _scope(whole: Organisation) -> list[int] | ColumnElement[int]:
    """The organisation itself; for whoever holds a desk every municipality that desk serves."""
    if whole.is_institution or whole.desk is None or whole.desk.holder_id != whole.id:
        return [whole.id]
    return select(Organisation.id).where(Organisation.desk_id == whole.desk.id)  # type: ignore[return-value]
