"""Contact moments, notes and days at work."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from matchmaker.appointments.entries import CalendarEntry, Wording
from matchmaker.appointments.ical import Method
from matchmaker.appointments.models import AppointmentStatus
from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed, NotFound
from matchmaker.placements.actor import Actor
from matchmaker.placements.calendar import entry_of
from matchmaker.placements.letters import tell_parts
from matchmaker.placements.models import Placement, Presence
from matchmaker.placements.parts import Part, PlacementSide
from matchmaker.placements.records import Contact, DayWorked, Note
from matchmaker.placements.rules import CONFIRMS_DAYS, PLANS
from matchmaker.placements.states import BEFORE_START, PlacementState
from matchmaker.placements.step import follow_clock, log

FEWEST_FOR_MBO = 3
LONGEST = 4000
MOST_MINUTES = 12 * 60
FARTHEST_DAYS = 731


def plan_contact(
    placement: Placement, day: date, *, at_workplace: bool, about: str, wording: Wording | None = None, by: Actor
) -> Contact:
    """A talk on a day of the placement; everyone gets it in the calendar. Raises InvalidValue at `planned_on`."""
    if by.part not in PLANS:
        raise NotAllowed(action="plan_contact", part=by.part.value)
    if placement.state not in BEFORE_START | {PlacementState.RUNNING}:
        raise InvalidMove(state=placement.state.value, action="plan_contact")
    if placement.first_day and placement.last_day and not placement.first_day <= day <= placement.last_day:
        raise InvalidValue("planned_on", "outside_placement")
    if abs((day - today()).days) > FARTHEST_DAYS:
        raise InvalidValue("planned_on", "more_than_two_years")
    made = Contact(planned_on=day, at_workplace=at_workplace, about=about.strip()[:200])
    placement.contacts.append(made)
    db.session.flush()
    follow_clock(placement)
    log(placement, "plan_contact", by=by)
    _tell(made, "contact", Method.REQUEST, entry_of(made, wording=wording or {}), by=by)
    return made


def note_held(contact: Contact, day: date, *, at_workplace: bool, note: str, shared: bool, by: Actor) -> None:
    """It was held; what was said may go with it. Raises InvalidValue at `held_on`."""
    placement = contact.placement
    if by.part not in PLANS:
        raise NotAllowed(action="note_held", part=by.part.value)
    if contact.held_on is not None:
        raise InvalidMove(state="held", action="note_held")
    if day > today():
        raise InvalidValue("held_on", "still_to_come")
    if placement.first_day and day < placement.first_day:
        raise InvalidValue("held_on", "outside_placement")
    contact.held_on, contact.at_workplace = day, at_workplace
    db.session.flush()
    follow_clock(placement)
    log(placement, "contact_held", by=by)
    if note.strip():
        write_note(placement, note, shared=shared, contact=contact, by=by)


def drop_contact(contact: Contact, *, by: Actor) -> None:
    """A planned talk does not take place. One that was held stays."""
    if contact.held_on is not None or by.part not in PLANS:
        raise InvalidMove(state="held", action="drop_contact")
    placement = contact.placement
    gone = replace(entry_of(contact, wording={}), sequence=1, status=AppointmentStatus.CANCELLED)
    if contact.planned_on >= today():
        _tell(contact, "contact_off", Method.CANCEL, gone, by=by)
    placement.contacts.remove(contact)
    db.session.flush()
    follow_clock(placement)
    log(placement, "drop_contact", by=by)


def _tell(contact: Contact, news: str, method: Method, entry: CalendarEntry, *, by: Actor) -> None:
    """Everyone but a parent gets it in the calendar, or out of it; who said so too."""
    parts = frozenset(Part) - {Part.PARENT}
    day = contact.planned_on.isoformat()
    tell_parts("placement_step", contact.placement, parts, news=news, day=day, entry=entry, method=method)


def contact_of(placement: Placement, contact_id: int) -> Contact:
    """One contact moment of this placement. Raises NotFound."""
    found = next((each for each in placement.contacts if each.id == contact_id), None)
    if found is None:
        raise NotFound("contact")
    return found


def contacts_wanting(placement: Placement) -> int:
    """How many talks still have to be held before the end; mbo three, and one of them at the workplace."""
    if not placement.is_mbo:
        return 0
    held = [each for each in placement.contacts if each.held_on is not None]
    short = max(0, FEWEST_FOR_MBO - len(held))
    return short or int(not any(each.at_workplace for each in held))


def write_note(placement: Placement, text: str, *, shared: bool, by: Actor, contact: Contact | None = None) -> Note:
    """Write something down for all, or for one's own side. Raises InvalidValue at `text`."""
    text = text.strip()
    if not text:
        raise InvalidValue("text", "required")
    if len(text) > LONGEST:
        raise InvalidValue("text", "text_too_long", n=LONGEST)
    made = Note(side=by.side, shared=shared, text=text, writer=by.name, part=by.part)
    made.contact_id = contact.id if contact else None
    placement.notes.append(made)
    log(placement, "note", by=by, shared=shared)
    return made


def notes_for(placement: Placement, side: PlacementSide) -> list[Note]:
    """What one side reads: what was shared, and its own; newest first. Nobody's private note is for a parent."""
    return [each for each in reversed(placement.notes) if each.shared or each.side is side]


def write_day(placement: Placement, day: date, *, minutes: int | None, what: str, by: Actor) -> DayWorked:
    """The student writes a day; again for the same day changes it until it is confirmed. Raises InvalidValue."""
    if by.part is not Part.STUDENT or placement.presence is Presence.NOTHING:
        raise NotAllowed(action="write_day", part=by.part.value)
    if placement.state is not PlacementState.RUNNING:
        raise InvalidMove(state=placement.state.value, action="write_day")
    if day > today():
        raise InvalidValue("day", "still_to_come")
    if (placement.first_day and day < placement.first_day) or (placement.last_day and day > placement.last_day):
        raise InvalidValue("day", "outside_placement")
    if placement.presence is Presence.HOURS and (minutes is None or not 0 < minutes <= MOST_MINUTES):
        raise InvalidValue("hours", "hours_of_a_day")
    row = next((each for each in placement.days_worked if each.day == day), None)
    if row is not None and row.confirmed_at is not None:
        raise InvalidValue("day", "day_confirmed")
    if row is None:
        row = DayWorked(day=day)
        placement.days_worked.append(row)
    row.minutes = minutes if placement.presence is Presence.HOURS else None
    row.what = what.strip()[:300]
    log(placement, "write_day", by=by)
    return row


def confirm_days(placement: Placement, *, by: Actor) -> int:
    """The supervisor says that the days written so far are right. Returns how many that were."""
    if by.part not in CONFIRMS_DAYS:
        raise NotAllowed(action="confirm_days", part=by.part.value)
    waiting = [each for each in placement.days_worked if each.confirmed_at is None]
    for each in waiting:
        each.confirmed_at = now()
    log(placement, "confirm_days", by=by, number=len(waiting))
    return len(waiting)


def minutes_written(days: Iterable[DayWorked]) -> int:
    return sum(each.minutes or 0 for each in days)
