"""One match, as both sides see it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import get_template_attribute, render_template
from markupsafe import Markup

from matchmaker.appointments.actions import standby_of
from matchmaker.appointments.days_to_mind import region_of, to_mind
from matchmaker.appointments.models import Appointment, SlotProposal
from matchmaker.appointments.queries import appointment_of, open_slots
from matchmaker.appointments.spans import Span, appointment_kind
from matchmaker.clock import now
from matchmaker.matches.letters import desk_path
from matchmaker.matches.models import MUNICIPAL, Match
from matchmaker.matches.queries import events_of
from matchmaker.matches.readers import answers_as_colleague
from matchmaker.matches.rules import may_refuse, may_withdraw
from matchmaker.matches.speakers import may_have_standby
from matchmaker.matches.states import Action, State, allows
from matchmaker.placements.starting import may_start
from matchmaker.threads.queries import messages_of, unread
from matchmaker.vocabulary import Kind, Party, Role
from matchmaker.web.guards import DESK
from matchmaker.web.public.cards import KIND_SIGNS, address_of, organisation_name
from matchmaker.web.sign_in_state import has_role, me
from matchmaker.web.together import together
from matchmaker.web.together.assignments import link_to_assignment
from matchmaker.web.together.forms import MessageForm
from matchmaker.web.together.lesson_cards import lesson_of
from matchmaker.web.together.party import my_match, my_party
from matchmaker.web.together.people import people_rows, thread_rows
from matchmaker.words.appointments import day_sheet, say_mind, say_proposed, say_when
from matchmaker.words.brief import brief_of
from matchmaker.words.labels import label
from matchmaker.words.language import language
from matchmaker.words.listings import facts
from matchmaker.words.match_events import history
from matchmaker.words.match_story import ending, phases, step_of
from matchmaker.words.proposals import show
from matchmaker.words.turns import finding, turn


@dataclass(frozen=True, slots=True)
class Allowed:
    """What this reader may do now."""

    reply: bool
    accept: bool
    decline: bool
    answer_as_colleague: bool
    propose_dates: bool
    choose: bool
    reopen: bool
    withdraw: bool
    change_details: bool
    pick_standby: bool
    confirm: bool
    finish: bool
    request: bool
    offer: bool
    name_student: bool


@together.get("/<id:match_id>")
def show_match(match_id: int) -> str:
    """Where it stands, who is next, the date and the messages."""
    return match_page(my_match(match_id))


def match_page(match: Match, **forms: Any) -> str:
    """The page of a match; a form with errors takes the place of an empty one."""
    appointment, slots, events = appointment_of(match.id), open_slots(match.id), events_of(match)
    messages, party = messages_of(match.thread_id), my_party()
    next_up = turn(match, reader=my_party(), proposed_by=slots[0].party if slots else "")
    theirs = [slot for slot in slots if (slot.party in MUNICIPAL) != (party in MUNICIPAL)]
    return render_template(
        "together/matches/show_match.html",
        match=match,
        kind=label(match.kind),
        kind_sign=KIND_SIGNS[match.kind],
        organisations=[organisation_name(match.municipality), organisation_name(match.school) if match.school else ""],
        step=step_of(match),
        phases=phases(match, events, appointment),
        ending=ending(match),
        turn=next_up,
        finding=finding(match, next_up),
        may=allowed(match, appointment, theirs),
        school_side=party is Party.SCHOOL,
        slots=slot_rows(match, theirs),
        own_slots=slot_rows(match, [slot for slot in slots if slot not in theirs]),
        appointment=appointment,
        when=say_when(appointment) if appointment else "",
        sheet=day_sheet(appointment) if appointment else {},
        brief=brief_of(match, arrangements=appointment.arrangements if appointment else ""),
        people=people_rows(match, appointment),
        shown=show(match, reader=my_party()) if match.score is not None else None,
        listings=[(each, address_of(each), facts(each)) for each in (match.need, match.offer) if each],
        history=history(events, reader=my_party()),
        thread=thread_rows(match, messages),
        unread=unread(me(), [match.thread_id]).get(match.thread_id, 0) if messages else 0,
        lesson=lesson_of(match, appointment),
        standby=standby_of(appointment) if appointment else None,
        assignment=link_to_assignment(match) if match.kind is Kind.GROUP else None,
        desk_url=desk_path(match) if has_role(*DESK) and match.state is not State.PROPOSED else "",
        message_box=empty_message_box(language()),
        **{"message_form": None, "choose_form": None, **forms},
    )


@cache
def empty_message_box(_language: str) -> Markup:
    """The fields of a message nobody has begun: the same for all who read this language, so it is drawn once."""
    draw = get_template_attribute("components/fields.html", "field")
    form = MessageForm(formdata=None)
    return Markup(draw(form.text, rows=4, optional=False, required=False) + draw(form.files))  # noqa: S704  # nosec B704  # drawn by a template, without input


def allowed(match: Match, appointment: Appointment | None, theirs: list[SlotProposal]) -> Allowed:
    """The actions that exist from here for the reader's side."""
    party = my_party()
    school, state = party is Party.SCHOOL, match.state
    stands = appointment is not None and appointment.stands
    return Allowed(
        reply=school and state is State.ASKED,
        accept=school and state is State.OFFERED,
        decline=school and may_refuse(match, party),
        answer_as_colleague=not school and answers_as_colleague(match, me()),
        propose_dates=allows(state, Action.PROPOSE_DATES),
        choose=bool(theirs) and (state is State.SCHEDULING or (school and state is State.OFFERED)),
        reopen=allows(state, Action.RESCHEDULE) and stands and not _has_begun(appointment),
        withdraw=may_withdraw(match, party) and not (school and state is State.OFFERED),
        change_details=stands and state is State.AGREED,
        pick_standby=(
            appointment is not None
            and may_have_standby(appointment)
            and not school
            and state is State.AGREED
            and not _has_begun(appointment)
        ),
        confirm=_is_asked(appointment),
        finish=state is State.AGREED and _has_begun(appointment),
        request=school and state is State.PROPOSED,
        offer=not school and state is State.PROPOSED,
        name_student=has_role(Role.COORDINATOR) and may_start(match),
    )


def slot_rows(match: Match, slots: list[SlotProposal]) -> list[dict[str, object]]:
    """Moments to choose from, with what to mind about each day."""
    region = region_of(match.school.code if match.school else None, match.municipality.code)
    kind = appointment_kind(match.kind)
    rows = []
    for slot in slots:
        span = Span(slot.starts_at, slot.ends_at)
        day, _, time = say_proposed(span, kind).partition(", ")
        past = slot.starts_at <= now()
        rows.append(
            {
                "value": slot.id,
                "day": day,
                "time": time,
                "note": say_mind(to_mind(span.first_day, region)),
                "past": past,
            }
        )
    return rows


def _is_asked(appointment: Appointment | None) -> bool:
    """Whether the reader was asked if it goes on, and can still say so."""
    if appointment is None or not appointment.stands or appointment.has_begun:
        return False
    return appointment.confirmation_asked_at is not None and any(
        each.account_id == me().id for each in appointment.expected
    )


def _has_begun(appointment: Appointment | None) -> bool:
    return appointment is None or appointment.has_begun
