"""Contact belongs to the organisation: everything of someone who leaves goes to a colleague in one act."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.listings.models import Listing
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.matches.models import Match
from matchmaker.matches.queries import DESK_ROLES, MUNICIPAL_ROLES, SCHOOL_ROLES
from matchmaker.matches.states import ENDED, Action, State, allows
from matchmaker.organisations.leaving import covers_held
from matchmaker.organisations.models import Desk, Membership, Organisation
from matchmaker.organisations.queries import active_memberships, members_with_role
from matchmaker.vocabulary import ListingStatus, Party, Role

OPEN_LISTINGS = (ListingStatus.DRAFT, ListingStatus.IN_CHECK, ListingStatus.PUBLISHED, ListingStatus.RETURNED)


def hand_over(from_account: Account, to_account: Account, organisation: Organisation, *, by: Account) -> int:
    """Give every open match and posting someone has in this organisation to a colleague; returns how many.

    Each match shows it in its history; the log gets one event for the whole. Raises InvalidValue when the receiver
    does not work here, or in no role that may do this work.
    """
    matches, listings = matches_held(from_account, organisation), listings_held(from_account, organisation)
    roles = {each.role for each in active_memberships(to_account) if each.organisation_id == organisation.id}
    needed = _roles_needed(from_account, organisation, matches, has_more=bool(listings))
    if not roles or to_account.id == from_account.id or not all(roles & each for each in needed):
        raise InvalidValue("to", "unknown_code")
    for match in matches:
        _give(match, from_account, to_account, organisation, by=by)
    for listing in listings:
        listing.owner = to_account
    db.session.flush()
    record(
        "match.hand_over",
        about=organisation,
        by=by,
        organisation=organisation,
        sender=from_account.id,
        receiver=to_account.id,
        matches=len(matches),
        listings=len(listings),
    )
    if matches or listings:
        queue_letter(
            "handed_over",
            topic=Topic.REQUESTS,
            to=to_account,
            path="/start",
            sender=from_account.display_name,
            matches=len(matches),
            listings=len(listings),
        )
    return len(matches) + len(listings)


def successors(leaving: Membership) -> Sequence[Account]:
    """Colleagues who may do all of the work someone leaves behind here, by name; without work every colleague.

    A match of the desk needs a role at the desk, a posting or a question asked of a colleague any working role of
    its side: a board member or an administrator could not open it.
    """
    account, organisation = leaving.account, leaving.organisation
    has_more = bool(listings_held(account, organisation) or covers_held(leaving))
    needed = _roles_needed(account, organisation, matches_held(account, organisation), has_more=has_more)
    able: dict[int, set[Role]] = {}
    people = members_with_role(leaving.organisation, *(set(Role) - {Role.STUDENT}))
    for each in people:
        able.setdefault(each.account_id, set()).add(each.role)
    accounts = {each.account_id: each.account for each in people}
    return [
        account
        for number, account in accounts.items()
        if number != leaving.account_id and all(able[number] & roles for roles in needed)
    ]


def _roles_needed(
    account: Account, organisation: Organisation, matches: Sequence[Match], *, has_more: bool
) -> list[frozenset[Role]]:
    """For each kind of work someone leaves behind, the roles that may do it. `has_more`: postings or leave to cover."""
    working = SCHOOL_ROLES if organisation.is_institution else MUNICIPAL_ROLES
    needed = [DESK_ROLES] if any(match.owner_id == account.id for match in matches) else []
    return [*needed, working] if matches or has_more else needed


def matches_held(account: Account, organisation: Organisation) -> Sequence[Match]:
    """Matches that have not ended in which someone acts for this organisation, oldest first."""
    desks = select(Desk.id).where(Desk.holder_id == organisation.id)
    for_municipality = or_(Match.municipality_id == organisation.id, Match.desk_id.in_(desks))
    return db.session.scalars(
        select(Match)
        .where(
            Match.state.not_in(ENDED),
            or_(
                for_municipality & or_(Match.owner_id == account.id, Match.colleague_id == account.id),
                (Match.school_id == organisation.id) & (Match.school_contact_id == account.id),
            ),
        )
        .order_by(Match.id)
    ).all()


def listings_held(account: Account, organisation: Organisation) -> Sequence[Listing]:
    """Open postings of someone in this organisation, oldest first."""
    return db.session.scalars(
        select(Listing)
        .where(
            Listing.organisation_id == organisation.id,
            Listing.owner_id == account.id,
            Listing.status.in_(OPEN_LISTINGS),
        )
        .order_by(Listing.id)
    ).all()


def _give(match: Match, sender: Account, receiver: Account, organisation: Organisation, *, by: Account) -> None:
    party = Party.SCHOOL if match.school_id == organisation.id else Party.MUNICIPALITY
    for name in ("school_contact",) if party is Party.SCHOOL else ("owner", "colleague"):
        if getattr(match, f"{name}_id") == sender.id:
            setattr(match, name, receiver)
    if match.state is not State.PROPOSED and allows(match.state, Action.ASSIGN):
        match.move(Action.ASSIGN, by=by, as_party=party, to=receiver.display_name, sender=sender.display_name)
