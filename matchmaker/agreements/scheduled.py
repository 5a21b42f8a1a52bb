"""What happens to agreements by itself: offices hear what waits, who is slow is reminded, what is overtaken ends."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.agreements.letters import tell
from matchmaker.agreements.models import Agreement, Signatory
from matchmaker.agreements.signing import still_holds, withdraw
from matchmaker.agreements.states import AgreementAction, AgreementState
from matchmaker.agreements.step import step
from matchmaker.database import db
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.placements.actor import SYSTEM
from matchmaker.placements.letters import office_of
from matchmaker.placements.models import LearningGoal, Placement, PlacementPerson
from matchmaker.placements.parts import Part
from matchmaker.reference.holidays import due_moment

REMIND_AFTER_DAYS = 5
LIST_PATH = "/overeenkomsten/"
ARRANGED_BY = (
    selectinload(Placement.people).joinedload(PlacementPerson.account),
    selectinload(Placement.goals).joinedload(LearningGoal.competence),
)
OVERTAKEN = "overtaken"
"""Stands as the reason of what the system took back; pages put it into words."""


def tell_offices(moment: datetime) -> int:
    """One letter to everyone who signs for an organisation, with how many agreements came to wait since the last."""
    waiting: defaultdict[tuple[int | None, Part], list[Signatory]] = defaultdict(list)
    for signatory in _untold():
        waiting[signatory.organisation_id, signatory.part].append(signatory)
    for (_, part), lines in waiting.items():
        for account in office_of(lines[0].agreement.placement, part):
            queue_letter("agreements_to_sign", topic=Topic.REQUESTS, to=account, number=len(lines), path=LIST_PATH)
        for each in lines:
            each.told_at = moment
    return len(waiting)


def remind_signers(moment: datetime) -> int:
    """Who was asked five working days ago and has not signed hears it once more; returns how many agreements."""
    slow = [
        each
        for each in _being_signed(Agreement.reminded_at.is_(None))
        if each.made_at is not None and due_moment(each.made_at, REMIND_AFTER_DAYS) <= moment
    ]
    for agreement in slow:
        agreement.reminded_at = moment
        step(agreement, AgreementAction.REMIND, by=SYSTEM)
        for signatory in agreement.to_sign:
            if signatory.organisation_id is None:
                tell(signatory, "agreement_to_sign", again=True)
            else:
                signatory.told_at = None
    return len(slow)


def withdraw_overtaken(_moment: datetime) -> int:
    """Take back what waits for signatures while the arrangement or the people have changed, or the placement ended."""
    gone = [each for each in _being_signed() if not still_holds(each)]
    for agreement in gone:
        withdraw(agreement, note=OVERTAKEN, by=SYSTEM)
    return len(gone)


def _untold() -> list[Signatory]:
    query = (
        select(Signatory)
        .join(Signatory.agreement)
        .where(
            Agreement.state == AgreementState.SIGNING,
            Signatory.organisation_id.is_not(None),
            Signatory.signed_at.is_(None),
            Signatory.told_at.is_(None),
        )
        .order_by(Signatory.id)
        .options(joinedload(Signatory.agreement).joinedload(Agreement.placement))
    )
    return list(db.session.scalars(query))


def _being_signed(*conditions: object) -> list[Agreement]:
    query = (
        select(Agreement)
        .where(Agreement.state == AgreementState.SIGNING, *conditions)  # type: ignore[arg-type]
        .order_by(Agreement.id)
        .options(joinedload(Agreement.placement).options(*ARRANGED_BY), selectinload(Agreement.signatories))
    )
    return list(db.session.scalars(query))
