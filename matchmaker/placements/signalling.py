"""It does not go well: said by one side, heard the same day by another that can help, and answered."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed, NotFound
from matchmaker.mail.answers import about
from matchmaker.placements.actor import Actor
from matchmaker.placements.letters import tell_office, tell_parts
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import SCHOOL_PARTS, WORK_PARTS, Part, PlacementSide
from matchmaker.placements.records import Signal
from matchmaker.placements.states import CALLED_OFF
from matchmaker.placements.step import log
from matchmaker.reference.holidays import due_moment

ANSWER_DAYS = 1
LONGEST = 4000
MOST_AT_ONCE = 200
HELPERS: dict[PlacementSide, tuple[PlacementSide, ...]] = {
    PlacementSide.STUDENT: (PlacementSide.SCHOOL, PlacementSide.WORK),
    PlacementSide.PARENT: (PlacementSide.SCHOOL,),
    PlacementSide.WORK: (PlacementSide.SCHOOL,),
    PlacementSide.SCHOOL: (PlacementSide.WORK,),
}
"""Whom each side can turn to, the first one unless they choose. A student picks who hears it; of a minor the school
reads along."""
_HEARERS = {PlacementSide.SCHOOL: SCHOOL_PARTS, PlacementSide.WORK: WORK_PARTS}
_OFFICES = {PlacementSide.SCHOOL: Part.COORDINATOR, PlacementSide.WORK: Part.OFFICER}


def raise_signal(placement: Placement, text: str, *, to_side: PlacementSide, by: Actor) -> Signal:
    """Tell a side that can help; their letter leaves at once. Raises InvalidValue at `text` or `to_side`."""
    if by.side not in HELPERS:
        raise NotAllowed(action="raise_signal", part=by.part.value)
    if placement.state in CALLED_OFF:
        raise InvalidMove(state=placement.state.value, action="raise_signal")
    if to_side not in HELPERS[by.side]:
        raise InvalidValue("to_side", "unknown_code")
    text = _clean(text, "text")
    made = Signal(side=by.side, part=by.part, to_side=to_side, text=text, due_at=due_moment(now(), ANSWER_DAYS))
    placement.signals.append(made)
    log(placement, "signal", by=by, to=to_side.value)
    said = {
        "text": text,
        "sender": by.name,
        "sender_part": by.part.value,
        "signal_due": made.due_at.isoformat(),
        "late": False,
    }
    tell_parts("placement_signal", placement, _HEARERS[to_side], **said, answers=about("signal", made.id))
    if to_side is not PlacementSide.SCHOOL and school_reads_along(placement, by.side):
        tell_parts("placement_signal", placement, SCHOOL_PARTS, **said, reads_along=True)
    return made


def school_reads_along(placement: Placement, side: PlacementSide) -> bool:
    """Whether the school reads what this side raises, whoever it is meant for: nobody writes to a minor alone."""
    return side is PlacementSide.STUDENT and placement.is_minor_on(today())


def answer_signal(signal: Signal, answer: str, *, by: Actor) -> None:
    """Say what will happen; who raised it reads it at once. Raises InvalidMove when someone answered already."""
    if by.side is not signal.to_side:
        raise NotAllowed(action="answer_signal", part=by.part.value)
    if signal.answered_at is not None:
        raise InvalidMove(state="answered", action="answer_signal")
    signal.answer = _clean(answer, "answer")
    signal.answered_at, signal.answered_by = now(), by.name
    log(signal.placement, "answer_signal", by=by)
    values = {"text": signal.text, "answer": signal.answer, "sender": by.name, "sender_part": by.part.value}
    tell_parts("placement_signal_answered", signal.placement, {signal.part}, **values)


def signals_for(placement: Placement, side: PlacementSide) -> list[Signal]:
    """What one side sees: what it raised, what was meant for it and, at the school, what a minor raised. Those that
    wait for an answer first."""
    mine = [
        each
        for each in placement.signals
        if side in {each.side, each.to_side}
        or (side is PlacementSide.SCHOOL and school_reads_along(placement, each.side))
    ]
    return sorted(mine, key=lambda each: (each.answered_at is not None, -each.id))


def signal_of(placement: Placement, signal_id: int, side: PlacementSide) -> Signal:
    """A signal this side may see. Raises NotFound."""
    found = next((each for each in signals_for(placement, side) if each.id == signal_id), None)
    if found is None:
        raise NotFound("signal")
    return found


def signal_by_number(signal_id: int) -> Signal:
    """A signal that a signed letter names. Raises NotFound."""
    found = db.session.get(Signal, signal_id)
    if found is None:
        raise NotFound("signal")
    return found


def report_unanswered(moment: datetime) -> int:
    """A signal nobody answered by the end of the next working day goes to the whole office of that side, once."""
    rows = db.session.scalars(
        select(Signal)
        .where(Signal.answered_at.is_(None), Signal.escalated_at.is_(None), Signal.due_at < moment)
        .order_by(Signal.due_at, Signal.id)
        .limit(MOST_AT_ONCE)
        .options(joinedload(Signal.placement))
    ).all()
    for signal in rows:
        signal.escalated_at = moment
        log(signal.placement, "signal_late", by=Actor(Part.SYSTEM))
        tell_office(
            "placement_signal",
            signal.placement,
            _OFFICES[signal.to_side],
            text=signal.text,
            sender="",
            sender_part=signal.part.value,
            signal_due=signal.due_at.isoformat(),
            late=True,
            answers=about("signal", signal.id),
        )
    return len(rows)


def _clean(text: str, field: str) -> str:
    text = text.strip()
    if not text:
        raise InvalidValue(field, "required")
    if len(text) > LONGEST:
        raise InvalidValue(field, "text_too_long", n=LONGEST)
    return text
