"""Showing finished work to others, and taking that back."""

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.consents.actions import give, withdraw
from matchmaker.consents.models import Consent, Purpose
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.library.models import FinishedWork
from matchmaker.library.queries import may_be_shown, schools_of, work_from
from matchmaker.listings.models import Listing


def show(
    listing: Listing,
    *,
    title: str,
    summary: str,
    school_id: int | None,
    consents: bool,
    by: Account,
    language: str = "nl",
) -> FinishedWork:
    """Let everyone find what came out of a posting, or change what they find, by consent of the municipality.

    `language`: in which `by` read what they agree to. Raises InvalidMove while the posting still runs, InvalidValue
    without consent, title or summary, for a school that had no part in it, or for the words of a student.
    """
    work = _described(listing, title=title, summary=summary, school_id=school_id, ticked=consents)
    before = work.consent if work.consent is not None and work.consent.is_for_an_organisation else None
    work.consent = give(
        Purpose.FINISHED_WORK, ticked=consents, field="consents", language=language, by=by, instead_of=before
    )
    return _kept(work, by=by)


def show_work_of_student(
    listing: Listing, *, title: str, summary: str, school_id: int | None, consent: Consent, by: Account
) -> FinishedWork:
    """Let everyone find it in the words of the student who made it, while that student agrees. Raises as `show`."""
    work = _described(
        listing, title=title, summary=summary, school_id=school_id, ticked=consent.stands, of_student=True
    )
    if work.consent is not None and work.consent.is_for_an_organisation and work.consent.stands:
        withdraw(work.consent, by=by)
    work.consent = consent
    return _kept(work, by=by)


def _described(
    listing: Listing, *, title: str, summary: str, school_id: int | None, ticked: bool, of_student: bool = False
) -> FinishedWork:
    if not may_be_shown(listing) or listing.organisation is None:
        raise InvalidMove(status=listing.status.value, step="show")
    if not ticked:
        raise InvalidValue("consents", "consent_needed")
    title, summary = title.strip(), summary.strip()
    for name, value in (("title", title), ("summary", summary)):
        if not value:
            raise InvalidValue(name, "required")
    if school_id is not None and school_id not in {each.id for each in schools_of(listing)}:
        raise InvalidValue("school_id", "unknown_code")
    work = work_from(listing) or FinishedWork(listing=listing, municipality=listing.organisation)
    if work.is_of_student and not of_student and work.summary == summary:
        raise InvalidValue("summary", "words_of_a_student")
    work.title, work.summary, work.school_id, work.hidden_at = title, summary, school_id, None
    return work


def _kept(work: FinishedWork, *, by: Account) -> FinishedWork:
    db.session.add(work)
    db.session.flush()
    record("library.show", about=work, by=by, organisation=work.municipality)
    return work


def hide(work: FinishedWork, *, by: Account) -> FinishedWork:
    """Nobody finds it any more, and the municipality takes its consent back. Raises InvalidMove when it is hidden."""
    if work.hidden_at is not None:
        raise InvalidMove(status="hidden", step="hide")
    work.hidden_at = now()
    if work.consent is not None and work.consent.is_for_an_organisation and work.consent.stands:
        withdraw(work.consent, by=by)
    db.session.flush()
    record("library.hide", about=work, by=by, organisation=work.municipality)
    return work
