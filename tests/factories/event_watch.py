"""House rule: a request that changes something writes an audit event in the same transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import has_request_context
from sqlalchemy import event
from sqlalchemy.orm import Session

from matchmaker.accounts.models import KnownDevice, SignInAttempt, SignInSession
from matchmaker.audit.models import AuditEvent
from matchmaker.database import db
from matchmaker.factors.models import SpentChallenge
from matchmaker.federation.models import ProviderVisit
from matchmaker.insights.models import SearchSignal
from matchmaker.jobs.models import Job, PeriodicRun
from matchmaker.limits.models import DoorUse
from matchmaker.links.models import Link
from matchmaker.listings.models import ListingTag, SavedListing, SavedSearch
from matchmaker.listings.search.models import ListingWords, SearchWord
from matchmaker.mail.models import Letter
from matchmaker.matches.models import ProfileSnapshot, ProposalBasis
from matchmaker.submissions.models import InterruptedForm, Submission
from matchmaker.threads.models import ThreadRead

WITHOUT_EVENT = (
    InterruptedForm, Submission, DoorUse, KnownDevice, SignInAttempt, SignInSession, Letter, Link, Job, PeriodicRun,
    ListingTag, ThreadRead, SavedListing, SavedSearch, SpentChallenge, ListingWords, SearchWord, SearchSignal,
    ProfileSnapshot, ProposalBasis, ProviderVisit,
)  # fmt: skip
"""Traces of a change that has its own event, one's own reading aids, and counts that name nobody: an event for each
search would put a moment beside what someone looked for."""


@contextmanager
def watching_events() -> Iterator[None]:
    """Fails a commit inside a request when something changed and no event says so."""

    def note(session: Session, _context: object, _instances: object) -> None:
        if not has_request_context():
            return
        touched = [*session.new, *session.deleted, *(each for each in session.dirty if session.is_modified(each))]
        changed = session.info.setdefault("changed", set())
        changed.update(type(each).__name__ for each in touched if not isinstance(each, (*WITHOUT_EVENT, AuditEvent)))
        if any(isinstance(each, AuditEvent) for each in touched):
            session.info["event"] = True

    def check(session: Session) -> None:
        if session.in_nested_transaction():
            return
        session.flush()
        changed, noted = session.info.pop("changed", set()), session.info.pop("event", False)
        if changed and not noted:
            raise AssertionError(f"a change without an audit event: {sorted(changed)}")

    def forget(session: Session) -> None:
        session.info.pop("changed", None)
        session.info.pop("event", None)

    factory = db.session.session_factory
    listeners = (("before_flush", note), ("before_commit", check), ("after_rollback", forget))
    for name, listener in listeners:
        event.listen(factory, name, listener)
    try:
        yield
    finally:
        for name, listener in listeners:
            event.remove(factory, name, listener)
