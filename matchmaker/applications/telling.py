"""A letter to each student who wants one, about what came online and fits well."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Account
from matchmaker.applications.finding import Found, offers_for
from matchmaker.audit.actions import record
from matchmaker.database import db
from matchmaker.engine.assessment import Verdict
from matchmaker.errors import LinkUnusable
from matchmaker.links.actions import find_link, make_link, revoke_links
from matchmaker.links.models import Link, Purpose
from matchmaker.listings.models import Listing
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.students.models import StudentProfile
from matchmaker.students.queries import profile_of
from matchmaker.vocabulary import PLACE_KINDS, Side

MOST_IN_LETTER = 10


def tell_students(moment: datetime) -> int:
    """A letter for each student with an alert whom something new fits; returns how many. Run it once a day."""
    wanting = db.session.scalars(
        select(StudentProfile)
        .join(StudentProfile.account)
        .where(StudentProfile.alert, Account.is_active, _something_new())
        .order_by(StudentProfile.id)
        .options(joinedload(StudentProfile.account), joinedload(StudentProfile.programme))
    ).all()
    return sum(_tell(profile, moment) for profile in wanting)


def newest_for(profile: StudentProfile) -> list[Found]:
    """What fits well, the newest first: what the feed holds."""
    fitting = [each for each in offers_for(profile) if each.why.verdict is not Verdict.MAYBE]
    return sorted(fitting, key=_published, reverse=True)


def make_offers_feed(account: Account) -> Link:
    """A new secret address for the feed of fitting offers; the earlier one ends."""
    revoke_links(Purpose.OFFERS_FEED, subject_id=account.id)
    link = make_link(Purpose.OFFERS_FEED, subject_id=account.id, account_id=account.id, days=None)
    record("student.feed_made", about=link, by=account)
    return link


def revoke_offers_feed(account: Account) -> None:
    """End the feed."""
    revoke_links(Purpose.OFFERS_FEED, subject_id=account.id)
    record("student.feed_revoked", about=account, by=account)


def has_offers_feed(account: Account) -> bool:
    """Whether an address of the feed stands."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Link.purpose == Purpose.OFFERS_FEED, Link.subject_id == account.id, Link.revoked_at.is_(None)
                )
            )
        )
    )


def reader_of_offers_feed(token: str) -> StudentProfile:
    """Whose feed this is. Raises LinkUnusable, also when the account was closed or is no student's any more."""
    link = find_link(token, Purpose.OFFERS_FEED)
    account = db.session.get(Account, link.account_id) if link.account_id else None
    profile = profile_of(account) if account is not None and account.is_active else None
    if profile is None or not profile.is_complete:
        raise LinkUnusable("revoked")
    return profile


def _tell(profile: StudentProfile, moment: datetime) -> bool:
    since, profile.told_until = profile.told_until, moment
    fresh = [each for each in newest_for(profile) if since <= _published(each) < moment][:MOST_IN_LETTER]
    if not fresh or not profile.is_complete:
        return False
    queue_letter(
        "offers_for_student",
        topic=Topic.LISTINGS,
        to=profile.account,
        path="/student/",
        listings=[_line(each.listing) for each in fresh],
    )
    return True


def _line(listing: Listing) -> dict[str, str]:
    organisation = listing.organisation.name if listing.organisation else ""
    return {"title": listing.title, "organisation": organisation, "path": f"/aanbod/{listing.reference}"}


def _something_new() -> object:
    """Whether any open offer of places came online since this student was told."""
    return exists().where(
        Listing.side == Side.OFFER,
        Listing.kind.in_(PLACE_KINDS),
        Listing.is_open,
        Listing.published_at >= StudentProfile.told_until,
    )


def _published(found: Found) -> datetime:
    assert found.listing.published_at is not None
    return found.listing.published_at
