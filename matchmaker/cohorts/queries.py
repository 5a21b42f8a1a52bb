"""Questions about rounds, always scoped: the school's own, what a municipality is asked, a student's own."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from matchmaker.accounts.models import Account
from matchmaker.applications.models import Application
from matchmaker.applications.queries import holds_a_place, offers_here
from matchmaker.clock import today
from matchmaker.cohorts.models import CohortPlace, CohortRound, CohortStudent, CohortWish
from matchmaker.cohorts.states import Answer, State
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.listings.models import Listing, Offer
from matchmaker.organisations.models import Membership, Organisation, Programme
from matchmaker.placements.models import Placement, PlacementPerson
from matchmaker.placements.parts import Part
from matchmaker.students.models import StudentProfile
from matchmaker.vocabulary import Kind

MOST_OFFERS = 100


@dataclass(frozen=True, slots=True)
class Numbers:
    """How far a round is: places lent, students who wished, and of the students of its programmes how many there are
    and how many have no place now."""

    lent: int
    wished: int
    students: int
    searching: int


def rounds_of(membership: Membership) -> Sequence[CohortRound]:
    """The rounds of the programmes a coordinator looks after, the newest first."""
    query = select(CohortRound).where(CohortRound.institution_id == membership.organisation_id)
    if membership.faculty_id is not None:
        query = query.where(CohortRound.programmes.any(Programme.faculty_id == membership.faculty_id))
    return db.session.scalars(
        query.order_by(CohortRound.created_at.desc(), CohortRound.id.desc()).options(
            selectinload(CohortRound.programmes), selectinload(CohortRound.places)
        )
    ).all()


def round_in_care(round_id: int, membership: Membership, *, lock: bool = False) -> CohortRound:
    """One of those; raises NotFound."""
    query = select(CohortRound).where(
        CohortRound.id == round_id, CohortRound.institution_id == membership.organisation_id
    )
    found = db.session.scalar(_whole(query, lock=lock))
    if found is None or membership.faculty_id not in (None, *(each.faculty_id for each in found.programmes)):
        raise NotFound("cohort")
    return found


def numbers_of(cohort: CohortRound) -> Numbers:
    """How far it is."""
    wished = db.session.scalar(select(func.count(CohortStudent.id)).where(CohortStudent.round_id == cohort.id))
    has_place = _has_place(StudentProfile.account_id, cohort.kind)
    students, searching = db.session.execute(
        select(func.count(StudentProfile.id), func.count(StudentProfile.id).filter(~has_place)).where(
            StudentProfile.programme_id.in_([each.id for each in cohort.programmes]),
            StudentProfile.stated_at.is_not(None),
        )
    ).one()
    lent = sum(each.places for each in cohort.places if each.answer is Answer.LENT)
    return Numbers(lent, wished or 0, students, searching)


def offers_to_ask(cohort: CohortRound, *, search: str = "") -> Sequence[Offer]:
    """Open offers of the kind of a round that were not asked yet, those that close first on top."""
    asked = select(CohortPlace.offer_id).where(CohortPlace.round_id == cohort.id)
    query = (
        select(Offer)
        .join(Offer.organisation)
        .where(Offer.kind == cohort.kind, Offer.is_open, Offer.id.not_in(asked))
        .order_by(Offer.respond_before.is_(None), Offer.respond_before, Offer.id)
        .limit(MOST_OFFERS)
        .options(joinedload(Offer.organisation))
    )
    for word in search.split()[:5]:
        query = query.where(
            or_(Offer.title.icontains(word, autoescape=True), Organisation.name.icontains(word, autoescape=True))
        )
    return [each for each in db.session.scalars(query) if _fits(each, cohort)]


def places_asked(membership: Membership) -> Sequence[CohortPlace]:
    """What rounds ask of this person's municipality: what waits for an answer first, then by the last day."""
    return db.session.scalars(
        select(CohortPlace)
        .join(CohortPlace.round)
        .where(CohortPlace.offer_id.in_(offers_here(membership)), CohortRound.state == State.OPEN)
        .order_by(CohortPlace.answer != Answer.ASKED, CohortRound.wishes_until, CohortPlace.id)
        .options(
            joinedload(CohortPlace.offer).joinedload(Listing.organisation),
            joinedload(CohortPlace.round).joinedload(CohortRound.institution),
            joinedload(CohortPlace.round).selectinload(CohortRound.programmes),
        )
    ).all()


def place_asked(place_id: int, membership: Membership) -> CohortPlace:
    """One of those; raises NotFound."""
    found = next((each for each in places_asked(membership) if each.id == place_id), None)
    if found is None:
        raise NotFound("cohort_place")
    return found


def rounds_for(profile: StudentProfile) -> Sequence[CohortRound]:
    """The rounds a student can wish in now, first what closes first."""
    return db.session.scalars(
        select(CohortRound)
        .where(
            CohortRound.programmes.any(Programme.id == profile.programme_id),
            CohortRound.state == State.OPEN,
            CohortRound.wishes_until >= today(),
        )
        .order_by(CohortRound.wishes_until, CohortRound.id)
    ).all()


def round_of_student(round_id: int, profile: StudentProfile, *, lock: bool = False) -> CohortRound:
    """A round for the student's programme, or one the student took part in; raises NotFound."""
    found = db.session.scalar(_whole(select(CohortRound).where(CohortRound.id == round_id), lock=lock))
    if found is None or (not found.is_for(profile.programme_id) and participant(found, profile.account) is None):
        raise NotFound("cohort")
    return found


def participant(cohort: CohortRound, student: Account) -> CohortStudent | None:
    """Someone's part in a round, with wishes in order."""
    return db.session.scalar(
        select(CohortStudent)
        .where(CohortStudent.round_id == cohort.id, CohortStudent.student_id == student.id)
        .options(
            selectinload(CohortStudent.wishes).joinedload(CohortWish.offer),
            joinedload(CohortStudent.application).joinedload(Application.offer),
        )
    )


def is_placed(account_id: int, kind: Kind) -> bool:
    """Whether a student has a place of this kind already, however it came."""
    return bool(db.session.scalar(select(_has_place(literal(account_id), kind))))


def _has_place(account_id: ColumnElement[int] | InstrumentedAttribute[int], kind: Kind) -> ColumnElement[bool]:
    """Accepted for an application, or the student of a placement that began from a match or a table and still runs."""
    applied = (
        select(Application.id)
        .join(Application.offer)
        .where(Application.student_id == account_id, Listing.kind == kind, holds_a_place())
        .exists()
    )
    placed = (
        select(PlacementPerson.id)
        .join(PlacementPerson.placement)
        .where(
            PlacementPerson.account_id == account_id,
            PlacementPerson.part == Part.STUDENT,
            Placement.kind == kind,
            Placement.ended_at.is_(None),
        )
        .exists()
    )
    return applied | placed


def _fits(offer: Offer, cohort: CohortRound) -> bool:
    """Whether the levels of the offer and of one of the programmes meet; empty means all."""
    return not offer.levels or any(not each.levels or {*offer.levels} & {*each.levels} for each in cohort.programmes)


def _whole(query: object, *, lock: bool) -> object:
    chosen = query.options(  # type: ignore[attr-defined]
        selectinload(CohortRound.programmes),
        joinedload(CohortRound.institution),
        selectinload(CohortRound.places).joinedload(CohortPlace.offer).joinedload(Listing.organisation),
    )
    return chosen.with_for_update(of=CohortRound) if lock else chosen
