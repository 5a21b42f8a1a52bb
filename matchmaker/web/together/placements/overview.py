"""One placement: where it stands, who is next, what is arranged, and the way to every step."""

from dataclasses import dataclass

from matchmaker.placements.clockwork import Coming, next_up
from matchmaker.placements.contacts import contacts_wanting, notes_for
from matchmaker.placements.conversation import TALKERS
from matchmaker.placements.ending import may_show_product
from matchmaker.placements.evaluations import may_evaluate
from matchmaker.placements.models import Placement, Presence
from matchmaker.placements.parts import Part
from matchmaker.placements.preparing import is_ready
from matchmaker.placements.records import EvaluationMoment
from matchmaker.placements.rules import CHECKS, NAMES, PLANS, missing, needs_parent
from matchmaker.placements.rules import may as may_step
from matchmaker.placements.signalling import HELPERS, signals_for
from matchmaker.placements.states import AGREED_UPON, CALLED_OFF, ENDED, PlacementAction, PlacementState
from matchmaker.threads.queries import unread
from matchmaker.web.together.placements.door import Seat, both_doors, page
from matchmaker.web.together.placements.paper import paper_of
from matchmaker.words.arrangements import arrangement_facts, goal_lines
from matchmaker.words.placement_story import (
    all_steps_of,
    finding_in,
    history_of,
    missing_lines,
    phases_of,
    step_of,
    turn_in,
    what_now,
)
from matchmaker.words.placements import placed

TONES = {Part.STUDENT: "demand", Part.PARENT: "demand", Part.SCHOOL_SUPERVISOR: "demand", Part.COORDINATOR: "demand"}


@dataclass(frozen=True, slots=True)
class Allowed:
    """What this reader may do now."""

    arrange: bool
    submit: bool
    decide: bool
    reopen: bool
    check: bool
    begin: bool
    plan: bool
    talk: bool
    talk_along: bool
    days: bool
    signal: bool
    finish: bool
    call_off: bool
    after: bool
    show_product: bool


@both_doors("")
def show_placement(seat: Seat) -> str:
    """Everything about one placement that this reader may see."""
    placement, reader = seat.placement, seat.actor
    paper = paper_of(seat)
    signed = paper.signed if paper is not None and placement.state is PlacementState.SIGNING else frozenset()
    now_next = turn_in(placement, reader, done=signed)
    signals = signals_for(placement, reader.side)
    return page(
        "together/placements/show_placement.html",
        seat,
        finding=finding_in(placement, now_next),
        turn=now_next,
        what=what_now(placement),
        step=step_of(placement),
        phases=phases_of(placement),
        steps=all_steps_of(placement, placement.events),
        may=allowed(seat),
        missing=missing_lines(placement) if placement.state is PlacementState.ARRANGING else [],
        facts=arrangement_facts(placement),
        goals=goal_lines(placement),
        people=people_rows(seat),
        waiting=[each for each in signals if each.answered_at is None],
        answered=[each for each in signals if each.answered_at is not None],
        evaluate=[each for each in EvaluationMoment if may_evaluate(placement, each, reader.part)],
        contacts=placement.contacts,
        wanting=contacts_wanting(placement) if placement.state is PlacementState.RUNNING else 0,
        notes=notes_for(placement, reader.side)[:3],
        history=history_of(placement.events),
        unread=_unread(seat),
        paper=paper,
    )


def allowed(seat: Seat) -> Allowed:
    """The steps that exist from here for the reader's part."""
    placement, part = seat.placement, seat.actor.part
    state, coming = placement.state, next_up(placement)

    def may(action: PlacementAction) -> bool:
        return may_step(part, placement, action)

    return Allowed(
        arrange=may(PlacementAction.ARRANGE),
        submit=may(PlacementAction.SUBMIT) and not missing(placement),
        decide=may(PlacementAction.APPROVE),
        reopen=may(PlacementAction.REOPEN),
        check=part in CHECKS and state not in ENDED and state is not PlacementState.RUNNING,
        begin=may(PlacementAction.START) and is_ready(placement),
        plan=part in PLANS and state not in ENDED,
        talk=part in PLANS and coming is not None and coming.what is Coming.CONTACT,
        talk_along=part in TALKERS,
        days=placement.presence is not Presence.NOTHING and state in AGREED_UPON and part is not Part.PARENT,
        signal=seat.actor.side in HELPERS and state not in CALLED_OFF,
        finish=may(PlacementAction.FINISH) and coming is not None and coming.what is Coming.FINISH,
        call_off=may(PlacementAction.CANCEL) or may(PlacementAction.STOP),
        after=part is Part.STUDENT and state in {PlacementState.RUNNING, PlacementState.FINISHED},
        show_product=may_show_product(placement, part),
    )


def _unread(seat: Seat) -> int:
    """How many messages are new for who is signed in; of who comes by a link nothing is kept."""
    account, thread_id = seat.actor.account, seat.placement.thread_id
    return unread(account, [thread_id]).get(thread_id, 0) if account is not None else 0


def people_rows(seat: Seat) -> list[dict[str, str]]:
    """Who does what, by name; a part nobody has yet with the way to name someone. Never an address."""
    placement, part = seat.placement, seat.actor.part
    may_name = NAMES.get(part, frozenset()) if placement.state not in ENDED else frozenset()
    rows = [
        {
            "name": each.display_name,
            "role": placed(each.part),
            "tone": TONES.get(each.part, "supply"),
            "url": seat.url("name_person", part=each.part.value) if each.part in may_name else "",
        }
        for each in placement.people
    ]
    open_parts = [each for each in wanted_parts(placement) if placement.person(each) is None and each in may_name]
    return rows + [
        {"name": "", "role": placed(each), "tone": "", "url": seat.url("name_person", part=each.value)}
        for each in open_parts
    ]


def wanted_parts(placement: Placement) -> list[Part]:
    """The parts this placement should have someone for."""
    parts = [Part.SCHOOL_SUPERVISOR, Part.SUPERVISOR]
    if placement.is_mbo:
        parts.append(Part.PRACTICE_TRAINER)
    if needs_parent(placement):
        parts.append(Part.PARENT)
    return parts
