"""Someone says a posting is not right; the desk decides, with a reason, and everyone concerned hears it."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotFound
from matchmaker.listings.letters import tell_desk, tell_owner
from matchmaker.listings.models import Listing, ListingReport
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.organisations.models import Desk, Organisation
from matchmaker.vocabulary import ListingStatus

REASONS = ("wrong", "not_a_learning_place", "discriminates", "out_of_date", "other")
DECISIONS = ("keep", "remove")


def report(listing: Listing, *, reason: str, text: str, by: Account | None) -> ListingReport:
    """Note that someone finds this posting not right; the desk hears it."""
    if reason not in REASONS:
        raise InvalidValue("reason", "unknown_code")
    made = ListingReport(
        listing_id=listing.id, reason=reason, text=text.strip()[:4000], reporter_id=by.id if by else None
    )
    db.session.add(made)
    db.session.flush()
    record("listing.reported", about=made, by=by, organisation=listing.organisation, reason=reason)
    tell_desk(listing, "listing_reported", reason=reason, path=f"/loket/meldingen/{made.id}")
    return made


def decide_report(made: ListingReport, *, decision: str, reason: str, by: Account | None) -> ListingReport:
    """The desk keeps the posting or takes it offline, and says why. Decided once."""
    if made.decided_at is not None:
        raise InvalidMove(step="decide_report")
    if decision not in DECISIONS:
        raise InvalidValue("decision", "unknown_code")
    if not reason.strip():
        raise InvalidValue("reason", "required")
    made.decision, made.decision_reason = decision, reason.strip()[:2000]
    made.decided_at, made.decided_by_id = now(), by.id if by else None
    if decision == "remove" and made.listing.status is not ListingStatus.CLOSED:
        made.listing.status, made.listing.closed_at = ListingStatus.CLOSED, now()
        tell_owner(made.listing, "listing_removed", because=made.decision_reason)
    db.session.flush()
    record("listing.report_decided", about=made, by=by, organisation=made.listing.organisation, decision=decision)
    _tell_reporter(made)
    return made


def _tell_reporter(made: ListingReport) -> None:
    reporter = db.session.get(Account, made.reporter_id) if made.reporter_id else None
    if reporter is not None:
        queue_letter(
            "listing_report_decided",
            topic=Topic.LISTINGS,
            to=reporter,
            title=made.listing.title,
            decision=made.decision,
            because=made.decision_reason,
        )


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
