"""The clock of placements: a reminder on the day a turn ends, one report after it, and what is forgotten in time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.clock import at, local
from matchmaker.database import db
from matchmaker.placements.actor import SYSTEM
from matchmaker.placements.clockwork import whose_turn
from matchmaker.placements.evaluating import OPENS_BEFORE
from matchmaker.placements.letters import tell_office, tell_parts
from matchmaker.placements.models import Placement, PlacementPerson
from matchmaker.placements.parts import SCHOOL_PARTS, Part
from matchmaker.placements.records import Contact
from matchmaker.placements.rules import EVALUATES
from matchmaker.placements.states import OPEN, PlacementAction, PlacementState
from matchmaker.placements.step import log, set_clock, step
from matchmaker.reference.holidays import CLOSES, add_working_days

MOST_AT_ONCE = 500
CONTACT_AHEAD = 2
"""Working days before a talk that everyone is reminded of it."""


def remind_placements(moment: datetime) -> int:
    """Remind whoever is next on the morning their turn ends, once per turn. Returns how many."""
    until = at(local(moment).date(), CLOSES)
    due = _open(Placement.due_at >= moment, Placement.due_at <= until, Placement.reminded_at.is_(None))
    for placement in due:
        parts = whose_turn(placement)
        step(placement, PlacementAction.REMIND, by=SYSTEM)
        placement.reminded_at = moment
        tell_parts("placement_due", placement, parts, late=False)
    db.session.flush()
    return len(due)


def report_late(moment: datetime) -> int:
    """Report what is past its deadline, once per turn: to whoever is next and to the coordinators. Returns how many.

    An evaluation whose term has passed is shown as it is; then the next thing to come has its own turn.
    """
    late = _open(Placement.due_at < moment, Placement.escalated_at.is_(None))
    for placement in late:
        parts = whose_turn(placement)
        step(placement, PlacementAction.ESCALATE, by=SYSTEM)
        placement.escalated_at = moment
        tell_parts("placement_due", placement, parts - SCHOOL_PARTS, late=True)
        tell_office("placement_due", placement, Part.COORDINATOR, late=True)
        if placement.state is PlacementState.RUNNING:
            set_clock(placement)
    db.session.flush()
    return len(late)


def remind_contacts(moment: datetime) -> int:
    """Two working days ahead everyone hears that a talk comes. Returns how many talks."""
    day = local(moment).date()
    rows = db.session.scalars(
        select(Contact)
        .join(Contact.placement)
        .where(
            Contact.held_on.is_(None),
            Contact.reminded_at.is_(None),
            Contact.planned_on > day,
            Contact.planned_on <= add_working_days(day, CONTACT_AHEAD),
            Placement.state == PlacementState.RUNNING,
        )
        .order_by(Contact.planned_on, Contact.id)
        .limit(MOST_AT_ONCE)
        .options(joinedload(Contact.placement))
    ).all()
    for contact in rows:
        contact.reminded_at = moment
        log(contact.placement, "remind_contact", by=SYSTEM)
        tell_parts(
            "placement_step", contact.placement, EVALUATES, news="contact_soon", day=contact.planned_on.isoformat()
        )
    return len(rows)


def ask_evaluations(moment: datetime) -> int:
    """On the morning a moment opens the three sides are asked for theirs. Returns how many placements."""
    opens = local(moment).date() + OPENS_BEFORE
    rows = _open(
        Placement.state == PlacementState.RUNNING, (Placement.interim_on == opens) | (Placement.last_day == opens)
    )
    for placement in rows:
        log(placement, "ask_evaluation", by=SYSTEM)
        tell_parts("placement_step", placement, EVALUATES, news="evaluate")
    return len(rows)


def forget_ages(moment: datetime) -> int:
    """The month in which someone turned 18 is forgotten once it is over. Returns how many."""
    first = local(moment).date().replace(day=1)
    done = db.session.execute(
        update(Placement)
        .where(Placement.minor_until < first, Placement.minor_until.is_not(None))
        .values(minor_until=None)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)


def _open(*conditions: object) -> Sequence[Placement]:
    return (
        db.session.scalars(
            select(Placement)
            .where(Placement.state.in_(OPEN), *conditions)  # type: ignore[arg-type]
            .order_by(Placement.due_at, Placement.id)
            .limit(MOST_AT_ONCE)
            .options(
                joinedload(Placement.institution),
                joinedload(Placement.municipality),
                selectinload(Placement.people).joinedload(PlacementPerson.account),
                selectinload(Placement.contacts),
                selectinload(Placement.evaluations),
            )
        )
        .unique()
        .all()
    )
