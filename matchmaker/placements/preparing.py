"""Before the first day: the checklist of the municipality, and the start itself."""

from datetime import date

from matchmaker.clock import now, today
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed, NotFound
from matchmaker.placements.actor import Actor
from matchmaker.placements.arranging import check_recognition
from matchmaker.placements.letters import tell_parts
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part
from matchmaker.placements.records import CheckKind, ChecklistItem
from matchmaker.placements.rules import CHECKS
from matchmaker.placements.states import ENDED, PlacementAction
from matchmaker.placements.step import check_step, log, step

MOST_ITEMS = 20


def settle(item: ChecklistItem, *, needed: bool, done_on: date | None, by: Actor) -> None:
    """Say whether something is needed and, when it is there, since which day. Raises InvalidValue at `done_on`."""
    placement = item.placement
    _may_check(placement, by)
    if done_on is not None and done_on > today():
        raise InvalidValue("done_on", "still_to_come")
    item.needed, item.done_on = needed, done_on if needed else None
    log(placement, "check", by=by, item=item.kind.value)


def add_item(placement: Placement, title: str, *, by: Actor) -> ChecklistItem:
    """Something more for this placement. Raises InvalidValue at `title`."""
    _may_check(placement, by)
    title = title.strip()
    if not title:
        raise InvalidValue("title", "required")
    if len(title) > 160:
        raise InvalidValue("title", "text_too_long", n=160)
    if len(placement.checklist) >= MOST_ITEMS:
        raise InvalidValue("title", "checklist_full", n=MOST_ITEMS)
    made = ChecklistItem(kind=CheckKind.OTHER, title=title, needed=True)
    placement.checklist.append(made)
    log(placement, "add_check", by=by)
    return made


def item_of(placement: Placement, item_id: int) -> ChecklistItem:
    """One item of this placement. Raises NotFound."""
    found = next((each for each in placement.checklist if each.id == item_id), None)
    if found is None:
        raise NotFound("checklist item")
    return found


def is_ready(placement: Placement) -> bool:
    """Whether everything on the checklist is done or not needed."""
    return bool(placement.checklist) and all(each.is_settled for each in placement.checklist)


def start(placement: Placement, *, by: Actor) -> None:
    """The student has begun. Raises InvalidMove without a signed agreement, InvalidValue at `start` too early, with an
    open checklist, or when the recognition has run out since."""
    check_step(placement, PlacementAction.START, by=by)
    if not is_ready(placement):
        raise InvalidValue("start", "checklist_open")
    if placement.first_day is not None and placement.first_day > today():
        raise InvalidValue("start", "too_early")
    check_recognition(placement, placement.first_day)
    step(placement, PlacementAction.START, by=by)
    placement.started_at = now()
    tell_parts("placement_step", placement, frozenset(Part) - {by.part}, news="started")


def _may_check(placement: Placement, by: Actor) -> None:
    if by.part not in CHECKS:
        raise NotAllowed(action="check", part=by.part.value)
    if placement.state in ENDED:
        raise InvalidMove(state=placement.state.value, action="check")
