"""Signing a review, and reminding who did not for a year."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.organisations.leaving import leave_organisation, roles_here
from matchmaker.organisations.memberships import end_membership
from matchmaker.organisations.models import Membership, Organisation
from matchmaker.organisations.rules import ADMINISTRATORS
from matchmaker.reviews.models import Decision, ReviewedRole, ReviewReminder, RightsReview
from matchmaker.reviews.queries import Held, roles_held

DUE_AFTER = timedelta(days=365)
REMIND_EVERY = timedelta(days=30)


def sign_review(decisions: Mapping[int, Decision], *, by: Membership) -> RightsReview:
    """Store what was decided of everyone in the organisation of `by`, and end at once the roles that end.

    `decisions` by number of membership. Everyone must be decided on, also who joined a moment ago. Someone whose last
    role here ends leaves with nothing to hand over; who still holds work is handed over first. Raises InvalidValue
    (list_changed, yourself, last_administrator, beyond_reach) and then changes nothing.
    """
    held = roles_held(by.organisation, lock=True)
    if {each.membership.id for each in held} != set(decisions):
        raise InvalidValue("decisions", "list_changed")
    ending = [each.membership for each in held if decisions[each.membership.id] is Decision.END]
    if any(each.account_id == by.account_id for each in ending):
        raise InvalidValue("decisions", "yourself")
    review = RightsReview(organisation_id=by.organisation_id, signed_by_id=by.account_id)
    review.lines = [_line(each, decisions[each.membership.id]) for each in held]
    with db.session.begin_nested():
        db.session.add(review)
        db.session.flush()
        for each in ending:
            _end(each, ending, by=by)
        record("review.signed", about=review, by=by.account, kept=len(held) - len(ending), ended=len(ending))
    return review


def last_roles(decisions: Mapping[int, Decision], *, by: Membership) -> list[Membership]:
    """One role of each person who would have none left here, to see first whether they still hold work."""
    roles = [each.membership for each in roles_held(by.organisation)]
    ending = [each for each in roles if decisions.get(each.id) is Decision.END]
    return list({each.account_id: each for each in ending if not _staying(each, ending)}.values())


def remind_reviews(_moment: datetime) -> int:
    """Write to the administrators of organisations without a review in a year; returns how many organisations.

    Who has none yet has a year from its first administrator. Again every thirty days until it is signed.
    """
    due = db.session.scalars(
        select(Organisation).where(Organisation.active, *_is_due()).order_by(Organisation.id)
    ).all()
    for organisation in due:
        for account in _administrators(organisation):
            queue_letter("rights_review_due", topic=Topic.ACCOUNT, to=account, path="/beheer/rechten")
        db.session.merge(ReviewReminder(organisation_id=organisation.id, sent_at=now()))
    return len(due)


def _line(held: Held, decision: Decision) -> ReviewedRole:
    membership = held.membership
    return ReviewedRole(
        account_id=membership.account_id,
        role=membership.role,
        since=membership.created_at,
        last_sign_in=held.last_sign_in,
        decision=decision,
    )


def _end(membership: Membership, ending: list[Membership], *, by: Membership) -> None:
    """A role beside others ends alone; with the last one the person leaves, all at once."""
    if not membership.is_active:
        return
    if _staying(membership, ending):
        end_membership(membership, by=by)
    else:
        leave_organisation(membership, successor=None, by=by)


def _staying(membership: Membership, ending: list[Membership]) -> list[Membership]:
    """What this person keeps here, also a role that is not reviewed."""
    return [each for each in roles_here(membership) if each not in ending]


def _is_due() -> tuple[ColumnElement[bool], ...]:
    """An administrator for a year, no review in a year, and no reminder in thirty days."""
    started = (
        select(func.min(Membership.created_at))
        .where(Membership.organisation_id == Organisation.id, Membership.role.in_(ADMINISTRATORS), Membership.is_active)
        .scalar_subquery()
    )
    signed = (
        select(func.max(RightsReview.signed_at))
        .where(RightsReview.organisation_id == Organisation.id)
        .scalar_subquery()
    )
    reminded = select(ReviewReminder.organisation_id).where(ReviewReminder.sent_at > now() - REMIND_EVERY)
    year_ago = now() - DUE_AFTER
    return (
        started < year_ago,
        or_(signed.is_(None), signed < year_ago),
        Organisation.id.not_in(reminded),
    )


def _administrators(organisation: Organisation) -> list[Account]:
    rows = db.session.scalars(
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.organisation_id == organisation.id,
            Membership.role.in_(ADMINISTRATORS),
            Membership.is_active,
            Account.is_active,
        )
        .distinct()
        .order_by(Account.id)
    )
    return list(rows)
