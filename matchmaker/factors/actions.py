"""Taking the second step, giving it up, and losing it."""

from sqlalchemy import delete, select

from matchmaker.accounts.attempts import check_attempts, note_failure
from matchmaker.accounts.letters import has_enough
from matchmaker.accounts.models import Account, OpenedWith
from matchmaker.accounts.sessions import close_all_sessions
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import Identified, db
from matchmaker.errors import DomainError, InvalidMove, InvalidValue, LinkUnusable
from matchmaker.factors.apps import DIGITS, is_right
from matchmaker.factors.models import CodeApp, Passkey, RecoveryCode
from matchmaker.factors.queries import code_app, has_second_step, passkeys_of, recovery_codes_left
from matchmaker.factors.recovery import make_codes, use_code
from matchmaker.links.actions import make_link, revoke_links, use_link
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic

LINK_DAYS = 1
_ANYWHERE = "anywhere"


class CodeRefused(DomainError):
    """Not the code of now, or one that was used before."""

    code = "code_refused"


def check_code(account: Account, typed: str) -> OpenedWith:
    """Spend a code of the app or one on paper, and say which it was; raises CodeRefused or TooManyAttempts.

    Failures count from all networks together: whoever gives a code already knew the password. A failure is kept, so the
    caller commits in both cases. Those who guess at the same moment wait for each other.
    """
    db.session.execute(select(Account.id).where(Account.id == account.id).with_for_update())
    check_attempts(_what(account), address=_ANYWHERE)
    code = "".join(sign for sign in typed if sign not in " -\u00a0")
    if len(code) == DIGITS and is_right(account, code):
        return OpenedWith.APP_CODE
    if len(code) > DIGITS and use_code(account, code):
        record("second_step.recovery_code_used", about=account, by=account)
        queue_letter(
            "recovery_code_used",
            topic=Topic.ACCOUNT,
            to=account,
            path="/account/tweede-stap",
            left=recovery_codes_left(account),
        )
        return OpenedWith.RECOVERY_CODE
    note_failure(_what(account), address=_ANYWHERE)
    raise CodeRefused()


def codes_for_first(account: Account) -> list[str]:
    """Codes on paper for who just set up a first second step; empty for who has them."""
    return [] if recovery_codes_left(account) else make_codes(account)


def tell_added(account: Account, what: str) -> None:
    """A letter that a way to sign in was added; `what` is `app`, `passkey` or `codes`."""
    queue_letter("second_step_added", topic=Topic.ACCOUNT, to=account, path="/account/tweede-stap", what=what)


def remove_app(account: Account, *, required: bool) -> None:
    """Give up the app. Raises InvalidMove without one, InvalidValue when the role needs it and nothing is left."""
    app = code_app(account)
    if app is None:
        raise InvalidMove(state="none", action="remove_app")
    if required and not passkeys_of(account):
        raise InvalidValue("current", "last_second_step")
    record("second_step.app_removed", about=app, by=account)
    db.session.delete(app)
    _after_removing(account, "app")


def remove_passkey(passkey: Passkey, *, required: bool) -> None:
    """Give up one passkey; raises InvalidValue when the role needs it and nothing is left."""
    account = passkey.account
    if required and code_app(account) is None and len(passkeys_of(account)) == 1:
        raise InvalidValue("current", "last_second_step")
    record("second_step.passkey_removed", about=passkey, by=account)
    db.session.delete(passkey)
    _after_removing(account, "passkey")


def _after_removing(account: Account, what: str) -> None:
    db.session.flush()
    if not has_second_step(account):
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    queue_letter("second_step_removed", topic=Topic.ACCOUNT, to=account, path="/account/tweede-stap", what=what)


def take_away(account: Account, *, by: Identified | None) -> None:
    """For someone who lost everything: app, passkeys and codes end, and every session with them.

    From then on the password opens nothing by itself: a letter to the known address holds a link of one day.
    """
    for kind in (CodeApp, Passkey, RecoveryCode):
        db.session.execute(delete(kind).where(kind.account_id == account.id))
    close_all_sessions(account)
    account.second_step_lost_at = now()
    db.session.flush()
    record("second_step.taken_away", about=account, by=by)
    _send_link(account)


def send_link_again(account: Account) -> None:
    """Another link for who typed the right password after the second step was taken away; three an hour at most."""
    if not has_enough(account.email, "second_step_lost"):
        _send_link(account)


def _send_link(account: Account) -> None:
    revoke_links(Purpose.SECOND_STEP, subject_id=account.id)
    link = make_link(Purpose.SECOND_STEP, subject_id=account.id, account_id=account.id, days=LINK_DAYS)
    queue_letter("second_step_lost", topic=Topic.ACCOUNT, to=account, link=link)


def account_of_link(link: Link) -> Account:
    """Whose link it is; raises LinkUnusable when it is no longer needed or the account was closed."""
    account = db.session.get(Account, link.account_id) if link.account_id else None
    if account is None or not account.is_active or account.second_step_lost_at is None:
        raise LinkUnusable("revoked")
    return account


def begin_again(link: Link) -> Account:
    """Spend the link: the person may sign in with the password and set up a new second step."""
    account = account_of_link(link)
    use_link(link)
    account.second_step_lost_at = None
    db.session.flush()
    record("second_step.begun_again", about=account, by=account)
    return account


def _what(account: Account) -> str:
    return f"code:{account.id}"
