"""What someone agreed to."""

from collections.abc import Sequence

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.consents.models import Consent
from matchmaker.database import db
from matchmaker.errors import NotFound


def consents_of(account: Account) -> Sequence[Consent]:
    """Everything someone agreed to, what stands first, then the newest."""
    query = select(Consent).where(Consent.account_id == account.id)
    return db.session.scalars(query.order_by(~Consent.stands, Consent.given_at.desc(), Consent.id.desc())).all()


def consent_of(account: Account, consent_id: int) -> Consent:
    """One of someone's own; raises NotFound."""
    found = db.session.get(Consent, consent_id)
    if found is None or found.account_id != account.id:
        raise NotFound("consent")
    return found
