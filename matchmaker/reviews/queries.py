"""Who is reviewed, and what was signed before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.accounts.models import Account
from matchmaker.audit.queries import last_time
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.organisations.models import Membership, Organisation
from matchmaker.reviews.models import ReviewedRole, RightsReview
from matchmaker.vocabulary import Role

LEFT_OUT = frozenset({Role.STUDENT})
"""A student sees nothing of others, so there is no right to review."""


@dataclass(frozen=True, slots=True)
class Held:
    """One role of one person as it stands, and when that person last signed in as far as the log goes back."""

    membership: Membership
    last_sign_in: datetime | None


def roles_held(organisation: Organisation, *, lock: bool = False) -> list[Held]:
    """Every standing role in an organisation but those of students, by name."""
    query = (
        select(Membership)
        .join(Membership.account)
        .where(
            Membership.organisation_id == organisation.id,
            Membership.is_active,
            Membership.role.not_in(LEFT_OUT),
        )
        .order_by(Account.display_name, Membership.account_id, Membership.id)
        .options(joinedload(Membership.account), joinedload(Membership.organisation))
    )
    rows = db.session.scalars(query.with_for_update(of=Membership) if lock else query).all()
    seen = last_time("sign_in", [each.account_id for each in rows])
    return [Held(each, seen.get(each.account_id)) for each in rows]


def reviews_of(organisation: Organisation) -> Sequence[RightsReview]:
    """What was signed in an organisation, newest first, with what was decided."""
    return db.session.scalars(_of(organisation).options(selectinload(RightsReview.lines))).all()


def review_of(organisation: Organisation, review_id: int) -> RightsReview:
    """One signed review of an organisation; raises NotFound."""
    found = db.session.scalar(
        _of(organisation)
        .where(RightsReview.id == review_id)
        .options(selectinload(RightsReview.lines).joinedload(ReviewedRole.account))
    )
    if found is None:
        raise NotFound()
    return found


def _of(organisation: Organisation) -> Select[tuple[RightsReview]]:
    return (
        select(RightsReview)
        .where(RightsReview.organisation_id == organisation.id)
        .order_by(RightsReview.signed_at.desc(), RightsReview.id.desc())
        .options(joinedload(RightsReview.signed_by))
    )
