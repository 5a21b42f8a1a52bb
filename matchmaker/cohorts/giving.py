"""Giving: who gets which place, all at once, with a certificate anyone can check.

Students are served by lottery from a seed whose digest was on the page before anyone wished. Nothing of a person
counts: not what they wrote, not their marks. What a student cannot do is no wish to begin with (`actions.wish`).
"""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.accounts.models import Account
from matchmaker.applications.filling import fill_others
from matchmaker.applications.placing import place_by_lot
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.cohorts.models import CohortPlace, CohortRound, CohortStudent, CohortWish
from matchmaker.cohorts.queries import is_placed
from matchmaker.cohorts.states import Action, Answer
from matchmaker.database import db
from matchmaker.engine.rounds.graph import Supply
from matchmaker.engine.rounds.stable import Stable, stable
from matchmaker.errors import NotFound
from matchmaker.files.actions import keep, read
from matchmaker.jobs.actions import finish_job
from matchmaker.jobs.models import Job
from matchmaker.listings.models import Listing
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.organisations.models import Faculty, Organisation, Programme
from matchmaker.students.models import StudentProfile


def run(job: Job) -> None:
    """Do the round of a job in one transaction: everyone hears, or nothing has happened."""
    cohort = db.session.get(CohortRound, job.values["cohort"])
    if cohort is None:
        raise NotFound("cohort")
    given = give(cohort)
    finish_job(job, placed=given)
    db.session.flush()


def give(cohort: CohortRound) -> int:
    """Give the lent places by the wishes and the lottery, and publish; returns how many students got one.

    Raises InvalidMove when the round is not running.
    """
    cohort.move(Action.PUBLISH)
    offers = _lent(cohort)
    people = [each for each in _participants(cohort) if each.student_id and not is_placed(each.student_id, cohort.kind)]
    outcome = solve(
        {each.reference: [wish.offer.reference for wish in each.wishes] for each in people},
        {offer.reference: min(places, offer.places_left) for offer, places in offers.values()},
        seed=cohort.seed,
    )
    stored = keep(
        as_json(outcome.certificate),
        name=f"ronde-{cohort.id}.json", media_type="application/json", organisation_id=cohort.institution_id, by=None,
    )  # fmt: skip
    cohort.certificate, cohort.published_at, cohort.placed = stored, now(), len(outcome.assigned)
    by_reference = {offer.reference: offer for offer, _ in offers.values()}
    for each in people:
        _tell(each, by_reference.get(outcome.assigned.get(each.reference, "")))
    for offer in by_reference.values():
        fill_others(offer)
    db.session.flush()
    record("cohort.published", about=cohort, by=None, organisation=cohort.institution, placed=len(outcome.assigned))
    return len(outcome.assigned)


def solve(wishes: dict[str, list[str]], places: dict[str, int], *, seed: str) -> Stable:
    """The place of each student by reference, and the certificate. Wishes for what is not lent (any more) fall away.

    Compiling the loops would take longer than a cohort does.
    """
    kept = {student: [each for each in wanted if each in places] for student, wanted in wishes.items()}
    return stable(kept, Supply(places), seed=seed, compiled=False)


def as_json(certificate: dict[str, Any]) -> bytes:
    return json.dumps(certificate, ensure_ascii=False, separators=(",", ":")).encode()


def certificate_of(cohort: CohortRound) -> bytes:
    """The certificate as JSON; raises NotFound before it is published."""
    if cohort.certificate is None:
        raise NotFound("file")
    return read(cohort.certificate)


def _lent(cohort: CohortRound) -> dict[int, tuple[Listing, int]]:
    """The offers that lend, with how many places; their rows are held, so that no place goes elsewhere meanwhile."""
    lent = dict(
        db.session.execute(
            select(CohortPlace.offer_id, CohortPlace.places).where(
                CohortPlace.round_id == cohort.id, CohortPlace.answer == Answer.LENT
            )
        ).all()
    )
    rows = db.session.scalars(
        select(Listing)
        .where(Listing.id.in_(lent), Listing.is_published, Listing.places_left > 0)
        .order_by(Listing.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    return {each.id: (each, lent[each.id]) for each in rows}


def _participants(cohort: CohortRound) -> list[CohortStudent]:
    return list(
        db.session.scalars(
            select(CohortStudent)
            .where(CohortStudent.round_id == cohort.id)
            .order_by(CohortStudent.id)
            .options(
                joinedload(CohortStudent.student),
                selectinload(CohortStudent.wishes).joinedload(CohortWish.offer),
            )
        )
    )


def _tell(mine: CohortStudent, offer: Listing | None) -> None:
    assert mine.student is not None
    if offer is None:
        _write("cohort_no_place", mine.student, mine, path=f"/student/rondes/{mine.round_id}")
        return
    mine.application = place_by_lot(_profile(mine.student), offer, round_name=mine.round.name)
    _write("cohort_placed", mine.student, mine, path=f"/student/rondes/{mine.round_id}", title=offer.title)


def _profile(student: Account) -> StudentProfile:
    return db.session.scalars(
        select(StudentProfile)
        .where(StudentProfile.account_id == student.id)
        .options(
            joinedload(StudentProfile.programme).joinedload(Programme.faculty).joinedload(Faculty.organisation),
            joinedload(StudentProfile.institution).joinedload(Organisation.desk),
        )
    ).one()


def _write(template: str, to: Account, mine: CohortStudent, *, path: str, **values: str) -> None:
    queue_letter(template, topic=Topic.REQUESTS, to=to, path=path, round=mine.round.name, **values)
