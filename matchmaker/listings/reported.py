"""Reports a desk has to decide on."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.listings.models import Listing, ListingReport
from matchmaker.organisations.models import Desk, Organisation


def reports_at_desk(desk: Desk) -> Sequence[ListingReport]:
    """Reports nobody decided on yet, oldest first."""
    query = _at(desk).where(ListingReport.decided_at.is_(None))
    return db.session.scalars(query.order_by(ListingReport.created_at, ListingReport.id)).all()


def report_at_desk(report_id: int, desk: Desk) -> ListingReport:
    """One report about a posting of this desk, decided or not; raises NotFound."""
    found = db.session.scalar(_at(desk).where(ListingReport.id == report_id))
    if found is None:
        raise NotFound()
    return found


def _at(desk: Desk) -> Select[tuple[ListingReport]]:
    return (
        select(ListingReport)
        .join(ListingReport.listing)
        .join(Organisation, Organisation.id == Listing.organisation_id)
        .where(or_(Organisation.desk_id == desk.id, Organisation.id == desk.holder_id))
        .options(joinedload(ListingReport.listing).joinedload(Listing.organisation))
    )
