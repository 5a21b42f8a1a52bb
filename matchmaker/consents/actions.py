"""Giving consent and taking it back."""

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.consents.models import Consent, Purpose
from matchmaker.consents.texts import current_version
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue


def give(
    purpose: Purpose,
    *,
    ticked: bool,
    field: str,
    language: str,
    by: Account | None,
    address: str = "",
    instead_of: Consent | None = None,
) -> Consent:
    """Keep that someone agreed to the words as they are now, in the language they read.

    Who has no account is known by `address`. What they agreed to before (`instead_of`) ends. Raises InvalidValue at
    `field` without a tick.
    """
    if not ticked:
        raise InvalidValue(field, "consent_needed")
    if instead_of is not None and instead_of.stands:
        withdraw(instead_of, by=by)
    consent = Consent(
        purpose=purpose,
        text_version=current_version(purpose),
        language=language,
        account_id=by.id if by else None,
        address="" if by else address.lower(),
    )
    db.session.add(consent)
    db.session.flush()
    record("consent.given", about=consent, by=by, purpose=purpose.value, version=consent.text_version)
    return consent


def withdraw(consent: Consent, *, by: Account | None) -> None:
    """Take it back, from now on. Raises InvalidMove when that was done before."""
    if not consent.stands:
        raise InvalidMove(state="withdrawn", action="withdraw")
    consent.withdrawn_at = now()
    db.session.flush()
    record("consent.withdrawn", about=consent, by=by, purpose=consent.purpose.value)
