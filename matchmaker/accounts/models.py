"""People and their sessions. Which organisation someone works for is in `organisations`."""

from datetime import datetime
from enum import StrEnum

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.classification import LOGGED, NAME, SECRET, SETTING, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db


class AccountStatus(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


class Account(db.Model, UserMixin):  # type: ignore[name-defined,misc]
    """One person. The e-mail address is stored in small letters and is unique."""

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
    """One browser where someone is signed in. The browser holds the token, we hold its hash."""

    __tablename__ = "sign_in_sessions"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True, info=WHO)
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"), info=WHO)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    device: Mapped[str] = mapped_column(String(200), default="", info=LOGGED)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=LOGGED)
    expires_at: Mapped[datetime] = mapped_column(Moment, info=TECHNICAL)

    account: Mapped[Account] = relationship()


class SignInAttempt(db.Model):  # type: ignore[name-defined,misc]
    """A failed sign-in. Account and address are kept as keyed digests, only to slow down guessing."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index("ix_sign_in_attempts_account_key_at", "account_key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_key: Mapped[str] = mapped_column(String(64), info=LOGGED)
    address_key: Mapped[str] = mapped_column(String(64), info=LOGGED)
    at: Mapped[datetime] = mapped_column(Moment, default=now, info=LOGGED)
