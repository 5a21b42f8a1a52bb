"""What happens to a listing: typed, published, checked, closed, copied, and its places given away."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NoPlaceLeft
from matchmaker.listings.changes import note_changed
from matchmaker.listings.expiry import expire_due, warn_expiring
from matchmaker.listings.kinds import MUNICIPAL_SIDE, fields_for, missing
from matchmaker.listings.letters import tell_desk, tell_owner
from matchmaker.listings.models import Listing
from matchmaker.listings.queries import works_at_desk
from matchmaker.listings.reports import decide_report, report
from matchmaker.listings.rules import allows
from matchmaker.listings.values import InvalidListing, values_still_true
from matchmaker.listings.writing import change_kind as write_kind
from matchmaker.listings.writing import new_listing, new_reference, sync_tags, values_of, write
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Kind, ListingStatus, Side

DAYS_OPEN = 90
"""How long one can respond when whoever posts it names no day."""

__all__ = [
    "approve", "change_kind", "close", "copy", "decide_report", "desk_looks_first", "expire_due", "give_back_place",
    "needs_check",
    "new_reference", "problems_with", "publish", "put_online", "report", "return_to_owner", "save_draft", "sync_tags",
    "take_place", "warn_expiring", "withdraw_from_check",
]  # fmt: skip


def save_draft(
    listing: Listing | None,
    *,
    side: Side,
    kind: Kind,
    organisation: Organisation,
    values: Mapping[str, Any],
    by: Account | None,
) -> Listing:
    """Keep what was typed, in a new draft when `listing` is None. Drafts may be incomplete, but not untrue.

    Only the fields in `values` change. A published listing can be corrected this way and stays online; it must then
    stay complete. Raises InvalidListing with every problem, NotAllowed when the other side posts this kind.
    """
    if listing is None:
        listing = new_listing(side=side, kind=kind, organisation=organisation, by=by)
        write(listing, values)
        db.session.flush()
        record("listing.created", about=listing, by=by, organisation=organisation)
        return listing
    _must_allow(listing, "save")
    if write(listing, values):
        record("listing.saved", about=listing, by=by)
    return listing


def change_kind(listing: Listing, kind: Kind, *, by: Account | None) -> Listing:
    """Make a draft something else; what the new kind does not ask is let go."""
    _must_allow(listing, "change_kind")
    if write_kind(listing, kind):
        record("listing.kind_changed", about=listing, by=by, kind=kind.value)
    return listing


def publish(listing: Listing, *, by: Account | None) -> Listing:
    """Put it online, or before the desk where the municipality wants to see it first.

    Raises InvalidListing naming each thing that is still missing or has become untrue.
    """
    _must_allow(listing, "publish")
    _must_be_complete(listing)
    if needs_check(listing, by):
        listing.status, listing.returned_because = ListingStatus.IN_CHECK, ""
        db.session.flush()
        record("listing.sent_to_check", about=listing, by=by)
        tell_desk(listing, "listing_to_check", but_not=by)
        return listing
    put_online(listing)
    record("listing.published", about=listing, by=by)
    return listing


def needs_check(listing: Listing, by: Account | None) -> bool:
    """Whether the desk looks first: where the municipality wants it, unless someone of that desk publishes."""
    return listing.organisation is not None and desk_looks_first(listing.organisation, listing.kind, listing.side, by)


def desk_looks_first(organisation: Organisation, kind: Kind, side: Side, by: Account | None) -> bool:
    """The same for whatever this organisation posts of a kind and side."""
    desk = organisation.desk
    if desk is None or MUNICIPAL_SIDE[kind] is not side:
        return False
    return desk.checks_before_publishing and not works_at_desk(by, desk)


def put_online(listing: Listing) -> None:
    """Open it to the other side, without a line in the log: publishing, approving and importing end here."""
    listing.status, listing.returned_because = ListingStatus.PUBLISHED, ""
    listing.published_at, listing.closed_at, listing.expiry_warned_at = now(), None, None
    if listing.respond_before is None:
        listing.respond_before = today() + timedelta(days=DAYS_OPEN)
    db.session.flush()


def approve(listing: Listing, *, by: Account | None) -> Listing:
    """The desk says yes: it goes online and the owner hears it."""
    _must_allow(listing, "approve")
    _must_be_complete(listing)
    put_online(listing)
    record("listing.approved", about=listing, by=by)
    tell_owner(listing, "listing_approved")
    return listing


def return_to_owner(listing: Listing, *, because: str, by: Account | None) -> Listing:
    """The desk asks for a change and says which; raises InvalidValue without a reason."""
    _must_allow(listing, "return")
    because = because.strip()
    if not because:
        raise InvalidValue("because", "required")
    listing.status, listing.returned_because = ListingStatus.RETURNED, because[:2000]
    db.session.flush()
    record("listing.returned", about=listing, by=by)
    tell_owner(listing, "listing_returned", because=listing.returned_because)
    return listing


def withdraw_from_check(listing: Listing, *, by: Account | None) -> Listing:
    """Take it back before the desk has answered: it is a draft again."""
    _must_allow(listing, "withdraw")
    listing.status = ListingStatus.DRAFT
    db.session.flush()
    record("listing.withdrawn", about=listing, by=by)
    return listing


def close(listing: Listing, *, by: Account | None) -> Listing:
    """Take it offline for good; what was agreed about it stays."""
    _must_allow(listing, "close")
    listing.status, listing.closed_at = ListingStatus.CLOSED, now()
    db.session.flush()
    record("listing.closed", about=listing, by=by)
    return listing


def copy(listing: Listing, *, by: Account | None) -> Listing:
    """A new draft with the same text; days that have passed are left empty."""
    assert listing.organisation is not None
    made = new_listing(side=listing.side, kind=listing.kind, organisation=listing.organisation, by=by)
    write(made, values_still_true(values_of(listing)))
    db.session.flush()
    record("listing.copied", about=made, by=by, copied_from=listing.reference)
    return made


def take_place(listing: Listing) -> None:
    """Take one place, in one statement, so that two cannot take the last. Raises NoPlaceLeft."""
    _count(listing, Listing.places_taken < Listing.places, 1)


def give_back_place(listing: Listing) -> None:
    """A place that was taken is free again."""
    _count(listing, Listing.places_taken > 0, -1)


def _count(listing: Listing, condition: Any, step: int) -> None:
    db.session.flush()
    done = db.session.execute(
        update(Listing)
        .where(Listing.id == listing.id, condition)
        .values(places_taken=Listing.places_taken + step)
        .execution_options(synchronize_session=False)
    )
    note_changed([listing.id])
    db.session.refresh(listing, ["places_taken"])
    if done.rowcount != 1:
        raise NoPlaceLeft(reference=listing.reference)


def _must_allow(listing: Listing, step: str) -> None:
    if not allows(listing, step):
        raise InvalidMove(status=listing.status.value, step=step)


def _must_be_complete(listing: Listing) -> None:
    problems = problems_with(listing)
    if problems:
        raise InvalidListing(problems)


def problems_with(listing: Listing) -> list[InvalidValue]:
    """Why it cannot go online now: what is missing, and days that have passed."""
    return [*missing(listing), *_untrue_by_now(listing)]


def _untrue_by_now(listing: Listing) -> list[InvalidValue]:
    asked = fields_for(listing.kind, listing.side)
    passed = [name for name in ("respond_before", "ends_on") if (day := getattr(listing, name)) and day < today()]
    return [InvalidValue(name, "past") for name in passed if name in asked]
