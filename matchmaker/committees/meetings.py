"""A meeting is planned, changed, cancelled and held. Everyone invited gets it in the calendar, from first to last."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from matchmaker.accounts.models import Account
from matchmaker.appointments.ical import Method, invitation
from matchmaker.appointments.models import Answer, AppointmentKind
from matchmaker.appointments.queries import asked_until
from matchmaker.appointments.spans import Span
from matchmaker.audit.actions import record
from matchmaker.clock import now, today
from matchmaker.committees.letters import facts as committee_facts
from matchmaker.committees.meeting_models import Invitee, Meeting
from matchmaker.committees.meeting_queries import meetings_soon, planned_meetings
from matchmaker.committees.models import Committee, Term
from matchmaker.committees.states import MeetingAction, MeetingState
from matchmaker.committees.step import step
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.links.actions import make_link
from matchmaker.links.models import Purpose
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic

Wording = Mapping[str, Mapping[str, str]]
LINK_DAYS_AFTER = 1


def plan(
    committee: Committee,
    span: Span,
    *,
    title: str,
    location: str = "",
    online_url: str = "",
    agenda: str = "",
    wording: Wording,
    by: Account,
) -> Meeting:
    """Call a meeting: every member of that day is invited, with the agenda."""
    if committee.closed_at is not None:
        raise InvalidMove(state="closed", action="plan")
    _check(title, online_url)
    meeting = Meeting(
        committee=committee,
        uid=f"{secrets.token_hex(16)}@matchmaker",
        title=title.strip()[:200],
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        location=location.strip()[:300],
        online_url=online_url.strip()[:500],
        agenda=agenda.strip(),
        wording={language: dict(words) for language, words in wording.items()},
        reminded_at=_told_already(span),
        people=[Invitee(term=term) for term in committee.members if term.covers(span.first_day)],
    )
    if committee.owner is not None and committee.owner_id not in {each.term.account_id for each in meeting.people}:
        meeting.people.append(Invitee(keeper=committee.owner))
    db.session.add(meeting)
    db.session.flush()
    record("meeting.planned", about=meeting, by=by, organisation=committee.organisation)
    _send("meeting_invited", meeting, meeting.people, Method.REQUEST)
    return meeting


def change(
    meeting: Meeting,
    span: Span,
    *,
    title: str,
    location: str,
    online_url: str,
    agenda: str,
    wording: Wording,
    by: Account,
) -> Meeting:
    """Another moment, place or agenda: the same entry in every calendar. A new moment asks everyone again."""
    _check(title, online_url)
    step(meeting, MeetingAction.CHANGE, by=by)
    moved = (meeting.starts_at, meeting.ends_at) != (span.starts_at, span.ends_at)
    meeting.starts_at, meeting.ends_at = span.starts_at, span.ends_at
    meeting.title, meeting.location = title.strip()[:200], location.strip()[:300]
    meeting.online_url, meeting.agenda = online_url.strip()[:500], agenda.strip()
    meeting.wording = {language: dict(words) for language, words in wording.items()}
    meeting.sequence += 1
    if moved:
        meeting.reminded_at = _told_already(span)
        for each in meeting.people:
            each.answer = each.answered_at = None
    db.session.flush()
    _send("meeting_changed", meeting, meeting.people, Method.REQUEST, moved=moved)
    return meeting


def cancel(meeting: Meeting, *, because: str, by: Account) -> Meeting:
    """It does not take place: out of every calendar."""
    step(meeting, MeetingAction.CANCEL, by=by)
    meeting.cancelled_because = because.strip()
    meeting.sequence += 1
    db.session.flush()
    _send("meeting_cancelled", meeting, meeting.people, Method.CANCEL, because=meeting.cancelled_because)
    return meeting


def hold(meeting: Meeting, *, present: Collection[int], minutes: str, by: Account) -> Meeting:
    """It took place: who was there, by the numbers of those invited, and what was said. Raises InvalidValue before."""
    if not meeting.has_begun:
        raise InvalidValue("present", "not_yet")
    if not set(present) <= {each.id for each in meeting.people}:
        raise InvalidValue("present", "unknown_code")
    step(meeting, MeetingAction.HOLD, by=by)
    meeting.minutes = minutes.strip()
    for each in meeting.people:
        each.present = each.id in present
    db.session.flush()
    return meeting


def answer(invitee: Invitee, *, coming: bool, note: str = "", by: Account | None) -> Invitee:
    """Whether someone comes. A no can become a yes as long as the meeting is planned; the last answer counts."""
    meeting = invitee.meeting
    if meeting.has_begun or meeting.state is not MeetingState.PLANNED:
        raise InvalidMove(state=meeting.state.value, action="answer")
    invitee.answer = Answer.COMING if coming else Answer.NOT_COMING
    invitee.answered_at, invitee.answer_note = now(), note.strip()
    db.session.flush()
    record("meeting.answered", about=meeting, by=by, organisation=meeting.committee.organisation, coming=coming)
    return invitee


def invite_newcomer(term: Term) -> None:
    """Who joins is asked to the meetings that were planned already."""
    for meeting in planned_meetings(term.committee):
        if term.covers(meeting.day) and term.id not in {each.term_id for each in meeting.people}:
            newcomer = Invitee(term=term)
            meeting.people.append(newcomer)
            db.session.flush()
            _send("meeting_invited", meeting, [newcomer], Method.REQUEST)


def let_off(term: Term) -> None:
    """Who leaves is no longer asked to what lies after the last day."""
    for meeting in planned_meetings(term.committee):
        leaving = next((each for each in meeting.people if each.term_id == term.id), None)
        if leaving is not None and not term.covers(meeting.day):
            _send("meeting_cancelled", meeting, [leaving], Method.CANCEL, because="", let_off=True)
            meeting.people.remove(leaving)
            db.session.flush()


def remind_of_meetings(moment: datetime) -> int:
    """Two days ahead everyone who did not say no hears once more when and where it is; returns how many meetings."""
    found = meetings_soon(moment)
    for meeting in found:
        meeting.reminded_at = now()
        db.session.flush()
        record("meeting.reminded", about=meeting, by=None, organisation=meeting.committee.organisation)
        coming = [each for each in meeting.people if each.answer is not Answer.NOT_COMING]
        _send("meeting_soon", meeting, coming, None)
    return len(found)


def _told_already(span: Span) -> datetime | None:
    """What is called within two days needs no reminder: the invitation is one."""
    return now() if span.first_day <= asked_until(today(), AppointmentKind.SESSION) else None


def _check(title: str, online_url: str) -> None:
    if not title.strip():
        raise InvalidValue("title", "required")
    if online_url.strip() and not online_url.strip().startswith("https://"):
        raise InvalidValue("online_url", "not_an_address")


def _send(template: str, meeting: Meeting, people: Iterable[Invitee], method: Method | None, **values: Any) -> None:
    """A letter to each who can be written to; with `method` a calendar file goes with it."""
    for each in people:
        if not each.email:
            continue
        queue_letter(
            template,
            topic=Topic.DATES,
            to=each.account,
            address=each.email,
            name=each.display_name,
            language=each.reads,
            link=None if each.account or method is Method.CANCEL else _link(meeting, each),
            calendar=invitation(meeting, method, attendee=each) if method else None,
            calendar_method=method.value if method else "",
            **{**_facts(meeting), "path": meeting.path if each.account else "", **values},
        )


def _link(meeting: Meeting, invitee: Invitee) -> Any:
    days = (meeting.day - today()).days + LINK_DAYS_AFTER
    return make_link(Purpose.MEETING, subject_id=invitee.id, days=max(days, 1))


def _facts(meeting: Meeting) -> dict[str, Any]:
    return {
        **committee_facts(meeting.committee),
        "title": meeting.title,
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat(),
        "location": meeting.location,
        "online_url": meeting.online_url,
        "agenda": meeting.agenda,
    }
