"""Open a round, ask for places, lend them, wish, and end it."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, or_, select, update

from matchmaker.accounts.models import Account
from matchmaker.applications.finding import which_fit
from matchmaker.applications.readers import kept_by
from matchmaker.applications.rules import takes_students
from matchmaker.audit.actions import record
from matchmaker.clock import now, today
from matchmaker.cohorts.models import CohortPlace, CohortRound, CohortStudent, CohortWish
from matchmaker.cohorts.queries import is_placed, participant
from matchmaker.cohorts.states import Action, Answer, State
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.holds.queries import held_people
from matchmaker.jobs.actions import enqueue
from matchmaker.jobs.models import Job
from matchmaker.listings.models import Listing
from matchmaker.listings.writing import ALPHABET
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.organisations.models import Programme
from matchmaker.students.models import StudentProfile
from matchmaker.vocabulary import PLACE_KINDS, Kind

TASK = "cohort_round"
MOST_WISHES = 10
LONGEST_DAYS = 365
KEPT = timedelta(weeks=4)


def open_round(
    programmes: Sequence[Programme],
    *,
    name: str,
    kind: Kind,
    wishes_until: date,
    by: Account,
    after: CohortRound | None = None,
) -> CohortRound:
    """A round for the students of one or more programmes of a faculty; `after` is the round whose rest it is for.

    Raises InvalidValue at `programmes`, `name`, `kind` or `wishes_until`, InvalidMove when the round before is not
    published.
    """
    if not programmes:
        raise InvalidValue("programmes", "required")
    if len({each.faculty_id for each in programmes}) > 1:
        raise InvalidValue("programmes", "of_one_faculty")
    if not name.strip():
        raise InvalidValue("name", "required")
    if kind not in PLACE_KINDS:
        raise InvalidValue("kind", "unknown_code")
    if wishes_until < today():
        raise InvalidValue("wishes_until", "past")
    if wishes_until > today() + timedelta(days=LONGEST_DAYS):
        raise InvalidValue("wishes_until", "more_than_a_year")
    if after is not None and after.state is not State.PUBLISHED:
        raise InvalidMove(state=after.state.value)
    made = CohortRound(
        institution=programmes[0].faculty.organisation,
        programmes=list(programmes),
        name=name.strip()[:120],
        kind=kind,
        wishes_until=wishes_until,
        seed=secrets.token_hex(16),
        state=State.OPEN,
        after=after,
        created_by=by,
    )
    db.session.add(made)
    db.session.flush()
    record("cohort.opened", about=made, by=by, organisation=made.institution)
    return made


def ask_places(cohort: CohortRound, offers: Sequence[Listing], *, by: Account) -> list[CohortPlace]:
    """Ask the municipalities to lend places of these offers; what was asked already is left as it is."""
    _must_be_open(cohort)
    asked = {each.offer_id for each in cohort.places}
    fresh = [each for each in offers if each.id not in asked and each.kind is cohort.kind and takes_students(each)]
    made = [CohortPlace(round=cohort, offer=each, answer=Answer.ASKED, places=0) for each in fresh]
    db.session.add_all(made)
    db.session.flush()
    for place in made:
        _ask(place)
    record("cohort.asked", about=cohort, by=by, organisation=cohort.institution, number=len(made))
    return made


def lend(place: CohortPlace, *, places: int, by: Account) -> None:
    """Yes: so many places go to the round. Raises InvalidValue at `places`, InvalidMove when the round is over."""
    _must_be_open(place.round)
    if not 1 <= places <= place.offer.places_left:
        raise InvalidValue("places", "not_so_many", n=place.offer.places_left)
    _answer(place, Answer.LENT, places=places, note="", by=by)


def refuse(place: CohortPlace, *, note: str, by: Account) -> None:
    """No; the coordinator reads why. Raises InvalidMove when the round is over."""
    _must_be_open(place.round)
    _answer(place, Answer.REFUSED, places=0, note=note.strip(), by=by)


def wish(cohort: CohortRound, profile: StudentProfile, offers: Sequence[Listing]) -> CohortStudent:
    """What a student wants, the first most; it replaces what was said before.

    Only lent places that meet the hard requirements can be wished: level, language, distance. Raises InvalidMove when
    the day has passed or the student has a place of this kind, InvalidValue at `wishes`.
    """
    if not cohort.takes_wishes or not cohort.is_for(profile.programme_id) or is_placed(profile.account_id, cohort.kind):
        raise InvalidMove(state=cohort.state.value, action="wish")
    numbers = [each.id for each in offers]
    if not numbers:
        raise InvalidValue("wishes", "required")
    if len(numbers) > MOST_WISHES:
        raise InvalidValue("wishes", "too_many", n=MOST_WISHES)
    if len(set(numbers)) < len(numbers):
        raise InvalidValue("wishes", "wished_twice")
    lent = {each.offer_id for each in cohort.places if each.answer is Answer.LENT}
    if not lent.issuperset(numbers) or not which_fit(profile, cohort.kind, numbers).issuperset(numbers):
        raise InvalidValue("wishes", "does_not_fit")
    mine = participant(cohort, profile.account) or _new_participant(cohort, profile.account)
    db.session.execute(delete(CohortWish).where(CohortWish.participant_id == mine.id))
    db.session.add_all(
        CohortWish(participant_id=mine.id, rank=rank, offer_id=number) for rank, number in enumerate(numbers, start=1)
    )
    mine.wished_at = now()
    db.session.flush()
    db.session.expire(mine, ["wishes"])
    record("cohort.wished", about=mine, by=profile.account, organisation=cohort.institution)
    return mine


def cancel(cohort: CohortRound, *, by: Account) -> None:
    """Nothing is given; the places are free again. Raises InvalidMove."""
    cohort.move(Action.CANCEL)
    db.session.flush()
    record("cohort.cancelled", about=cohort, by=by, organisation=cohort.institution)


def begin_run(cohort: CohortRound, *, by: Account) -> Job:
    """Start giving: a worker does it. Raises InvalidMove before the last day for wishes has passed, and twice."""
    if not cohort.can_run:
        raise InvalidMove(state=cohort.state.value, action=Action.RUN.value)
    cohort.move(Action.RUN)
    job = enqueue(TASK, by=by, organisation_id=cohort.institution_id, cohort=cohort.id)
    record("cohort.run", about=cohort, by=by, organisation=cohort.institution)
    return job


def forget_wishes(moment: datetime) -> int:
    """Four weeks after a round was published nobody can read who wished what, and at once after it was cancelled. The
    wishes of a student who is held stay.

    Returns of how many students.
    """
    over = select(CohortRound.id).where(
        or_(CohortRound.published_at < moment - KEPT, CohortRound.state == State.CANCELLED)
    )
    old = select(CohortStudent.id).where(
        CohortStudent.round_id.in_(over),
        CohortStudent.student_id.is_not(None),
        CohortStudent.student_id.not_in(held_people()),
    )
    db.session.execute(
        delete(CohortWish).where(CohortWish.participant_id.in_(old)).execution_options(synchronize_session=False)
    )
    done = db.session.execute(
        update(CohortStudent)
        .where(CohortStudent.id.in_(old))
        .values(student_id=None, application_id=None)
        .execution_options(synchronize_session=False)
    )
    return done.rowcount


def _must_be_open(cohort: CohortRound) -> None:
    if cohort.state is not State.OPEN:
        raise InvalidMove(state=cohort.state.value)


def _answer(place: CohortPlace, answer: Answer, *, places: int, note: str, by: Account) -> None:
    place.answer, place.places, place.note = answer, places, note
    place.answered_by_id, place.answered_at = by.id, now()
    db.session.flush()
    record(f"cohort.{answer.value}", about=place, by=by, organisation=place.offer.organisation, places=places)


def _ask(place: CohortPlace) -> None:
    for reader in kept_by(place.offer):
        queue_letter(
            "cohort_place_asked",
            topic=Topic.REQUESTS,
            to=reader,
            path=f"/gemeente/rondes/{place.id}",
            title=place.offer.title,
            school=place.round.institution.name,
            programme=", ".join(each.name for each in place.round.programmes),
            until=place.round.wishes_until.isoformat(),
        )


def _new_participant(cohort: CohortRound, student: Account) -> CohortStudent:
    number = db.session.scalar(select(func.count(CohortStudent.id)).where(CohortStudent.round_id == cohort.id)) or 0
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(6))
    made = CohortStudent(round=cohort, student=student, reference=f"S{drawn}{number % 100:02d}")
    db.session.add(made)
    db.session.flush()
    return made
