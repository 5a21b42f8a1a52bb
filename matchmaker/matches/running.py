"""What runs for someone: counted per state, searched, a page at a time."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from matchmaker.database import db
from matchmaker.listings.models import Listing
from matchmaker.matches.loading import for_a_list
from matchmaker.matches.models import Match
from matchmaker.matches.queries import held_by, part_of
from matchmaker.matches.states import AT_DESK, ENDED, State
from matchmaker.organisations.models import Membership, Organisation

PAGE_SIZE = 20


class Tab(StrEnum):
    """Parts of the list."""

    ALL = "alles"
    AT_DESK = "bij-het-loket"
    OFFERED = "ja-gezegd"
    SCHEDULING = "datum-kiezen"
    AGREED = "afgesproken"
    ENDED = "klaar"


STATES: dict[Tab, frozenset[State]] = {
    Tab.ALL: frozenset(State) - ENDED - {State.PROPOSED},
    Tab.AT_DESK: AT_DESK,
    Tab.OFFERED: frozenset({State.OFFERED}),
    Tab.SCHEDULING: frozenset({State.SCHEDULING}),
    Tab.AGREED: frozenset({State.AGREED}),
    Tab.ENDED: ENDED,
}


def running_page(membership: Membership, tab: Tab, *, search: str = "", page: int = 1) -> Sequence[Match]:
    """One page of a tab: what is due first, what has ended latest first."""
    values = {"skipped": (max(page, 1) - 1) * PAGE_SIZE}
    held = None if search else held_by(membership)
    if held is None:
        query = _in_order(_narrowed(select(Match), membership, search), tab)
    else:
        query, values["holder"] = _held_page(held[0], tab), held[1]
    return db.session.scalars(query, values).unique().all()


def counts(membership: Membership, *, search: str = "") -> dict[Tab, int]:
    """How many matches each tab holds."""
    held = None if search else held_by(membership)
    if held is None:
        rows = db.session.execute(_per_state(_narrowed(select(Match), membership, search)))
    else:
        rows = db.session.execute(_held_per_state(held[0]), {"holder": held[1]})
    by_state = dict(rows.all())
    return {tab: sum(by_state.get(state, 0) for state in states) for tab, states in STATES.items()}


@cache
def _held_page(column: str, tab: Tab) -> Select[tuple[Match]]:
    """Made once: most readers see the matches of one holder, and search for nothing."""
    return _in_order(_held(column), tab)


@cache
def _held_per_state(column: str) -> Select[tuple[State, int]]:
    return _per_state(_held(column))


def _held(column: str) -> Select[tuple[Match]]:
    return select(Match).where(getattr(Match, column) == bindparam("holder"), Match.initiated_by.is_not(None))


def _in_order(query: Select[tuple[Match]], tab: Tab) -> Select[tuple[Match]]:
    order = (Match.ended_at.desc(),) if tab is Tab.ENDED else (Match.due_at.is_(None), Match.due_at)
    query = for_a_list(query.where(Match.state.in_(STATES[tab]))).order_by(*order, Match.id.desc())
    return query.limit(PAGE_SIZE).offset(bindparam("skipped", type_=Integer))


def _per_state(query: Select[tuple[Match]]) -> Select[tuple[State, int]]:
    return query.with_only_columns(Match.state, func.count(Match.id)).group_by(Match.state)


def _narrowed(query: Select[tuple[Match]], membership: Membership, search: str) -> Select[tuple[Match]]:
    """What someone has a part in; a proposal that lapsed was never anyone's business."""
    query = query.where(part_of(membership), Match.initiated_by.is_not(None))
    words = search.split()[:5]
    if not words:
        return query
    need, municipality, school = aliased(Listing), aliased(Organisation), aliased(Organisation)
    query = (
        query.join(need, Match.need_id == need.id)
        .join(municipality, Match.municipality_id == municipality.id)
        .outerjoin(school, Match.school_id == school.id)
    )
    for word in words:
        query = query.where(or_(*(_holds(column, word) for column in (need.title, municipality.name, school.name))))
    return query


def _holds(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    return column.icontains(word, autoescape=True)
