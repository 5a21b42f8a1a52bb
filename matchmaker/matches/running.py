"""What runs for someone: counted per state, searched, a page at a time."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from matchmaker.database import db
from matchmaker.listings.models import Listing
from matchmaker.matches.models import Match
from matchmaker.matches.queries import part_of, whole
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
    query = _narrowed(select(Match), membership, search).where(Match.state.in_(STATES[tab]))
    ended = tab is Tab.ENDED
    order = (Match.ended_at.desc(),) if ended else (Match.due_at.is_(None), Match.due_at)
    query = whole(query).order_by(*order, Match.id.desc()).limit(PAGE_SIZE).offset((max(page, 1) - 1) * PAGE_SIZE)
    return db.session.scalars(query).unique().all()


def counts(membership: Membership, *, search: str = "") -> dict[Tab, int]:
    """How many matches each tab holds."""
    query = _narrowed(select(Match), membership, search).with_only_columns(Match.state, func.count(Match.id))
    by_state = dict(db.session.execute(query.group_by(Match.state)).all())
    return {tab: sum(by_state.get(state, 0) for state in states) for tab, states in STATES.items()}


def _narrowed(query: Select[tuple[Match]], membership: Membership, search: str) -> Select[tuple[Match]]:
    """What someone has a part in; a proposal that lapsed was never anyone's business."""
    need, municipality, school = aliased(Listing), aliased(Organisation), aliased(Organisation)
    query = (
        query.join(need, Match.need_id == need.id)
        .join(municipality, Match.municipality_id == municipality.id)
        .outerjoin(school, Match.school_id == school.id)
        .where(part_of(membership), Match.initiated_by.is_not(None))
    )
    for word in search.split()[:5]:
        query = query.where(or_(*(_holds(column, word) for column in (need.title, municipality.name, school.name))))
    return query


def _holds(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    return column.icontains(word, autoescape=True)
