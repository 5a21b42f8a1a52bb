"""Questions about listings: one's own, those online, those before the desk."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Desk, Membership, Organisation, Programme
from matchmaker.vocabulary import ListingStatus, Role, Side

PAGE_SIZE = 20
KEYS_AT_ONCE = 500
WAS_PUBLIC = (ListingStatus.PUBLISHED, ListingStatus.CLOSED, ListingStatus.EXPIRED)

_IMPORTED = select(Listing.organisation_id, Listing.import_key).where(
    Listing.import_key.in_(bindparam("keys", expanding=True))
)
_TAKEN = select(Listing.reference).where(Listing.reference.in_(bindparam("references", expanding=True)))
"""Made once: a file asks them with thousands of keys."""


def _whole(query: Select[tuple[Listing]]) -> Select[tuple[Listing]]:
    """With what a page shows of it."""
    return query.options(
        joinedload(Listing.organisation).joinedload(Organisation.desk).joinedload(Desk.holder),
        joinedload(Listing.team),
        joinedload(Listing.programme).joinedload(Programme.faculty),
        joinedload(Listing.owner),
    )


def listing_for_owner(reference: str, organisation: Organisation, *, side: Side | None = None) -> Listing:
    """A listing of this organisation, on this side if one is named; raises NotFound, also for what is of another."""
    query = select(Listing).where(Listing.reference == reference, Listing.organisation_id == organisation.id)
    found = db.session.scalar(_whole(query))
    if found is None or (side is not None and found.side is not side):
        raise NotFound("listing")
    return found


def public_listing(reference: str) -> Listing:
    """A listing everyone may see: online, or online before and now closed or expired; raises NotFound."""
    query = select(Listing).where(
        Listing.reference == reference, Listing.status.in_(WAS_PUBLIC), Listing.published_at.is_not(None)
    )
    found = db.session.scalar(_whole(query))
    if found is None:
        raise NotFound("listing")
    return found


def of_organisation(
    organisation: Organisation,
    side: Side,
    status: ListingStatus | None = None,
    *,
    search: str = "",
    page: int = 1,
    page_size: int | None = PAGE_SIZE,
) -> Sequence[Listing]:
    """Listings of an organisation on one side, newest first; a page of them, or all with `page_size` None."""
    query = _whole(_own(organisation, side, search)).order_by(Listing.created_at.desc(), Listing.id.desc())
    if status is not None:
        query = query.where(Listing.status == status)
    if page_size is not None:
        query = query.limit(page_size).offset((max(page, 1) - 1) * page_size)
    return db.session.scalars(query).all()


def count_by_status(organisation: Organisation, side: Side, *, search: str = "") -> dict[ListingStatus, int]:
    """How many listings an organisation has in each status."""
    own = _own(organisation, side, search).with_only_columns(Listing.status, func.count()).group_by(Listing.status)
    return dict(db.session.execute(own).all())


def _own(organisation: Organisation, side: Side, search: str) -> Select[tuple[Listing]]:
    query = select(Listing).where(Listing.organisation_id == organisation.id, Listing.side == side)
    for word in search.split()[:5]:
        pattern = f"%{_escaped(word)}%"
        query = query.where(
            or_(
                Listing.title.ilike(pattern, escape="\\"),
                Listing.text.ilike(pattern, escape="\\"),
                Listing.reference.ilike(pattern, escape="\\"),
            )
        )
    return query


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def counterparts(listing: Listing) -> tuple[ColumnElement[bool], ...]:
    """What can be proposed to a listing: open postings of its kind by another organisation, on the other side."""
    other_side = Side.OFFER if listing.side is Side.NEED else Side.NEED
    own = listing.organisation_id
    of_another = Listing.organisation_id.is_not(None) if own is None else Listing.organisation_id != own
    return Listing.side == other_side, Listing.kind == listing.kind, Listing.is_open, of_another


def listings_by_reference(references: Iterable[str]) -> dict[str, Listing]:
    """These listings, with what a page shows of them."""
    query = _whole(select(Listing).where(Listing.reference.in_(list(references))))
    return {each.reference: each for each in db.session.scalars(query.order_by(Listing.reference))}


def awaiting_check(desk: Desk) -> Sequence[Listing]:
    """What the desk has to look at before it goes online, oldest first."""
    query = (
        select(Listing)
        .join(Listing.organisation)
        .where(Listing.status == ListingStatus.IN_CHECK, Organisation.desk_id == desk.id)
        .order_by(Listing.created_at, Listing.id)
    )
    return db.session.scalars(_whole(query)).all()


def listing_in_check(reference: str, desk: Desk) -> Listing:
    """One listing before this desk; raises NotFound."""
    query = (
        select(Listing)
        .join(Listing.organisation)
        .where(Listing.reference == reference, Organisation.desk_id == desk.id)
    )
    found = db.session.scalar(_whole(query))
    if found is None:
        raise NotFound("listing")
    return found


def imported(keys: Sequence[str]) -> frozenset[tuple[int, str]]:
    """Which of these import keys are there already, each with the number of the organisation that has it."""
    found: set[tuple[int, str]] = set()
    for first in range(0, len(keys), KEYS_AT_ONCE):
        found.update(map(tuple, db.session.execute(_IMPORTED, {"keys": keys[first : first + KEYS_AT_ONCE]})))
    return frozenset(found)


def taken_references(references: Sequence[str]) -> frozenset[str]:
    """Which of these references a listing has already."""
    return frozenset(db.session.scalars(_TAKEN, {"references": references}))


def works_at_desk(person: Account | None, desk: Desk) -> bool:
    """Whether someone is a contact officer or region coordinator of the organisation that holds a desk."""
    if person is None:
        return False
    found = select(Membership.id).where(
        Membership.account_id == person.id,
        Membership.organisation_id == desk.holder_id,
        Membership.role.in_((Role.OFFICER, Role.REGION_COORDINATOR)),
        Membership.is_active,
    )
    return db.session.scalar(found.limit(1)) is not None
