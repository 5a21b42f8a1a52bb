"""How people come in: by invitation, or by signing up with a work address that is confirmed first."""

from collections.abc import Sequence

from matchmaker.accounts.letters import has_enough
from matchmaker.accounts.models import Account, AccountStatus
from matchmaker.accounts.passwords import check_strength, hash_password
from matchmaker.accounts.queries import account_by_email
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, LinkUnusable
from matchmaker.links.actions import make_link, revoke_links, use_link
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.organisations.memberships import free_row, membership_row, place_in
from matchmaker.organisations.models import Faculty, Membership, MembershipStatus, Organisation, Team
from matchmaker.organisations.queries import members_with_role, organisations_with_domain, pending_invitations, platform
from matchmaker.organisations.rules import can_grant, roles_to_ask
from matchmaker.vocabulary import Role

LINK_DAYS = 14
SIGN_UP_DAYS = 2


def invite(
    email: str,
    *,
    name: str,
    role: Role,
    organisation: Organisation,
    by: Membership,
    team: Team | None = None,
    faculty: Faculty | None = None,
    job_title: str = "",
    days: int = LINK_DAYS,
) -> Membership:
    """Ask someone into an organisation by mail. They decide; until then they can do nothing.

    Raises InvalidValue: the role is beyond the giver's reach, the person is here already, the account is closed.
    """
    if not can_grant(by, role, organisation):
        raise InvalidValue("role", "beyond_reach")
    membership = _invited(email, name=name, role=role, organisation=organisation)
    membership.job_title = job_title
    place_in(membership, team=team, faculty=faculty)
    db.session.flush()
    send_invitation(membership, inviter=by.account.display_name, days=days)
    record("invite", about=membership, by=by.account, role=role)
    return membership


def invite_administrator(email: str, *, name: str) -> Membership:
    """Ask someone to run this platform, by who runs the server: the first, or one when nobody else can.

    Raises InvalidValue: the person does so already, the account is closed.
    """
    membership = _invited(email, name=name, role=Role.PLATFORM_ADMIN, organisation=platform())
    db.session.flush()
    send_invitation(membership, inviter="")
    record("invite", about=membership, by=None, role=membership.role)
    return membership


def _invited(email: str, *, name: str, role: Role, organisation: Organisation) -> Membership:
    account = account_by_email(email) or _invited_account(email, name)
    if account.status is AccountStatus.DISABLED:
        raise InvalidValue("email", "account_closed")
    membership = membership_row(account, organisation, role)
    if membership and membership.status in (MembershipStatus.ACTIVE, MembershipStatus.ASKED):
        raise InvalidValue("email", "already_here")
    if membership is None:
        membership = Membership(account=account, organisation=organisation, role=role)
        db.session.add(membership)
    membership.status, membership.ended_at = MembershipStatus.INVITED, None
    return membership


def _invited_account(email: str, name: str) -> Account:
    account = Account(email=email.strip().lower(), display_name=name, status=AccountStatus.INVITED)
    db.session.add(account)
    db.session.flush()
    return account


def send_invitation(membership: Membership, *, inviter: str, days: int = LINK_DAYS) -> None:
    """Write the letter with a fresh link; an earlier link stops working."""
    revoke_links(Purpose.INVITATION, subject_id=membership.id)
    link = make_link(Purpose.INVITATION, subject_id=membership.id, account_id=membership.account_id, days=days)
    queue_letter(
        "invitation",
        topic=Topic.ACCOUNT,
        to=membership.account,
        link=link,
        organisation=membership.organisation.name,
        role=membership.role.value,
        inviter=inviter,
        until=link.expires_at.isoformat() if link.expires_at else "",
    )


def invite_again(membership: Membership, *, by: Membership, days: int = LINK_DAYS) -> None:
    """Send the invitation once more; raises InvalidMove when it was answered or revoked."""
    if membership.status is not MembershipStatus.INVITED:
        raise InvalidMove(state=membership.status.value, action="invite_again")
    send_invitation(membership, inviter=by.account.display_name, days=days)
    record("invite_again", about=membership, by=by.account)


def revoke_invitation(membership: Membership, *, by: Membership) -> None:
    """Take an invitation back; its link stops working."""
    if membership.status is not MembershipStatus.INVITED:
        raise InvalidMove(state=membership.status.value, action="revoke_invitation")
    membership.status, membership.ended_at = MembershipStatus.ENDED, now()
    revoke_links(Purpose.INVITATION, subject_id=membership.id)
    db.session.flush()
    record("revoke_invitation", about=membership, by=by.account)


def invitation_of(link: Link) -> Membership:
    """The invitation behind a link; raises LinkUnusable when it no longer stands."""
    membership = db.session.get(Membership, link.subject_id)
    if membership is None or membership.status is not MembershipStatus.INVITED:
        raise LinkUnusable("revoked")
    if membership.account.status is AccountStatus.DISABLED:
        raise LinkUnusable("revoked")
    return membership


def accept_invitation(link: Link, *, name: str = "", password: str = "") -> Membership:
    """Say yes. Someone new chooses a name and password; someone known keeps theirs."""
    membership = invitation_of(link)
    account = membership.account
    if account.status is AccountStatus.INVITED:
        check_strength(
            password, email=account.email, about=(name or account.display_name, membership.organisation.name)
        )
        account.display_name, account.password_hash = name or account.display_name, hash_password(password)
        account.status = AccountStatus.ACTIVE
    use_link(link)
    membership.status = MembershipStatus.ACTIVE
    db.session.flush()
    record("accept_invitation", about=membership, by=account)
    return membership


def start_sign_up(email: str, *, name: str, language: str) -> None:
    """Send a letter to confirm the address. Nothing is kept of a person until they open it.

    An address with an account gets a letter that says so, someone already invited gets the invitation again: the page
    answers the same to all. At most three letters an hour to one address. The typed name stays out of the letter: a
    stranger could put anything in it.
    """
    address = email.strip().lower()
    if has_enough(address, "confirm_address", "account_exists", "invitation"):
        return
    account = account_by_email(address)
    if account is None:
        link = make_link(Purpose.SIGN_UP, subject_id=0, days=SIGN_UP_DAYS, email=address, name=name, language=language)
        queue_letter("confirm_address", topic=Topic.ACCOUNT, address=address, language=language, link=link)
        return
    invited = pending_invitations(account)
    if invited and account.status is AccountStatus.INVITED:
        send_invitation(invited[0], inviter="")
    else:
        queue_letter("account_exists", topic=Topic.ACCOUNT, to=account, path="/inloggen")


def organisations_for(email: str) -> Sequence[Organisation]:
    """The organisations whose mail domain this address has."""
    return organisations_with_domain(email.rpartition("@")[2])


def finish_sign_up(
    link: Link, *, organisation: Organisation | None, typed: str, role: Role, name: str, password: str
) -> Membership:
    """The address is confirmed: make the account and ask the administrators to decide.

    Those of the organisation decide when the address has its domain (and it has administrators), those of the platform
    otherwise. A student is let in by the address of the school alone, and without one asks for an invitation. `typed`
    is the name of an organisation that is in no register.
    """
    email = str(link.values["email"])
    if account_by_email(email):
        raise LinkUnusable("used")
    if organisation is not None and role not in roles_to_ask(organisation.kind):
        raise InvalidValue("role", "role_does_not_fit")
    known = organisation is not None and organisation in organisations_for(email)
    if role is Role.STUDENT and not known:
        raise InvalidValue("role", "school_address_needed")
    check_strength(password, email=email, about=(name, organisation.name if organisation else typed))
    use_link(link)
    account = Account(
        email=email,
        display_name=name,
        language=str(link.values["language"]),
        password_hash=hash_password(password),
        status=AccountStatus.ACTIVE,
    )
    membership = Membership(
        account=account,
        organisation=organisation or platform(),
        role=role,
        status=MembershipStatus.ACTIVE if role is Role.STUDENT else MembershipStatus.ASKED,
        asked_for="" if organisation else typed,
    )
    db.session.add_all([account, membership])
    db.session.flush()
    if role is not Role.STUDENT:
        _ask_administrators(membership, known=known)
    record("sign_up", about=membership, by=account, role=role)
    return membership


def _ask_administrators(membership: Membership, *, known: bool) -> None:
    own = members_with_role(membership.organisation, Role.ORG_ADMIN) if known else []
    for administrator in own or members_with_role(platform(), Role.PLATFORM_ADMIN):
        queue_letter(
            "sign_up_to_confirm",
            topic=Topic.ACCOUNT,
            to=administrator.account,
            path=f"/beheer/mensen/{membership.id}",
            person=membership.account.display_name,
            email=membership.account.email,
            organisation=membership.asked_for or membership.organisation.name,
            role=membership.role.value,
        )


def confirm_sign_up(
    membership: Membership, *, role: Role, by: Membership, organisation: Organisation | None = None
) -> Membership:
    """Let someone in, in the role the administrator chooses. `organisation` is given for one that was typed."""
    if membership.status is not MembershipStatus.ASKED:
        raise InvalidMove(state=membership.status.value, action="confirm_sign_up")
    target = organisation or membership.organisation
    if membership.asked_for and organisation is None:
        raise InvalidValue("organisation", "required")
    if not can_grant(by, role, target):
        raise InvalidValue("role", "beyond_reach")
    free_row(membership, organisation=target, role=role)
    membership.organisation, membership.role, membership.asked_for = target, role, ""
    membership.status = MembershipStatus.ACTIVE
    db.session.flush()
    queue_letter(
        "sign_up_confirmed",
        topic=Topic.ACCOUNT,
        to=membership.account,
        path="/start",
        organisation=target.name,
        role=role.value,
    )
    record("confirm_sign_up", about=membership, by=by.account, role=role)
    return membership


def refuse_sign_up(membership: Membership, *, because: str, by: Membership) -> None:
    """Say no, with a reason the person reads."""
    if membership.status is not MembershipStatus.ASKED:
        raise InvalidMove(state=membership.status.value, action="refuse_sign_up")
    membership.status, membership.ended_at = MembershipStatus.ENDED, now()
    db.session.flush()
    queue_letter(
        "sign_up_refused",
        topic=Topic.ACCOUNT,
        to=membership.account,
        organisation=membership.asked_for or membership.organisation.name,
        because=because,
    )
    record("refuse_sign_up", about=membership, by=by.account)
