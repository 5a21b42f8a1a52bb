"""Changing what someone may do in an organisation, and ending it."""

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.accounts.sessions import close_all_sessions
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.organisations.models import Faculty, Membership, MembershipStatus, Organisation, Team
from matchmaker.organisations.queries import active_memberships
from matchmaker.organisations.rules import ADMINISTRATORS, can_grant
from matchmaker.vocabulary import Role


def change_membership(
    membership: Membership,
    *,
    role: Role,
    by: Membership,
    team: Team | None = None,
    faculty: Faculty | None = None,
    job_title: str = "",
    speaks_about: list[str] | None = None,
) -> None:
    """Change role, place and function. Another role ends every session of the person, so that it counts at once.

    Raises InvalidValue: a role beyond reach, or the last administrator.
    """
    if not membership.is_active:
        raise InvalidMove(state=membership.status.value, action="change_membership")
    if not can_grant(by, role, membership.organisation) or not can_grant(by, membership.role, membership.organisation):
        raise InvalidValue("role", "beyond_reach")
    before = membership.role
    if role is not before:
        check_not_last_administrator(membership)
        free_row(membership, organisation=membership.organisation, role=role)
        membership.role = role
        close_all_sessions(membership.account)
    membership.job_title = job_title
    membership.speaks_about = speaks_about or []
    place_in(membership, team=team, faculty=faculty)
    db.session.flush()
    record("change_membership", about=membership, by=by.account, before=before, after=role)


def end_membership(membership: Membership, *, by: Membership) -> None:
    """Take a role away: it counts from this moment, and every session of the person ends."""
    if not membership.is_active:
        raise InvalidMove(state=membership.status.value, action="end_membership")
    if not can_grant(by, membership.role, membership.organisation):
        raise InvalidValue("role", "beyond_reach")
    check_not_last_administrator(membership)
    membership.status, membership.ended_at = MembershipStatus.ENDED, now()
    close_all_sessions(membership.account)
    db.session.flush()
    record("end_membership", about=membership, by=by.account, role=membership.role)


def check_not_last_administrator(membership: Membership) -> None:
    """An organisation never loses its last administrator; the rows are locked so that two cannot leave at once."""
    if is_last_administrator(membership, lock=True):
        raise InvalidValue("role", "last_administrator")


def check_nowhere_last_administrator(account: Account) -> None:
    """The same for who leaves everywhere at once: each of their roles counts, also beside the one that is looked at."""
    for each in active_memberships(account):
        check_not_last_administrator(each)


def is_last_administrator(membership: Membership, *, lock: bool) -> bool:
    """Whether nobody else administers this organisation; with `lock` that stays so until the transaction ends."""
    if membership.role not in ADMINISTRATORS:
        return False
    asked = (
        select(Membership.id)
        .join(Membership.account)
        .where(
            Membership.organisation_id == membership.organisation_id,
            Membership.role == membership.role,
            Membership.is_active,
            Account.is_active,
        )
        .order_by(Membership.id)
    )
    found = db.session.scalars(asked.with_for_update(of=Membership) if lock else asked).all()
    return set(found) <= {membership.id}


def place_in(membership: Membership, *, team: Team | None, faculty: Faculty | None) -> None:
    """Put someone in a team or faculty of the same organisation; raises InvalidValue for another's."""
    for name, part in (("team", team), ("faculty", faculty)):
        if part is not None and part.organisation_id != membership.organisation.id:
            raise InvalidValue(name, "unknown_code")
    membership.team, membership.faculty = team, faculty


def membership_row(account: Account, organisation: Organisation, role: Role) -> Membership | None:
    """The row of this person in this role here, whatever its state."""
    return db.session.scalar(
        select(Membership).where(
            Membership.account_id == account.id,
            Membership.organisation_id == organisation.id,
            Membership.role == role,
        )
    )


def free_row(membership: Membership, *, organisation: Organisation, role: Role) -> None:
    """Make room for this role: an ended row makes way, a standing one is refused."""
    other = membership_row(membership.account, organisation, role)
    if other is None or other.id == membership.id:
        return
    if other.status is not MembershipStatus.ENDED:
        raise InvalidValue("role", "already_here")
    db.session.delete(other)
    db.session.flush()
