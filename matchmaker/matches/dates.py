"""From yes to a date, and what happens to the date after that: the step in the match and the appointment together."""

from collections.abc import Iterable, Sequence
from typing import Any

from matchmaker.accounts.models import Account
from matchmaker.appointments import actions as appointments
from matchmaker.appointments.actions import Wording
from matchmaker.appointments.letters import send_invitations
from matchmaker.appointments.models import Appointment, AppointmentKind, Attendee, SlotProposal
from matchmaker.appointments.queries import appointment_of
from matchmaker.appointments.spans import Span, appointment_kind
from matchmaker.audit.actions import record
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.matches.letters import facts, match_path, tell, tell_asker
from matchmaker.matches.models import MUNICIPAL, Match
from matchmaker.matches.readers import asker_of, municipal_readers
from matchmaker.matches.rules import asking_party
from matchmaker.matches.settling import accept, agree, complete, propose_dates, reschedule
from matchmaker.matches.states import Action, State, allows
from matchmaker.vocabulary import Kind, Mode, Party


def propose(
    match: Match, spans: Iterable[Span], *, by: Account | None, as_party: Party, note: str = ""
) -> Sequence[SlotProposal]:
    """One to three moments for the other side to choose from.

    The asker who proposes a date has thereby accepted. Raises InvalidMove, InvalidValue at `slots`, NoPlaceLeft.
    """
    _must_allow(match, Action.PROPOSE_DATES)
    if match.state is State.OFFERED and as_party not in MUNICIPAL:
        accept(match, by=by)
    slots = appointments.propose_slots(match.id, spans, party=as_party.value, by=by)
    propose_dates(match, by=by, as_party=as_party, note=note, number=len(slots), moments=_moments(slots))
    _tell_other_side(
        "dates_proposed", match, as_party, note=note, kind_of_date=appointment_kind(match.kind).value,
        moments=_moments(slots), sender=by.display_name if by else "",
    )  # fmt: skip
    return slots


def choose(match: Match, slot: SlotProposal, *, by: Account | None, as_party: Party, wording: Wording) -> Appointment:
    """Agree on a moment the other side proposed; for the asker that is also the yes to the offer.

    Of two who choose at once one wins; the other gets InvalidMove before anything changed, as does whoever chooses an
    own proposal.
    """
    if (slot.party in MUNICIPAL) == (as_party in MUNICIPAL):
        raise InvalidMove(state=match.state.value, action="choose_own")
    accepts = match.state is State.OFFERED and as_party not in MUNICIPAL
    if not accepts:
        _must_allow(match, Action.AGREE)
    appointments.choose_slot(slot)
    if accepts:
        accept(match, by=by)
    return _agree_on(match, Span(slot.starts_at, slot.ends_at), by=by, as_party=as_party, wording=wording)


def reopen(match: Match, *, by: Account | None, as_party: Party, note: str = "") -> None:
    """The date does not suit after all: it becomes provisional in the calendars until there is a new one."""
    _must_allow(match, Action.RESCHEDULE)
    reschedule(match, by=by, as_party=as_party, note=note)
    appointment = appointment_of(match.id)
    if appointment is not None:
        appointments.reopen(appointment)
        send_invitations("appointment_reopened", appointment, note=note, sender=by.display_name if by else "")


def change_details(
    match: Match,
    appointment: Appointment,
    *,
    location: str,
    online_url: str,
    arrangements: str,
    wording: Wording,
    by: Account,
) -> None:
    """Where it is and what was arranged; everyone's calendar is brought up to date. Nothing changed is no letter."""
    if not appointment.stands:
        raise InvalidMove(state=appointment.status.value, action="change_details")
    before = (appointment.location, appointment.online_url, appointment.arrangements)
    if before == (location, online_url, arrangements):
        return
    appointments.change_details(
        appointment, location=location, online_url=online_url, arrangements=arrangements, wording=wording
    )
    record("appointment.changed", about=appointment, by=by, organisation=match.municipality)
    send_invitations("appointment_changed", appointment)


def finish(match: Match, *, by: Account | None, as_party: Party) -> None:
    """It took place. Raises InvalidValue when its day is still to come."""
    _must_allow(match, Action.COMPLETE)
    appointment = appointment_of(match.id)
    if appointment is not None and not appointment.has_begun:
        raise InvalidValue("completed", "not_yet")
    complete(match, by=by, as_party=as_party)
    if appointment is not None:
        appointments.finish(appointment)


def people_of(match: Match) -> list[Attendee]:
    """Who gets the invitation: the asker, and for the municipality the colleague who comes, else whoever said yes."""
    people = []
    asker = asker_of(match)
    if asker is not None:
        people.append(
            Attendee(
                account=asker.account,
                name=asker.name,
                address=asker.address,
                language=asker.language,
                party=asking_party(match).value,
            )  # fmt: skip
        )
    speaker = match.colleague or next(iter(municipal_readers(match)), None)
    if speaker is not None:
        party = Party.COLLEAGUE if match.colleague else Party.MUNICIPALITY
        people.append(Attendee(account=speaker, party=party.value))
    return people


def place_of(match: Match) -> str:
    """Where it will be, as far as the postings say: a lecture at the school, the rest at the municipality."""
    own, other = (match.need, match.offer) if _at_the_school(match) else (match.offer, match.need)
    listings = [each for each in (own, other) if each is not None]
    if any(each.mode is Mode.ONLINE for each in listings):
        return ""
    return next((each.place for each in listings if each.place), "")


def _at_the_school(match: Match) -> bool:
    return appointment_kind(match.kind) is not AppointmentKind.START and match.kind is not Kind.VISIT


def _agree_on(match: Match, span: Span, *, by: Account | None, as_party: Party, wording: Wording) -> Appointment:
    kind = appointment_kind(match.kind)
    appointment = appointment_of(match.id)
    values = {"start": span.starts_at.isoformat(), "end": span.ends_at.isoformat(), "date_kind": kind.value}
    agree(match, by=by, as_party=as_party, **values)
    if appointment is not None:
        appointments.move(appointment, span, wording=wording)
        send_invitations("appointment_moved", appointment)
        return appointment
    appointment = appointments.agree(
        match.id,
        kind,
        span,
        title=match.need.title or (match.offer.title if match.offer else ""),
        location=place_of(match),
        facts={name: facts(match)[name] for name in ("kind", "municipality", "school")},
        wording=wording,
        people=people_of(match),
    )
    send_invitations("appointment_agreed", appointment)
    return appointment


def _tell_other_side(template: str, match: Match, party: Party, **values: Any) -> None:
    if party in MUNICIPAL:
        tell_asker(template, match, **values)
    else:
        tell(template, match, municipal_readers(match), path=match_path(match), **values)


def _moments(slots: Iterable[SlotProposal]) -> list[dict[str, str]]:
    return [{"start": slot.starts_at.isoformat(), "end": slot.ends_at.isoformat()} for slot in slots]


def _must_allow(match: Match, action: Action) -> None:
    if not allows(match.state, action):
        raise InvalidMove(state=match.state.value, action=action.value)
