"""Questions about matches. Whoever asks is a party to the answer: what is not yours raises NotFound."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import ColumnElement, Row, Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.engine.criteria import FULL_DESK
from matchmaker.errors import LinkUnusable, NotFound
from matchmaker.links.models import Link
from matchmaker.listings.models import Listing
from matchmaker.matches.loading import OF_PEOPLE, for_its_page, whole
from matchmaker.matches.models import Match, MatchEvent
from matchmaker.matches.states import AT_DESK, State
from matchmaker.organisations.leave import covered_by
from matchmaker.organisations.models import Desk, Membership, Organisation
from matchmaker.organisations.queries import active_memberships, desk_of
from matchmaker.vocabulary import Role, Side

SCHOOL_ROLES = frozenset({Role.LECTURER, Role.COORDINATOR})
DESK_ROLES = frozenset({Role.OFFICER, Role.REGION_COORDINATOR})
MUNICIPAL_ROLES = DESK_ROLES | {Role.COLLEAGUE}


def match_of_desk(match_id: int, desk: Desk | None, *, lock: bool = False) -> Match:
    """A match at this desk that was asked: proposals are not at the desk yet. Raises NotFound."""
    if desk is None:
        raise NotFound()
    if lock:
        query = select(Match).where(Match.id == match_id, Match.desk_id == desk.id, Match.state != State.PROPOSED)
        return _one(query, lock=True)
    return _found(_asked_at_desk(), {"match": match_id, "holder": desk.id})


@cache
def _asked_at_desk() -> Select[tuple[Match]]:
    at_desk = Match.desk_id == bindparam("holder"), Match.state != State.PROPOSED
    return whole(select(Match).where(Match.id == bindparam("match"), *at_desk))


def match_of_party(match_id: int, membership: Membership | None, *, lock: bool = False) -> Match:
    """A match in which this person has a part in the role they act in. Raises NotFound."""
    if membership is None:
        raise NotFound()
    held = held_by(membership)
    if lock or held is None:
        return _one(select(Match).where(Match.id == match_id, part_of(membership)), lock=lock)
    column, holder = held
    return _found(_held(column), {"match": match_id, "holder": holder})


@cache
def _held(column: str) -> Select[tuple[Match]]:
    """One match with what its page shows, when this column of it names the holder."""
    query = select(Match).where(Match.id == bindparam("match"), getattr(Match, column) == bindparam("holder"))
    return for_its_page(query)


def match_by_id(match_id: int, *, lock: bool = False) -> Match:
    """The match behind a link. Raises NotFound."""
    return _one(select(Match).where(Match.id == match_id), lock=lock)


def candidates_for(listing: Listing) -> Sequence[Match]:
    """The counterparts of a listing, best first: proposals whose other side is still open, and what came of others.

    Equal scores fall to the reference of the counterpart.
    """
    own, other = (Match.need_id, Match.offer_id) if listing.side is Side.NEED else (Match.offer_id, Match.need_id)
    query = (
        select(Match)
        .join(Listing, Listing.id == other)
        .where(
            own == listing.id,
            Match.score.is_not(None),
            or_(Match.state != State.PROPOSED, Listing.is_open),
        )
    )
    return db.session.scalars(whole(query).order_by(Match.score.desc(), Listing.reference)).unique().all()


def candidates_here(match: Match) -> Sequence[Match]:
    """Proposals for the same need from municipalities that share this desk, best first."""
    asked = {"id": match.id, "need": match.need_id, "desk": match.desk_id, "municipality": match.municipality_id}
    return db.session.scalars(_candidates_here(), asked).unique().all()


@cache
def _candidates_here() -> Select[tuple[Match]]:
    served = select(Organisation.id).where(Organisation.desk_id == bindparam("desk"))
    query = select(Match).where(
        Match.need_id == bindparam("need"),
        Match.id != bindparam("id"),
        Match.state == State.PROPOSED,
        Match.offer_id.is_not(None),
        or_(Match.municipality_id == bindparam("municipality"), Match.municipality_id.in_(served)),
    )
    return whole(query).order_by(Match.score.desc(), Match.offer_id)


def proposals_by_municipality(match: Match, municipality_ids: Sequence[int]) -> dict[int, Match]:
    """The best proposal for the same need per municipality."""
    rows = db.session.scalars(_proposals(), {"need": match.need_id, "municipalities": list(municipality_ids)})
    return {each.municipality_id: each for each in rows}


@cache
def _proposals() -> Select[tuple[Match]]:
    return (
        select(Match)
        .where(
            Match.need_id == bindparam("need"),
            Match.municipality_id.in_(bindparam("municipalities", expanding=True)),
            Match.state == State.PROPOSED,
            Match.score.is_not(None),
        )
        .order_by(Match.score, Match.id.desc())
    )


def events_of(match: Match) -> Sequence[MatchEvent]:
    """What happened, oldest first, and what happened at the desks that had the question before."""
    ids, earlier = [match.id], match.forwarded_from
    while earlier is not None:
        ids.append(earlier.id)
        earlier = earlier.forwarded_from
    return db.session.scalars(_events(), {"matches": ids}).all()


@cache
def _events() -> Select[tuple[MatchEvent]]:
    return (
        select(MatchEvent)
        .where(MatchEvent.match_id.in_(bindparam("matches", expanding=True)))
        .order_by(MatchEvent.at, MatchEvent.id)
        .options(joinedload(MatchEvent.actor).load_only(*OF_PEOPLE))
    )


def listing_to_rank(reference: str) -> Listing:
    """A posting by its reference, whatever its status, for a command on the machine itself. Raises NotFound."""
    found = db.session.scalar(select(Listing).where(Listing.reference == reference))
    if found is None:
        raise NotFound()
    return found


def unmet_demand(organisation: Organisation) -> int:
    """How many questions to this municipality found no desk within reach."""
    query = select(func.count(Match.id)).where(
        Match.municipality_id == organisation.id, Match.desk_id.is_(None), Match.state == State.REFUSED
    )
    return db.session.scalar(query) or 0


def _one(query: Select[tuple[Match]], *, lock: bool) -> Match:
    if lock:
        db.session.scalar(query.with_for_update())
    return _found(whole(query), {})


def _found(query: Select[tuple[Match]], values: dict[str, int]) -> Match:
    found = db.session.scalars(query, values).unique().one_or_none()
    if found is None:
        raise NotFound()
    return found


def part_of(membership: Membership) -> ColumnElement[bool]:
    """School staff see the matches of their school, the desk those at its desk, a colleague their own.

    Who covers during leave also sees what the one away was asked.
    """
    if held := held_by(membership):
        column, holder = held
        return getattr(Match, column) == holder
    if membership.role is Role.COLLEAGUE:
        posted = select(Listing.id).where(
            Listing.owner_id == membership.account_id, Listing.organisation_id == membership.organisation_id
        )
        return (Match.municipality_id == membership.organisation_id) & or_(
            Match.colleague_id == membership.account_id,
            (Match.state == State.ROUTED) & Match.colleague_id.in_(covered_by(membership.account_id)),
            Match.offer_id.in_(posted),
            Match.need_id.in_(posted),
        )
    return Match.id == 0


def held_by(membership: Membership) -> tuple[str, int] | None:
    """Of whoever sees the matches of one holder: the column that names it, and its number."""
    if membership.role in SCHOOL_ROLES:
        return "school_id", membership.organisation_id
    if membership.role in DESK_ROLES:
        desk = desk_of(membership)
        return "desk_id", desk.id if desk else 0
    return None


def asked_by_link(link: Link, *, lock: bool = False) -> tuple[Match, Account]:
    """The question a colleague got by letter, and the colleague.

    Raises LinkUnusable once they have left the municipality and its desk, or their account was closed.
    """
    person = db.session.get(Account, link.account_id) if link.account_id else None
    match = match_by_id(link.subject_id, lock=lock)
    places = {match.municipality_id, match.desk.holder_id if match.desk else match.municipality_id}
    if person is None or not person.is_active:
        raise LinkUnusable("revoked")
    if not any(role.organisation_id in places for role in active_memberships(person)):
        raise LinkUnusable("revoked")
    return match, person


def desk_loads() -> dict[int, float]:
    """Open items per officer, by desk. A desk without officers counts as one with a single officer."""
    return {desk_id: count / people for desk_id, count, people in _desk_counts()}


def desk_room() -> dict[int, int]:
    """How many items each desk can still take before every officer has as many as makes a desk full."""
    return {desk_id: max(0, int(FULL_DESK * people) - count) for desk_id, count, people in _desk_counts()}


def _desk_counts() -> Sequence[Row[tuple[int, int, int]]]:
    """Desk, open items, officers."""
    items = (
        select(Match.desk_id, func.count().label("items"))
        .where(Match.state.in_(AT_DESK), Match.desk_id.is_not(None))
        .group_by(Match.desk_id)
        .subquery()
    )
    staff = (
        select(Membership.organisation_id, func.count(Membership.account_id.distinct()).label("people"))
        .where(Membership.role.in_(DESK_ROLES), Membership.is_active)
        .group_by(Membership.organisation_id)
        .subquery()
    )
    return db.session.execute(
        select(Desk.id, func.coalesce(items.c["items"], 0), func.coalesce(staff.c.people, 1))
        .outerjoin(items, items.c.desk_id == Desk.id)
        .outerjoin(staff, staff.c.organisation_id == Desk.holder_id)
        .order_by(Desk.id)
    ).all()
