"""Rows that only gather: what is over and that nobody asks for any more goes by a term of its own."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Delete, Update, delete, func, or_, select, update
from sqlalchemy.orm import aliased

from matchmaker.accounts.models import SignInSession
from matchmaker.clock import local
from matchmaker.cohorts.models import CohortRound
from matchmaker.consents.models import Consent
from matchmaker.database import db
from matchmaker.factors.models import CodeApp
from matchmaker.holds.models import Hold
from matchmaker.holds.queries import held_people
from matchmaker.jobs.models import Job, JobState, PeriodicRun
from matchmaker.library.models import FinishedWork
from matchmaker.organisations.models import Leave
from matchmaker.placements.records import FollowOn, Product
from matchmaker.reviews.models import ReviewedRole, RightsReview
from matchmaker.tokens.models import AccessToken

DAYS = timedelta(days=3)
MONTH = timedelta(days=30)
YEAR = timedelta(days=365)
"""The terms: of what only ran, of what ended, and of what proves something."""


def forget_ended(moment: datetime) -> dict[str, int]:
    """Remove what is past its term; returns how many of each kind."""
    return {kind: _done(*statements) for kind, statements in _ended(moment)}


def _ended(moment: datetime) -> Iterator[tuple[str, tuple[Delete | Update, ...]]]:
    """By kind, as a night of cleaning counts them."""
    yield "sessions", (delete(SignInSession).where(SignInSession.expires_at < moment),)
    yield "runs", (delete(PeriodicRun).where(PeriodicRun.at < moment - DAYS),)
    yield "jobs", _jobs(moment)
    yield "factors", (delete(CodeApp).where(CodeApp.confirmed_at.is_(None), CodeApp.created_at < moment - DAYS),)
    over = or_(AccessToken.expires_at < moment - MONTH, AccessToken.revoked_at < moment - MONTH)
    yield "tokens", (delete(AccessToken).where(over, AccessToken.account_id.not_in(held_people())),)
    last_year = local(moment - YEAR).date()
    yield "leaves", (delete(Leave).where(Leave.last_day < last_year, Leave.account_id.not_in(held_people())),)
    yield "holds", (delete(Hold).where(or_(Hold.ends_on < last_year, Hold.lifted_at < moment - YEAR)),)
    yield "reviews", _reviews(moment)
    yield "consents", _consents(moment)


def _jobs(moment: datetime) -> tuple[Delete, ...]:
    """Done for a month, failed for a year. What a round says it waits for stays as long as the round."""
    needed = select(CohortRound.opening_job_id).where(CohortRound.opening_job_id.is_not(None))
    done = (Job.state == JobState.DONE) & (Job.finished_at < moment - MONTH)
    failed = (Job.state == JobState.FAILED) & (Job.finished_at < moment - YEAR)
    return (delete(Job).where(or_(done, failed), Job.id.not_in(needed)),)


def _reviews(moment: datetime) -> tuple[Delete | Update, ...]:
    """What was decided of whom goes after a year. That there was a review stays until there is a newer one."""
    later = aliased(RightsReview)
    newest = select(func.max(later.id)).where(later.organisation_id == RightsReview.organisation_id).scalar_subquery()
    old = select(RightsReview.id).where(RightsReview.signed_at < moment - YEAR)
    held = select(ReviewedRole.review_id).where(ReviewedRole.account_id.in_(held_people()))
    free = or_(ReviewedRole.account_id.is_(None), ReviewedRole.account_id.not_in(held_people()))
    return (
        delete(ReviewedRole).where(ReviewedRole.review_id.in_(old), free),
        update(RightsReview)
        .where(RightsReview.signed_at < moment - YEAR, RightsReview.signed_by_id.not_in(held_people()))
        .values(signed_by_id=None),
        delete(RightsReview).where(
            RightsReview.signed_at < moment - YEAR, RightsReview.id != newest, RightsReview.id.not_in(held)
        ),
    )


def _consents(moment: datetime) -> tuple[Delete, ...]:
    """Finished work that nobody finds for a year, and the consents that nothing leans on for a year."""
    before = moment - YEAR
    taken_back = select(Consent.id).where(Consent.withdrawn_at < before)
    hidden = or_(FinishedWork.hidden_at < before, FinishedWork.consent_id.in_(taken_back))
    leaning = [
        Consent.id.not_in(select(model.consent_id).where(model.consent_id.is_not(None)))
        for model in (FinishedWork, FollowOn, Product)
    ]
    free = or_(Consent.account_id.is_(None), Consent.account_id.not_in(held_people()))
    over = func.coalesce(Consent.withdrawn_at, Consent.given_at) < before
    return (delete(FinishedWork).where(hidden), delete(Consent).where(over, free, *leaning))


def _done(*statements: Any) -> int:
    """How many rows the statements touched together."""
    options = {"synchronize_session": False}
    return sum(db.session.execute(each.execution_options(**options)).rowcount for each in statements)
