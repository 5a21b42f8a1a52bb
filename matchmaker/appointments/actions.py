"""Proposing slots, choosing one, and what happens to the appointment after that.

These change dates only; the step in the match, its letters to the desk and the log are in `matches.dates`.
"""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import case, update

from matchmaker.accounts.models import Account
from matchmaker.appointments.models import (
    Answer,
    Appointment,
    AppointmentKind,
    AppointmentStatus,
    Attendee,
    SlotProposal,
    SlotStatus,
)
from matchmaker.appointments.queries import asked_until, latest_round
from matchmaker.appointments.spans import MOST_SLOTS, Span
from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue

Wording = Mapping[str, Mapping[str, str]]
"""Summary and description of the calendar entry by language, put into words by whoever calls."""


def propose_slots(match_id: int, spans: Iterable[Span], *, party: str, by: Account | None) -> list[SlotProposal]:
    """A new round of one to three slots; the open ones of the round before fall away."""
    wanted = sorted(set(spans))
    if not 1 <= len(wanted) <= MOST_SLOTS:
        raise InvalidValue("slots", "slots_needed", most=MOST_SLOTS)
    drop_slots(match_id)
    number = latest_round(match_id) + 1
    made = [
        SlotProposal(
            match_id=match_id,
            round=number,
            party=party,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            proposed_by_id=by.id if by else None,
        )
        for span in wanted
    ]
    db.session.add_all(made)
    db.session.flush()
    return made


def drop_slots(match_id: int) -> None:
    """What was proposed can no longer be chosen."""
    db.session.execute(_open(match_id).values(status=SlotStatus.DROPPED))


def choose_slot(slot: SlotProposal) -> None:
    """Take this slot and drop the others, in one statement: of two who choose at once, one wins.

    Raises InvalidMove for the other, and for a slot whose time has passed.
    """
    if slot.starts_at <= now():
        raise InvalidMove(state=slot.status.value, action="choose")
    status = case((SlotProposal.id == slot.id, SlotStatus.CHOSEN), else_=SlotStatus.DROPPED)
    done = db.session.execute(_open(slot.match_id).values(status=status))
    db.session.refresh(slot)
    if done.rowcount == 0 or slot.status is not SlotStatus.CHOSEN:
        raise InvalidMove(state=slot.status.value, action="choose")


def agree(
    match_id: int,
    kind: AppointmentKind,
    span: Span,
    *,
    title: str,
    location: str,
    facts: Mapping[str, Any],
    wording: Wording,
    people: Iterable[Attendee],
) -> Appointment:
    """The appointment both sides agreed on, a session at a moment or a period of days."""
    made = Appointment(
        match_id=match_id,
        kind=kind,
        uid=f"{secrets.token_hex(16)}@matchmaker",
        title=title[:200],
        location=location[:300],
        facts=dict(facts),
        wording={language: dict(words) for language, words in wording.items()},
        people=list(people),
    )
    _put_at(made, span)
    db.session.add(made)
    db.session.flush()
    return made


def move(appointment: Appointment, span: Span, *, wording: Wording) -> None:
    """Another date: the same calendar entry with a higher sequence, and everyone is asked again."""
    _put_at(appointment, span)
    appointment.status = AppointmentStatus.AGREED
    for person in appointment.people:
        person.answer = person.answered_at = None
        person.answer_note = ""
    change_wording(appointment, wording)


def reopen(appointment: Appointment) -> None:
    """The date is in doubt: it stays in the calendars as provisional until there is a new one."""
    appointment.status = AppointmentStatus.MOVING
    _raise_sequence(appointment)


def change_details(
    appointment: Appointment, *, location: str, online_url: str, arrangements: str, wording: Wording
) -> None:
    """Where it is and what was arranged."""
    appointment.location, appointment.online_url = location, online_url
    appointment.arrangements = arrangements
    change_wording(appointment, wording)


def change_wording(appointment: Appointment, wording: Wording) -> None:
    appointment.wording = {language: dict(words) for language, words in wording.items()}
    _raise_sequence(appointment)


def cancel(appointment: Appointment, *, because: str) -> None:
    """It does not take place."""
    appointment.status, appointment.cancelled_because = AppointmentStatus.CANCELLED, because
    _raise_sequence(appointment)


def finish(appointment: Appointment) -> None:
    """It took place. Calendars need not hear it."""
    appointment.status = AppointmentStatus.DONE
    db.session.flush()


def answer(attendee: Attendee, *, coming: bool, note: str = "") -> None:
    """What someone says two days ahead, and what is wrong. A no can become a yes; the last answer counts."""
    attendee.answer = Answer.COMING if coming else Answer.NOT_COMING
    attendee.answered_at, attendee.answer_note = now(), note
    db.session.flush()


def put_on_standby(appointment: Appointment, account: Account, *, party: str) -> Attendee:
    """Who steps in when the speaker cannot come; takes the place of an earlier stand-by."""
    appointment.people[:] = [person for person in appointment.people if not person.standby]
    standby = Attendee(account_id=account.id, account=account, party=party, standby=True)
    appointment.people.append(standby)
    db.session.flush()
    return standby


def step_in(standby: Attendee) -> Attendee:
    """The stand-by becomes the speaker. Returns who was, no longer invited. Raises InvalidMove when it is too late."""
    appointment = standby.appointment
    speaker = speaker_of(appointment)
    if not standby.standby or not appointment.stands or speaker is None:
        raise InvalidMove(state=appointment.status.value, action="step_in")
    standby.standby, standby.party = False, speaker.party
    standby.answer, standby.answered_at = Answer.COMING, now()
    appointment.people.remove(speaker)
    _raise_sequence(appointment)
    return speaker


def speaker_of(appointment: Appointment) -> Attendee | None:
    """Who comes for the municipality."""
    return next((each for each in appointment.people if each.party in MUNICIPAL and not each.standby), None)


def standby_of(appointment: Appointment) -> Attendee | None:
    """Who is asked when the speaker cannot come."""
    return next((each for each in appointment.people if each.standby), None)


MUNICIPAL = frozenset({"municipality", "colleague"})


def _open(match_id: int) -> Any:
    return (
        update(SlotProposal)
        .where(SlotProposal.match_id == match_id, SlotProposal.status == SlotStatus.OPEN)
        .execution_options(synchronize_session=False)
    )


def _put_at(appointment: Appointment, span: Span) -> None:
    """A session keeps the clock times, a period only its days. What is too near is not asked about again."""
    if appointment.kind is AppointmentKind.SESSION:
        appointment.starts_at, appointment.ends_at = span.starts_at, span.ends_at
    else:
        appointment.first_day, appointment.last_day = span.first_day, span.last_day
    near = span.first_day <= asked_until(today(), appointment.kind)
    appointment.confirmation_asked_at = now() if near else None


def _raise_sequence(appointment: Appointment) -> None:
    appointment.sequence += 1
    db.session.flush()
