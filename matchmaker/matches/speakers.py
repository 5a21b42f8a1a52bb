"""Who comes: the stand-by, and what happens when someone cannot come two days ahead."""

from matchmaker.accounts.models import Account
from matchmaker.appointments import actions as appointments
from matchmaker.appointments.actions import MUNICIPAL, Wording
from matchmaker.appointments.ical import Method
from matchmaker.appointments.letters import send_invitations, write
from matchmaker.appointments.models import Answer, Appointment, AppointmentKind, Attendee
from matchmaker.appointments.scheduled import answer_link
from matchmaker.audit.actions import record
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.matches.letters import tell
from matchmaker.matches.models import Match
from matchmaker.matches.readers import municipal_readers
from matchmaker.matches.states import Action
from matchmaker.matches.step import step
from matchmaker.organisations.models import Membership
from matchmaker.vocabulary import Party


def put_on_standby(match: Match, appointment: Appointment, colleague: Membership, *, by: Account) -> Attendee:
    """A colleague of the municipality keeps the date free in case the speaker cannot come.

    Raises InvalidValue at `standby` for someone of another organisation or who is invited already, InvalidMove when
    the appointment no longer stands or nobody speaks at it: a place or a seat has no stand-by.
    """
    invited = {each.account_id for each in appointment.people if not each.standby}
    if colleague.organisation_id != match.municipality_id or colleague.account_id in invited:
        raise InvalidValue("standby", "unknown_code")
    if not may_have_standby(appointment):
        raise InvalidMove(state=appointment.status.value, action="standby")
    before = appointments.standby_of(appointment)
    if before is not None and before.account_id == colleague.account_id:
        return before
    if before is not None:
        send_invitations("standby_released", appointment, method=Method.CANCEL, to=[before])
    standby = appointments.put_on_standby(appointment, colleague.account, party=Party.COLLEAGUE.value)
    record("appointment.standby", about=appointment, by=by, organisation=match.municipality)
    link = answer_link(appointment, standby)
    send_invitations("standby_asked", appointment, to=[standby], link=link, sender=by.display_name)
    return standby


def may_have_standby(appointment: Appointment) -> bool:
    """Whether someone can step in: only where someone speaks or receives at a moment."""
    return appointment.stands and appointment.kind is AppointmentKind.SESSION


def answer_confirmation(match: Match, attendee: Attendee, *, coming: bool, note: str = "", by: Account | None) -> None:
    """Yes, it goes on; or no, with what is wrong.

    When the speaker of a session cannot come the stand-by is asked. Everyone else invited and the desk are told.

    Raises InvalidMove when the appointment no longer stands.
    """
    appointment = attendee.appointment
    if not appointment.stands:
        raise InvalidMove(state=appointment.status.value, action="confirm")
    repeated = attendee.answer is (Answer.COMING if coming else Answer.NOT_COMING)
    appointments.answer(attendee, coming=coming, note=note)
    record("appointment.answered", about=attendee, by=by, organisation=match.municipality, coming=coming)
    if coming or repeated:
        return
    standby = appointments.standby_of(appointment) if attendee.party in MUNICIPAL else None
    if standby is not None:
        link = answer_link(appointment, standby)
        write("standby_needed", appointment, standby, link=link, who=attendee.display_name, note=note)
    told = [each for each in appointment.expected if each is not attendee]
    values = {"who": attendee.display_name, "note": note, "standby_asked": standby is not None}
    for each in told:
        write("someone_cannot_come", appointment, each, **values)
    aware = {each.account_id for each in appointment.people}
    desk = [person for person in municipal_readers(match) if person.id not in aware]
    tell("someone_cannot_come", match, desk, **_hours(appointment), **values)


def step_in(match: Match, standby: Attendee, *, wording: Wording, by: Account | None) -> None:
    """The stand-by comes instead: a new invitation to all who come, and the earlier speaker is let off.

    Raises InvalidMove when it is no longer needed.
    """
    appointment = standby.appointment
    earlier = appointments.speaker_of(appointment)
    if earlier is None or earlier.answer is not Answer.NOT_COMING:
        raise InvalidMove(state=appointment.status.value, action="step_in")
    send_to = Attendee(account=earlier.account, name=earlier.name, address=earlier.address, party=earlier.party)
    appointments.step_in(standby)
    appointments.change_wording(appointment, wording)
    match.colleague = standby.account
    step(match, Action.ASSIGN, by=by, as_party=Party.COLLEAGUE, to=standby.display_name, stepped_in=True)
    send_invitations("speaker_changed", appointment, who=standby.display_name)
    send_invitations("standby_took_over", appointment, method=Method.CANCEL, to=[send_to], who=standby.display_name)


def _hours(appointment: Appointment) -> dict[str, str]:
    """Kind, moments and days of an appointment as a letter takes them; an empty text for what it has not."""
    names = ("starts_at", "ends_at", "first_day", "last_day")
    moments = {name: value.isoformat() if (value := getattr(appointment, name)) else "" for name in names}
    return {**moments, "appointment_kind": appointment.kind.value}
