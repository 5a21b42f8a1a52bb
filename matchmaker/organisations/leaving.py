"""Someone leaves: what is theirs to cover goes to a colleague, and every role here ends at once."""

from sqlalchemy import select, update

from matchmaker.accounts.models import Account
from matchmaker.accounts.sessions import close_all_sessions
from matchmaker.audit.actions import record
from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.organisations.memberships import check_not_last_administrator
from matchmaker.organisations.models import Leave, Membership, MembershipStatus
from matchmaker.organisations.rules import can_grant


def covers_held(membership: Membership) -> int:
    """How many colleagues this person covers for, now or later."""
    return len(_covers(membership))


def leave_organisation(membership: Membership, *, successor: Account | None, by: Membership) -> None:
    """End every role of this person in the organisation; leave they would cover goes to the successor.

    All sessions end, so it counts within one request. Raises InvalidValue: yourself, the last administrator, or a
    role beyond the giver's reach.
    """
    if membership.account_id == by.account_id:
        raise InvalidValue("successor", "yourself")
    roles = roles_here(membership)
    for each in roles:
        if not can_grant(by, each.role, each.organisation):
            raise InvalidValue("successor", "beyond_reach")
        check_not_last_administrator(each)
    for each in roles:
        each.status, each.ended_at = MembershipStatus.ENDED, now()
    ids = [each.id for each in _covers(membership)]
    db.session.execute(update(Leave).where(Leave.id.in_(ids)).values(cover_id=successor.id if successor else None))
    close_all_sessions(membership.account)
    db.session.flush()
    record(
        "leave_organisation",
        about=membership,
        by=by.account,
        successor=successor.id if successor else None,
        covers=len(ids),
    )


def roles_here(membership: Membership) -> list[Membership]:
    """Every standing role of this person in this organisation."""
    rows = db.session.scalars(
        select(Membership)
        .where(
            Membership.account_id == membership.account_id,
            Membership.organisation_id == membership.organisation_id,
            Membership.is_active,
        )
        .order_by(Membership.id)
    )
    return list(rows)


def _covers(membership: Membership) -> list[Leave]:
    rows = db.session.scalars(
        select(Leave)
        .where(
            Leave.organisation_id == membership.organisation_id,
            Leave.cover_id == membership.account_id,
            Leave.last_day >= today(),
        )
        .order_by(Leave.id)
    )
    return list(rows)
