"""Showing finished work to others, and taking that back."""

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.library.models import FinishedWork
from matchmaker.library.queries import may_be_shown, schools_of, work_from
from matchmaker.listings.models import Listing


def show(
    listing: Listing, *, title: str, summary: str, school_id: int | None, consents: bool, by: Account
) -> FinishedWork:
    """Let everyone find what came out of a posting, or change what they find.

    Raises InvalidMove while the posting still runs, InvalidValue without consent, title or summary, or for a school
    that had no part in it.
    """
    if not may_be_shown(listing) or listing.organisation is None:
        raise InvalidMove(status=listing.status.value, step="show")
    if not consents:
        raise InvalidValue("consents", "consent_needed")
    for name, value in (("title", title), ("summary", summary)):
        if not value.strip():
            raise InvalidValue(name, "required")
    if school_id is not None and school_id not in {each.id for each in schools_of(listing)}:
        raise InvalidValue("school_id", "unknown_code")
    work = work_from(listing) or FinishedWork(listing=listing, municipality=listing.organisation)
    work.title, work.summary, work.school_id = title.strip(), summary.strip(), school_id
    work.consented_by_id, work.consented_at, work.withdrawn_at = by.id, now(), None
    db.session.add(work)
    db.session.flush()
    record("library.show", about=work, by=by, organisation=listing.organisation)
    return work


def hide(work: FinishedWork, *, by: Account) -> FinishedWork:
    """Take the consent back: nobody finds it any more. Raises InvalidMove when it is hidden already."""
    if work.withdrawn_at is not None:
        raise InvalidMove(status="hidden", step="hide")
    work.withdrawn_at = now()
    db.session.flush()
    record("library.hide", about=work, by=by, organisation=work.municipality)
    return work
