"""The postings someone may look for counterparts of: those of their organisation, at a desk those of whom it serves."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.listings.models import Listing
from matchmaker.matches.queries import DESK_ROLES
from matchmaker.organisations.models import Desk, Membership, Organisation
from matchmaker.organisations.queries import desk_of
from matchmaker.reference import km_between
from matchmaker.vocabulary import OrganisationKind


def own_listing(reference: str, membership: Membership | None) -> Listing:
    """One of these postings; raises NotFound for what is not there and for what is of another."""
    if membership is None:
        raise NotFound("listing")
    found = db.session.scalar(
        select(Listing)
        .join(Listing.organisation)
        .where(Listing.reference == reference, _reach(membership))
        .options(joinedload(Listing.organisation), joinedload(Listing.programme), joinedload(Listing.team))
    )
    if found is None:
        raise NotFound("listing")
    return found


def municipalities_near(
    listing: Listing, *, search: str = "", limit: int = 20
) -> list[tuple[Organisation, float | None]]:
    """Municipalities and how many kilometres away they are, nearest first; by name when a place is unknown."""
    query = select(Organisation).where(Organisation.kind == OrganisationKind.MUNICIPALITY, Organisation.active)
    if search.strip():
        query = query.where(Organisation.name.icontains(search.strip(), autoescape=True))
    rows = db.session.scalars(
        query.order_by(Organisation.name, Organisation.id).options(
            joinedload(Organisation.desk).joinedload(Desk.holder)
        )
    ).all()
    measured = [(each, _km(listing, each)) for each in rows]
    return sorted(measured, key=lambda pair: (pair[1] is None, pair[1] or 0.0))[:limit]


def _reach(membership: Membership) -> ColumnElement[bool]:
    own = Listing.organisation_id == membership.organisation_id
    desk = desk_of(membership) if membership.role in DESK_ROLES else None
    return or_(own, Organisation.desk_id == desk.id) if desk else own


def _km(listing: Listing, other: Organisation) -> float | None:
    where = listing if listing.latitude is not None else listing.organisation
    return km_between(where, other) if where is not None else None
