"""After a round: the placements of all who got a place are opened at once, by a job that goes on where it stopped."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Account
from matchmaker.applications.models import Application
from matchmaker.applications.readers import municipal_readers
from matchmaker.applications.states import State as ApplicationState
from matchmaker.audit.actions import record
from matchmaker.cohorts.models import CohortRound, CohortStudent
from matchmaker.cohorts.states import State
from matchmaker.database import db
from matchmaker.errors import InvalidMove, NotFound
from matchmaker.jobs.actions import advance, enqueue, finish_job
from matchmaker.jobs.models import Job, JobState
from matchmaker.organisations.queries import active_memberships
from matchmaker.placements.parts import Part
from matchmaker.placements.starting import start_from_application
from matchmaker.vocabulary import PLACEMENT_KINDS, Role

TASK = "cohort_placements"
PIECE = 20
"""Placements per transaction."""

STUDENT_GONE = "student_gone"
NOBODY_THERE = "nobody_there"


@dataclass(frozen=True, slots=True)
class Left:
    """Someone whose placement was not opened, and why as a code."""

    application: Application
    why: str


@dataclass(frozen=True, slots=True)
class Opening:
    """How far a round is with its placements: how many are open, how many wait, and who was left and why."""

    opened: int
    waiting: int
    left: Sequence[Left]
    job: Job | None

    @property
    def is_running(self) -> bool:
        return is_under_way(self.job)


def opening_of(cohort: CohortRound) -> Opening | None:
    """How far it is; None for a round that gave nothing, or places that are no placements."""
    if cohort.state is not State.PUBLISHED or cohort.kind not in PLACEMENT_KINDS:
        return None
    opened, waiting = db.session.execute(
        _accepted(cohort).with_only_columns(
            func.count(Application.placed_at), func.count(Application.id).filter(Application.placed_at.is_(None))
        )
    ).one()
    return Opening(opened, waiting, _left(cohort), cohort.opening_job) if opened or waiting else None


def begin_opening(cohort: CohortRound, *, by: Account) -> Job:
    """Open what waits, of everyone at once: a worker does it. Call it with the row of the round held.

    Raises InvalidMove before the round is published, while it is being done, and when nothing waits.
    """
    waiting = _waiting(cohort)
    if cohort.kind not in PLACEMENT_KINDS or not waiting or is_under_way(cohort.opening_job):
        raise InvalidMove(state=cohort.state.value, action="open_placements")
    cohort.opening_job = enqueue(
        TASK,
        by=by,
        organisation_id=cohort.institution_id,
        total=len(waiting),
        cohort=cohort.id,
        applications=waiting,
    )
    db.session.flush()
    record("cohort.placements_begun", about=cohort, by=by, organisation=cohort.institution, number=len(waiting))
    return cohort.opening_job


def is_under_way(job: Job | None) -> bool:
    """Whether a worker is at it, or will be."""
    return job is not None and job.state in (JobState.WAITING, JobState.RUNNING)


def open_placements(job: Job) -> Iterator[None]:
    """Open the placements of a job, or go on with them. The caller commits after each piece; none is opened twice.

    Who cannot get one does not hold up the others: why not stays with the job. Raises InvalidMove when another process
    went on with the same job.
    """
    cohort, by = db.session.get(CohortRound, job.values["cohort"]), db.session.get(Account, job.created_by_id)
    if cohort is None or by is None:
        raise NotFound("cohort")
    numbers = job.values["applications"]
    for first in range(job.done, len(numbers), PIECE):
        piece = numbers[first : first + PIECE]
        advance(job, since=first, done=first + len(piece))
        left = [[number, why] for number in piece if (why := _open(number, by=by))]
        job.result = {"left": [*job.result.get("left", []), *left]}
        yield
    refused = len(job.result["left"])
    record(
        "cohort.placements_opened",
        about=cohort, by=by, organisation=cohort.institution, number=len(numbers) - refused, left=refused,
    )  # fmt: skip
    finish_job(job, **job.result)
    yield


def _open(number: int, *, by: Account) -> str:
    """Why not, as a code; empty when it is open, or was already."""
    application = db.session.scalar(
        select(Application)
        .where(Application.id == number)
        .with_for_update(of=Application)
        .execution_options(populate_existing=True)
    )
    if application is None or application.state is not ApplicationState.ACCEPTED or application.placed_at is not None:
        return ""
    why = _hindrance(application)
    if not why:
        start_from_application(application, by=by, part=Part.COORDINATOR)
    return why


def _hindrance(application: Application) -> str:
    """What keeps a placement from being opened now, as a code: a side that has nobody."""
    student = application.student
    if student is None or not student.is_active or not _studies_here(application):
        return STUDENT_GONE
    return "" if municipal_readers(application) else NOBODY_THERE


def _studies_here(application: Application) -> bool:
    assert application.student is not None
    return any(
        each.role is Role.STUDENT and each.organisation_id == application.institution_id
        for each in active_memberships(application.student)
    )


def _waiting(cohort: CohortRound) -> list[int]:
    if cohort.state is not State.PUBLISHED:
        return []
    query = _accepted(cohort).where(Application.placed_at.is_(None)).with_only_columns(Application.id)
    return list(db.session.scalars(query.order_by(Application.id)))


def _left(cohort: CohortRound) -> list[Left]:
    """Who was left the last time and still waits, in the order of the round."""
    told = dict(cohort.opening_job.result.get("left", [])) if cohort.opening_job else {}
    rows = db.session.scalars(
        _accepted(cohort)
        .where(Application.id.in_(told), Application.placed_at.is_(None))
        .order_by(Application.id)
        .options(joinedload(Application.student), joinedload(Application.offer), joinedload(Application.municipality))
    )
    return [Left(each, told[each.id]) for each in rows]


def _accepted(cohort: CohortRound) -> Select[tuple[Application]]:
    """The applications by which this round gave a place that stands."""
    return (
        select(Application)
        .join(CohortStudent, CohortStudent.application_id == Application.id)
        .where(CohortStudent.round_id == cohort.id, Application.state == ApplicationState.ACCEPTED)
    )
