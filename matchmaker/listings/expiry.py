"""The end of a listing's time: a warning a week ahead, then offline, each with a letter."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from matchmaker.audit.actions import record
from matchmaker.clock import local
from matchmaker.database import db
from matchmaker.listings.letters import tell_owner
from matchmaker.listings.models import Listing
from matchmaker.vocabulary import ListingStatus

WARN_DAYS = 7


def warn_expiring(moment: datetime) -> int:
    """Tell each owner whose listing closes within a week, once; returns how many."""
    day = local(moment).date()
    due = _published().where(
        Listing.respond_before >= day,
        Listing.respond_before <= day + timedelta(days=WARN_DAYS),
        Listing.expiry_warned_at.is_(None),
    )
    listings = db.session.scalars(due).all()
    for listing in listings:
        listing.expiry_warned_at = moment
        record("listing.expiry_warned", about=listing, by=None)
        tell_owner(listing, "listing_expiring", respond_before=_iso(listing))
    db.session.flush()
    return len(listings)


def expire_due(moment: datetime) -> int:
    """Take offline what could be answered until yesterday; returns how many."""
    day = local(moment).date()
    listings = db.session.scalars(_published().where(Listing.respond_before < day)).all()
    for listing in listings:
        listing.status, listing.closed_at = ListingStatus.EXPIRED, moment
        record("listing.expired", about=listing, by=None)
        tell_owner(listing, "listing_expired", respond_before=_iso(listing), places_left=listing.places_left)
    db.session.flush()
    return len(listings)


def _published() -> Select[tuple[Listing]]:
    return (
        select(Listing)
        .where(Listing.is_published)
        .order_by(Listing.id)
        .options(joinedload(Listing.owner), joinedload(Listing.organisation))
    )


def _iso(listing: Listing) -> str:
    return listing.respond_before.isoformat() if listing.respond_before else ""
