"""People and their sessions. Which organisation someone works for is in `organisations`."""

from datetime import date, datetime
from enum import StrEnum

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.classification import LOGGED, NAME, SECRET, SETTING, TECHNICAL, WHO, Keep, What, Whose, Why, classified
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db

MOVING = classified(What.CONTACT, Whose.ACCOUNT, Why.SIGN_IN, Keep.SHORT)


class AccountStatus(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


class OpenedWith(StrEnum):
    """What someone showed to open a session."""

    PASSWORD = "password"  # noqa: S105  # nosec B105  # names a way in
    LINK = "link"
    APP_CODE = "app_code"
    RECOVERY_CODE = "recovery_code"
    PASSKEY = "passkey"
    PROVIDER = "provider"
    PROVIDER_SECOND_STEP = "provider_second_step"


WITH_SECOND_STEP = frozenset(
    {OpenedWith.APP_CODE, OpenedWith.RECOVERY_CODE, OpenedWith.PASSKEY, OpenedWith.PROVIDER_SECOND_STEP}
)


class Account(db.Model, UserMixin):  # type: ignore[name-defined,misc]
    """One person. The e-mail address is stored in small letters and is unique.

    `second_step_lost_at`: an administrator took the second step away; until the link from the letter about it is used
    the password alone opens nothing.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    email: Mapped[str] = mapped_column(String(254), unique=True, info=NAME)
    display_name: Mapped[str] = mapped_column(String(120), info=NAME)
    password_hash: Mapped[str | None] = mapped_column(String(200), info=SECRET)
    status: Mapped[AccountStatus] = mapped_column(Code(AccountStatus), default=AccountStatus.INVITED, info=WHO)
    language: Mapped[str] = mapped_column(String(2), default="nl", info=SETTING)
    colour_mode: Mapped[str] = mapped_column(String(5), default="", info=SETTING)
    one_key_actions: Mapped[bool] = mapped_column(default=True, info=SETTING)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=WHO)
    second_step_lost_at: Mapped[datetime | None] = mapped_column(Moment, info=WHO)
    closed_at: Mapped[datetime | None] = mapped_column(Moment, info=WHO)
    last_seen_on: Mapped[date | None] = mapped_column(index=True, info=WHO)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    @hybrid_property
    def is_active(self) -> bool:
        """Whether this person may sign in."""
        return self.status == AccountStatus.ACTIVE

    @property
    def initials(self) -> str:
        """Two letters for the round badge."""
        words = self.display_name.split()
        return ((words[0][:1] + words[-1][:1]) if len(words) > 1 else self.display_name[:2]).upper()


class SignInSession(db.Model):  # type: ignore[name-defined,misc]
    """One browser where someone is signed in. The browser holds the token, we hold its hash.

    One that `waits_for_code` remembers that the password was right, and opens no page. `last_used_at` is exact to
    `idleness.NOTED_EVERY`; `proved_at` is when someone last showed here who they are.
    """

    __tablename__ = "sign_in_sessions"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True, info=WHO)
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"), info=WHO)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    device: Mapped[str] = mapped_column(String(200), default="", info=LOGGED)
    opened_with: Mapped[OpenedWith] = mapped_column(Code(OpenedWith), default=OpenedWith.PASSWORD, info=LOGGED)
    waits_for_code: Mapped[bool] = mapped_column(default=False, info=TECHNICAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=LOGGED)
    last_used_at: Mapped[datetime] = mapped_column(Moment, default=now, info=LOGGED)
    proved_at: Mapped[datetime] = mapped_column(Moment, default=now, info=LOGGED)
    expires_at: Mapped[datetime] = mapped_column(Moment, info=TECHNICAL)

    account: Mapped[Account] = relationship()

    @property
    def has_second_step(self) -> bool:
        """Whether it was opened by more than a password or a link."""
        return self.opened_with in WITH_SECOND_STEP


class SignInAttempt(db.Model):  # type: ignore[name-defined,misc]
    """A failed sign-in. Account and address are kept as keyed digests, only to slow down guessing."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index("ix_sign_in_attempts_account_key_at", "account_key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_key: Mapped[str] = mapped_column(String(64), info=LOGGED)
    address_key: Mapped[str] = mapped_column(String(64), info=LOGGED)
    at: Mapped[datetime] = mapped_column(Moment, default=now, info=LOGGED)


class KnownDevice(db.Model):  # type: ignore[name-defined,misc]
    """A browser someone signed in with before: it holds a token of its own, we hold its hash."""

    __tablename__ = "known_devices"
    __table_args__ = (UniqueConstraint("account_id", "token_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), info=WHO)
    token_hash: Mapped[str] = mapped_column(String(64), info=SECRET)
    first_seen_at: Mapped[datetime] = mapped_column(Moment, default=now, info=LOGGED)
    last_seen_at: Mapped[datetime] = mapped_column(Moment, default=now, index=True, info=LOGGED)


class AddressChange(db.Model):  # type: ignore[name-defined,misc]
    """Someone asked to sign in with another e-mail address. Kept for thirty days: so long the old one can undo it."""

    __tablename__ = "address_changes"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True, info=WHO)
    old_email: Mapped[str] = mapped_column(String(254), info=MOVING)
    new_email: Mapped[str] = mapped_column(String(254), info=MOVING)
    asked_at: Mapped[datetime] = mapped_column(Moment, default=now, index=True, info=WHO)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment, info=WHO)
    stopped_at: Mapped[datetime | None] = mapped_column(Moment, info=WHO)

    account: Mapped[Account] = relationship()
