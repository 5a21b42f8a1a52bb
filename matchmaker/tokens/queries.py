"""Questions about one's own tokens."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Account
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.organisations.models import Membership
from matchmaker.tokens.models import AccessToken


def standing(account: Account) -> Select[tuple[AccessToken]]:
    """Tokens of someone that were not revoked and did not expire."""
    return select(AccessToken).where(
        AccessToken.account_id == account.id, AccessToken.revoked_at.is_(None), AccessToken.expires_at > now()
    )


def tokens_of(account: Account) -> Sequence[AccessToken]:
    """Someone's standing tokens with the role they read for, newest first."""
    return db.session.scalars(
        standing(account)
        .order_by(AccessToken.created_at.desc(), AccessToken.id.desc())
        .options(joinedload(AccessToken.membership).joinedload(Membership.organisation))
    ).all()


def token_of_mine(account: Account, token_id: int) -> AccessToken | None:
    """One of someone's own standing tokens."""
    return db.session.scalar(standing(account).where(AccessToken.id == token_id))
