"""The secret address of an organisation's calendar: one for each person there, so that it ends when they leave."""

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.database import db
from matchmaker.errors import LinkUnusable
from matchmaker.links.actions import find_link, known_token, make_link, revoke_links
from matchmaker.links.models import Link, Purpose
from matchmaker.organisations.models import Membership


def make_calendar_link(membership: Membership, *, by: Account) -> Link:
    """A new address; the earlier one ends."""
    revoke_links(Purpose.ORGANISATION_FEED, subject_id=membership.id)
    link = make_link(Purpose.ORGANISATION_FEED, subject_id=membership.id, account_id=by.id, days=None)
    record("calendar.link_made", about=link, by=by, organisation=membership.organisation)
    return link


def revoke_calendar_link(membership: Membership, *, by: Account) -> None:
    """The address stops."""
    revoke_links(Purpose.ORGANISATION_FEED, subject_id=membership.id)
    record("calendar.link_revoked", about=membership, by=by, organisation=membership.organisation)


def calendar_token(membership: Membership) -> str:
    """The token of the address that stands; empty when there is none or it can no longer be shown."""
    link = db.session.scalars(
        select(Link)
        .where(Link.purpose == Purpose.ORGANISATION_FEED, Link.subject_id == membership.id, Link.revoked_at.is_(None))
        .order_by(Link.id.desc())
    ).first()
    return known_token(link) if link else ""


def membership_of_calendar(token: str) -> Membership:
    """Whose view of an organisation this address gives. Raises LinkUnusable, also for who works there no more."""
    link = find_link(token, Purpose.ORGANISATION_FEED)
    membership = db.session.get(Membership, link.subject_id)
    if membership is None or not membership.is_active or not membership.account.is_active:
        raise LinkUnusable("revoked")
    return membership
