"""The queue of a desk: what is due first, in working days, and what the desk can say of its own pace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import cache

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from matchmaker.accounts.models import Account
from matchmaker.clock import at, local, now, today
from matchmaker.database import Moment, db
from matchmaker.listings.models import Listing
from matchmaker.matches.loading import for_a_list, whole
from matchmaker.matches.models import Match
from matchmaker.matches.states import AT_DESK, State
from matchmaker.organisations.leave import covered_by
from matchmaker.organisations.models import Desk, Organisation
from matchmaker.reference.holidays import add_working_days, due_moment, working_days_between

PAGE = 25
IN_QUEUE = AT_DESK | {State.OFFERED}
WAITS_FOR_ASKER = frozenset({State.ASKED, State.OFFERED})
WAITS_FOR_US = frozenset({State.REQUESTED, State.ROUTED})
MEASURED_DAYS = 90
MOST_MEASURED = 500


class Part(StrEnum):
    """A part of the queue, as it stands in the address."""

    ALL = "alles"
    TODAY = "vandaag"
    COLLEAGUE = "collega"
    ASKER = "school"
    MINE = "van-mij"


class Group(StrEnum):
    LATE = "late"
    TODAY = "today"
    TOMORROW = "tomorrow"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue: the items, how many match in all, and the counts on the chips."""

    items: Sequence[Match]
    total: int
    page: int
    counts: dict[Part, int]
    late: int
    today: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the desk answered first in the last 90 days: number of answers, mean working days, share on time."""

    answered: int
    mean_days: float | None
    on_time: float | None


def awaiting_routing(desk: Desk, *, reader: Account, part: Part = Part.ALL, search: str = "", page: int = 1) -> Queue:
    """Open items of a desk, first what is due first; equal deadlines by number. `reader` is who `MINE` means."""
    values = {"desk": desk.id, "reader": reader.id}
    counts, late, due_today = _counts(values)
    query, total = _part_of_queue(part), counts[part]
    if search:
        query = _listed(query).where(*_found_by(search))
        total = db.session.scalar(query.with_only_columns(func.count(Match.id)), values) or 0
    page = min(max(1, page), max(1, -(-total // PAGE)))
    items = db.session.scalars(
        _in_order(query) if search else _whole_part(part), values | {"skipped": (page - 1) * PAGE}
    )
    return Queue(items.unique().all(), total, page, counts, late, due_today)


@cache
def _whole_part(part: Part) -> Select[tuple[Match]]:
    """A part nobody searches in: what every page of the desk begins with, so it is put together once."""
    return _in_order(_part_of_queue(part))


def _in_order(query: Select[tuple[Match]]) -> Select[tuple[Match]]:
    query = for_a_list(query).order_by(Match.due_at.is_(None), Match.due_at, Match.id)
    return query.limit(PAGE).offset(bindparam("skipped", type_=Integer))


def _part_of_queue(part: Part) -> Select[tuple[Match]]:
    return select(Match).where(*_in_queue(), _is_part(part))


def _in_queue() -> tuple[ColumnElement[bool], ...]:
    return Match.desk_id == bindparam("desk"), Match.state.in_(IN_QUEUE)


def open_items(desk: Desk) -> int:
    """How many items are in the queue of a desk."""
    return db.session.scalar(_open_items(), {"desk": desk.id}) or 0


@cache
def _open_items() -> Select[tuple[int]]:
    """Every page of an officer asks it, so it is put together once."""
    return select(func.count(Match.id)).where(*_in_queue())


def items_of(desk: Desk, ids: Sequence[int]) -> Sequence[Match]:
    """Those of these items that are in the queue of this desk, locked, in order of number."""
    query = select(Match).where(Match.desk_id == desk.id, Match.state.in_(IN_QUEUE), Match.id.in_(ids))
    db.session.scalars(query.order_by(Match.id).with_for_update()).all()
    return db.session.scalars(whole(query).order_by(Match.id)).unique().all()


def group_of(match: Match, moment: datetime) -> Group:
    """Where an item stands in the queue. Tomorrow is the next working day."""
    if match.due_at is None:
        return Group.LATER
    if match.due_at < moment:
        return Group.LATE
    day, here = local(match.due_at).date(), local(moment).date()
    if day <= here:
        return Group.TODAY
    return Group.TOMORROW if day <= add_working_days(here, 1) else Group.LATER


def pace_of(desk: Desk, moment: datetime) -> Pace:
    """First answers of the last 90 days held against the promise of today."""
    return paces_of([desk], moment)[desk.id]


def paces_of(desks: Sequence[Desk], moment: datetime) -> dict[int, Pace]:
    """The same for several desks, by desk."""
    since, most = moment - timedelta(days=MEASURED_DAYS), MOST_MEASURED * len(desks)
    asked = {"desks": [desk.id for desk in desks], "since": since, "most": most}
    rows = db.session.execute(_first_answers(), asked).all()
    return {
        desk.id: _pace([(asked, answered) for at_desk, asked, answered in rows if at_desk == desk.id], desk)
        for desk in desks
    }


@cache
def _first_answers() -> Select[tuple[int | None, datetime | None, datetime | None]]:
    return (
        select(Match.desk_id, Match.requested_at, Match.first_answered_at)
        .where(
            Match.desk_id.in_(bindparam("desks", expanding=True)),
            Match.requested_at.is_not(None),
            Match.first_answered_at >= bindparam("since"),
        )
        .order_by(Match.first_answered_at.desc(), Match.id)
        .limit(bindparam("most", type_=Integer))
    )


def _pace(answers: Sequence[tuple[datetime, datetime]], desk: Desk) -> Pace:
    if not answers:
        return Pace(0, None, None)
    days = [max(0, working_days_between(local(asked).date(), local(answered).date())) for asked, answered in answers]
    in_time = [answered <= due_moment(asked, desk.first_answer_days) for asked, answered in answers]
    return Pace(len(answers), sum(days) / len(answers), sum(in_time) / len(answers))


def _listed(query: Select[tuple[Match]]) -> Select[tuple[Match]]:
    return (
        query.join(Match.need)
        .outerjoin(Organisation, Organisation.id == Match.school_id)
        .outerjoin(Account, Account.id == Match.school_contact_id)
    )


def _found_by(search: str) -> list[ColumnElement[bool]]:
    """Every word stands in the title, the school or the name of the asker."""
    where = (Listing.title, Organisation.name, Account.display_name, Listing.reference)
    return [or_(*(column.icontains(word, autoescape=True) for column in where)) for word in search.split()[:8]]


def _is_part(part: Part) -> ColumnElement[bool]:
    if part is Part.TODAY:
        return and_(_is_due_today(), Match.state.in_(WAITS_FOR_US))
    if part is Part.COLLEAGUE:
        return Match.state == State.ROUTED
    if part is Part.ASKER:
        return Match.state.in_(WAITS_FOR_ASKER)
    if part is Part.MINE:
        return _is_mine()
    return Match.id.is_not(None)


def _is_mine() -> ColumnElement[bool]:
    """What the reader owns or was asked as a colleague, and the same of whoever they stand in for today."""
    reader = bindparam("reader", type_=Integer)

    def of_whom(column: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
        return or_(column == reader, column.in_(covered_by(reader)))

    return or_(of_whom(Match.owner_id), and_(Match.state == State.ROUTED, of_whom(Match.colleague_id)))


def _counts(values: dict[str, int]) -> tuple[dict[Part, int], int, int]:
    *per_part, late, due_today = db.session.execute(_counted(), values).one()
    return dict(zip(Part, per_part, strict=True)), late, due_today


@cache
def _counted() -> Select[tuple[int, ...]]:
    def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    waits = Match.state.in_(WAITS_FOR_US)
    due_today = and_(waits, Match.due_at >= bindparam(None, callable_=now, type_=Moment()), _is_due_today())
    return select(
        *(number(_is_part(part)) for part in Part), number(and_(waits, Match.is_late)), number(due_today)
    ).where(*_in_queue())


def _is_due_today() -> ColumnElement[bool]:
    return Match.due_at <= bindparam(None, callable_=_end_of_today, type_=Moment())


def _end_of_today() -> datetime:
    return at(today(), time(23, 59, 59))
