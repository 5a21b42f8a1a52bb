"""Questions about the second step of one person."""

from collections.abc import Sequence

from sqlalchemy import exists, func, select

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.factors.keys import known_marks
from matchmaker.factors.models import CodeApp, Passkey, RecoveryCode


def code_app(account: Account) -> CodeApp | None:
    """The app in use."""
    app = app_of(account)
    return app if app and app.confirmed_at else None


def app_of(account: Account) -> CodeApp | None:
    """The app in use or being set up."""
    return db.session.scalar(select(CodeApp).where(CodeApp.account_id == account.id))


def passkeys_of(account: Account) -> Sequence[Passkey]:
    """Someone's passkeys, oldest first."""
    return db.session.scalars(
        select(Passkey).where(Passkey.account_id == account.id).order_by(Passkey.created_at, Passkey.id)
    ).all()


def passkey_of(account: Account, passkey_id: int) -> Passkey | None:
    """One of someone's own passkeys."""
    return db.session.scalar(select(Passkey).where(Passkey.id == passkey_id, Passkey.account_id == account.id))


def passkey_by_credential(credential_id: str) -> Passkey | None:
    """The passkey an authenticator names."""
    return db.session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))


def recovery_codes_left(account: Account) -> int:
    """How many codes on paper still work: not used, and made with a key that is known."""
    left = select(func.count(RecoveryCode.id)).where(
        RecoveryCode.account_id == account.id,
        RecoveryCode.used_at.is_(None),
        RecoveryCode.key_mark.in_(["", *known_marks()]),
    )
    return db.session.scalar(left) or 0


def has_second_step(account: Account) -> bool:
    """Whether someone has an app or a passkey, and so is asked for it after the password."""
    app = exists().where(CodeApp.account_id == account.id, CodeApp.confirmed_at.is_not(None))
    passkey = exists().where(Passkey.account_id == account.id)
    return bool(db.session.scalar(select(app | passkey)))
