"""The provider of an organisation, who someone is there, and the visits that are under way."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import INTERNAL, LOGGED, OWN_SECRET, SECRET, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db
from matchmaker.organisations.models import Organisation


class ProviderKind(StrEnum):
    """What the claims of a provider mean: who someone is, and which address is confirmed."""

    SURFCONEXT = "surfconext"
    ENTRA = "entra"
    OTHER = "other"


class IdentityProvider(db.Model):  # type: ignore[name-defined,misc]
    """Where the people of one organisation sign in. The secret of our registration there is sealed."""

    __tablename__ = "identity_providers"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), unique=True, info=INTERNAL)
    kind: Mapped[ProviderKind] = mapped_column(Code(ProviderKind), info=INTERNAL)
    issuer: Mapped[str] = mapped_column(String(300), info=INTERNAL)
    client_id: Mapped[str] = mapped_column(String(200), info=INTERNAL)
    client_secret: Mapped[str] = mapped_column(String(800), info=OWN_SECRET)
    trusted_second_step: Mapped[bool] = mapped_column(default=False, info=INTERNAL)
    active: Mapped[bool] = mapped_column(default=False, info=INTERNAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship()


class Identity(db.Model):  # type: ignore[name-defined,misc]
    """Who someone is at a provider: issuer and subject together, never an address. One for each account there."""

    __tablename__ = "identities"
    __table_args__ = (
        UniqueConstraint("issuer", "subject", "provider_id"),
        UniqueConstraint("account_id", "provider_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True, info=WHO)
    provider_id: Mapped[int] = mapped_column(
        ForeignKey("identity_providers.id", ondelete="CASCADE"), index=True, info=WHO
    )
    issuer: Mapped[str] = mapped_column(String(300), info=INTERNAL)
    subject: Mapped[str] = mapped_column(String(255), info=WHO)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=WHO)

    account: Mapped[Account] = relationship()
    provider: Mapped[IdentityProvider] = relationship()


class ProviderVisit(db.Model):  # type: ignore[name-defined,misc]
    """Someone was sent to a provider and may come back once, soon, in the same browser.

    `state`, `nonce` and the mark of the browser are kept as hashes, the PKCE verifier sealed. `account_id` is who asked
    to tie the provider to their account; None for signing in.
    """

    __tablename__ = "provider_visits"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    provider_id: Mapped[int] = mapped_column(
        ForeignKey("identity_providers.id", ondelete="CASCADE"), index=True, info=TECHNICAL
    )
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), info=WHO)
    state_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    nonce_hash: Mapped[str] = mapped_column(String(64), info=SECRET)
    browser_hash: Mapped[str] = mapped_column(String(64), info=SECRET)
    verifier: Mapped[str] = mapped_column(String(300), info=SECRET)
    target: Mapped[str] = mapped_column(String(500), default="", info=TECHNICAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, index=True, info=LOGGED)
    used_at: Mapped[datetime | None] = mapped_column(Moment, info=LOGGED)

    provider: Mapped[IdentityProvider] = relationship()
