"""What someone can show beside a password."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import SECRET, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Moment, db


class CodeApp(db.Model):  # type: ignore[name-defined,misc]
    """An app that makes codes (TOTP, RFC 6238), one a person. Its secret is sealed.

    `last_step` is the time step of the last code used: no code of it or before works again. Without `confirmed_at` the
    app is being set up and counts for nothing.
    """

    __tablename__ = "code_apps"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), unique=True, info=WHO)
    sealed_secret: Mapped[str] = mapped_column(String(200), info=SECRET)
    last_step: Mapped[int] = mapped_column(BigInteger, default=0, info=TECHNICAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=WHO)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment, info=WHO)

    account: Mapped[Account] = relationship()


class Passkey(db.Model):  # type: ignore[name-defined,misc]
    """A key in someone's device or password manager (WebAuthn). Only its public half is here.

    `user_handle` is who its person is to the device; empty for one that was added before this was kept.
    """

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True, info=WHO)
    name: Mapped[str] = mapped_column(String(160), info=WHO)
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True, info=SECRET)
    public_key: Mapped[str] = mapped_column(Text, info=SECRET)
    user_handle: Mapped[str] = mapped_column(String(43), default="", info=SECRET)
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0, info=TECHNICAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=WHO)
    last_used_at: Mapped[datetime | None] = mapped_column(Moment, info=WHO)

    account: Mapped[Account] = relationship()


class RecoveryCode(db.Model):  # type: ignore[name-defined,misc]
    """One of ten codes on paper; works once. Only a keyed digest is kept.

    `key_mark` tells with which key; empty for one that was made before this was kept.
    """

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True, info=WHO)
    code_hash: Mapped[str] = mapped_column(String(64), info=SECRET)
    key_mark: Mapped[str] = mapped_column(String(16), default="", info=TECHNICAL)
    used_at: Mapped[datetime | None] = mapped_column(Moment, info=WHO)


class SpentChallenge(db.Model):  # type: ignore[name-defined,misc]
    """A challenge that was answered, kept until it would have expired, so that an answer works once."""

    __tablename__ = "spent_challenges"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True, info=TECHNICAL)
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True, info=TECHNICAL)
