"""A year after its end names and texts of a placement go; what can be counted stays: kind, programme, dates, outcome.

Whoever let the municipality keep them in view is forgotten when that ends.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from matchmaker.clock import local
from matchmaker.database import db
from matchmaker.holds.queries import held_people, held_subjects
from matchmaker.links.actions import revoke_links
from matchmaker.links.models import Purpose
from matchmaker.placements.actor import SYSTEM
from matchmaker.placements.models import LearningGoal, Placement, PlacementPerson
from matchmaker.placements.records import (
    ChecklistItem,
    Contact,
    DayWorked,
    Evaluation,
    EvaluationReply,
    FollowOn,
    Note,
    Product,
    Signal,
)
from matchmaker.placements.step import log
from matchmaker.threads.models import Thread

KEPT_FOR = timedelta(days=365)
MOST_AT_ONCE = 200
_GOES = (
    Note, Signal, DayWorked, EvaluationReply, Evaluation, ChecklistItem, Contact, Product, LearningGoal,
    PlacementPerson,
)  # fmt: skip


def forget_placements(moment: datetime) -> int:
    """Forget who and what was said in placements that ended a year ago. Returns how many."""
    day = local(moment).date()
    held = select(PlacementPerson.placement_id).where(PlacementPerson.account_id.in_(held_people()))
    over = select(FollowOn.id).where(
        ~FollowOn.stands_on(day),
        FollowOn.placement_id.not_in(held_subjects("Placement")),
        FollowOn.placement_id.not_in(held),
    )
    db.session.execute(delete(FollowOn).where(FollowOn.id.in_(over)))
    followed = select(FollowOn.placement_id)
    rows = db.session.scalars(
        select(Placement)
        .where(
            Placement.ended_at < moment - KEPT_FOR,
            Placement.forgotten_at.is_(None),
            Placement.id.not_in(followed),
            Placement.id.not_in(held_subjects("Placement")),
            ~Placement.people.any(PlacementPerson.account_id.in_(held_people())),
        )
        .order_by(Placement.ended_at, Placement.id)
        .limit(MOST_AT_ONCE)
    ).all()
    for placement in rows:
        _forget(placement, moment)
    return len(rows)


def _forget(placement: Placement, moment: datetime) -> None:
    for person in placement.people:
        revoke_links(Purpose.PLACEMENT, subject_id=person.id)
    for event in placement.events:
        event.note, event.actor_id = "", None
    placement.title = placement.assignment = placement.workplace = placement.ended_note = ""
    placement.minor_until, placement.weekdays, placement.forgotten_at = None, [], moment
    thread, placement.thread_id = placement.thread_id, None
    log(placement, "forget", by=SYSTEM)
    for model in _GOES:
        db.session.execute(delete(model).where(model.placement_id == placement.id))
    db.session.execute(delete(Thread).where(Thread.id == thread))
    db.session.expire(placement)
