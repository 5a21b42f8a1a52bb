"""Letters about an assignment, with the facts every one of them needs."""

from collections.abc import Iterable
from typing import Any

from matchmaker.appointments.entries import CalendarGuest, Wording
from matchmaker.appointments.ical import Method, invitation
from matchmaker.assignments.calendar import assignment_path, entry_of
from matchmaker.assignments.models import Assignment
from matchmaker.clock import now
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.matches.letters import facts, tell, tell_asker
from matchmaker.matches.readers import Reader, asker_of, municipal_readers, overseers


def tell_school(template: str, assignment: Assignment, **values: Any) -> None:
    """A letter to who speaks for the school."""
    tell_asker(template, assignment.match, path=assignment_path(assignment), **_due(assignment), **values)


def tell_municipality(template: str, assignment: Assignment, **values: Any) -> None:
    """A letter to who made the promise for the municipality."""
    match = assignment.match
    tell(template, match, municipal_readers(match), path=assignment_path(assignment), **_due(assignment), **values)


def tell_overseers(template: str, assignment: Assignment, **values: Any) -> None:
    """A letter to who hears that the municipality is late."""
    match = assignment.match
    tell(template, match, overseers(match), path=assignment_path(assignment), **_due(assignment), **values)


def invite_to_presentation(assignment: Assignment, *, wording: Wording) -> None:
    """Both sides get it in their calendars: at first, and whenever it moves."""
    _send_entry("assignment_presentation", assignment, Method.REQUEST, wording=wording)


def call_off_presentation(assignment: Assignment) -> None:
    """A presentation still to come leaves every calendar it stood in."""
    if assignment.presentation_at is not None and assignment.presentation_at > now():
        _send_entry("assignment_presentation_off", assignment, Method.CANCEL, wording={})


def _send_entry(template: str, assignment: Assignment, method: Method, *, wording: Wording) -> None:
    assert assignment.presentation_at is not None
    entry = entry_of(assignment, wording=wording)
    for reader in _both_sides(assignment):
        account = reader.account
        guest = CalendarGuest(
            display_name=account.display_name if account else reader.name,
            email=account.email if account else reader.address,
            reads=account.language if account else reader.language,
        )
        queue_letter(
            template, topic=Topic.DATES, to=account, address=reader.address, name=reader.name,
            language=reader.language, link=reader.link, calendar=invitation(entry, method, attendee=guest),
            calendar_method=method.value, presentation=assignment.presentation_at.isoformat(),
            place=assignment.presentation_place, path=assignment_path(assignment), **facts(assignment.match),
        )  # fmt: skip


def _both_sides(assignment: Assignment) -> Iterable[Reader]:
    match = assignment.match
    asker = asker_of(match)
    if asker is not None:
        yield asker
    for account in municipal_readers(match):
        if account.is_active and (asker is None or account != asker.account):
            yield Reader(account=account)


def _due(assignment: Assignment) -> dict[str, str]:
    return {"due": assignment.due_at.isoformat() if assignment.due_at else ""}
