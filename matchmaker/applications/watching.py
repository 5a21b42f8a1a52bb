"""The clock: one reminder on the day of a deadline, one escalation after it, and forgetting in time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import joinedload

from matchmaker.applications.letters import tell_municipality, tell_school, tell_student
from matchmaker.applications.models import Application, ApplicationEvent, ApplicationFile
from matchmaker.applications.queries import A_YEAR
from matchmaker.applications.readers import coordinators_of, municipal_readers, overseers
from matchmaker.applications.states import LAST, RUNNING, Action, State
from matchmaker.applications.step import step
from matchmaker.applications.turns import whose_turn
from matchmaker.clock import at, local
from matchmaker.database import db
from matchmaker.files.actions import forget
from matchmaker.holds.queries import held_people, held_subjects
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Desk, Organisation, Programme
from matchmaker.reference.holidays import CLOSES
from matchmaker.vocabulary import Party

MOST_AT_ONCE = 500
KEPT = timedelta(weeks=4)
"""How long an application that led to no place keeps its name and words (Autoriteit Persoonsgegevens: four weeks)."""


def remind_applications(moment: datetime) -> int:
    """Remind whoever is next on the morning their turn ends, once per turn. Returns how many."""
    until = at(local(moment).date(), CLOSES)
    due = _running(Application.due_at >= moment, Application.due_at <= until, Application.reminded_at.is_(None))
    for application in due:
        step(application, Action.REMIND, by=None, as_party=Party.SYSTEM)
        application.reminded_at = moment
        _tell_next(application, late=False)
    db.session.flush()
    return len(due)


def escalate_applications(moment: datetime) -> int:
    """Report what is past its deadline, once per turn; it stays open. Returns how many.

    Late at the municipality: the desk and who oversees it hear, and the student reads that they did. Late at the
    school: its coordinators are asked again. Late at the student: the student is asked again, the municipality hears.
    """
    late = _running(Application.due_at < moment, Application.escalated_at.is_(None))
    for application in late:
        step(application, Action.ESCALATE, by=None, as_party=Party.SYSTEM)
        application.escalated_at = moment
        turn = whose_turn(application.state)
        if turn is Party.MUNICIPALITY:
            tell_municipality("application_late", application, overseers(application))
            tell_student("application_waits", application)
        else:
            _tell_next(application, late=True)
            if turn is Party.STUDENT:
                tell_municipality("application_student_late", application, municipal_readers(application))
    db.session.flush()
    return len(late)


def forget_applications(moment: datetime) -> int:
    """Forget who it was and what they wrote: four weeks after an end without a place, a year after a place was
    accepted; returns of how many.

    The row stays without a person, so that answers and the time they took can be counted.
    """
    without_place = Application.state.in_(LAST) & (Application.ended_at < moment - KEPT)
    with_place = (Application.state == State.ACCEPTED) & (Application.ended_at < moment - A_YEAR)
    old = select(Application.id).where(
        or_(without_place, with_place),
        Application.student_id.is_not(None),
        Application.student_id.not_in(held_people()),
        Application.id.not_in(held_subjects("Application")),
    )
    numbers = db.session.scalars(old.order_by(Application.id).limit(MOST_AT_ONCE)).all()
    db.session.execute(delete(ApplicationEvent).where(ApplicationEvent.application_id.in_(numbers)))
    _forget_files(numbers)
    db.session.execute(
        update(Application)
        .where(Application.id.in_(numbers))
        .values(
            student_id=None, motivation="", workplace_needs="", refusal_note="", starts_on=None, ends_on=None,
            hours_min=None, hours_max=None, version=Application.version + 1,
        )
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    return len(numbers)


def _forget_files(numbers: Sequence[int]) -> None:
    sent = db.session.scalars(
        select(ApplicationFile)
        .where(ApplicationFile.application_id.in_(numbers))
        .options(joinedload(ApplicationFile.file))
        .order_by(ApplicationFile.application_id, ApplicationFile.file_id)
    ).all()
    for each in sent:
        db.session.delete(each)
        db.session.flush()
        forget(each.file)


def _tell_next(application: Application, *, late: bool) -> None:
    turn = whose_turn(application.state)
    if turn is Party.SCHOOL:
        tell_school("application_due", application, coordinators_of(application), late=late)
    elif turn is Party.MUNICIPALITY:
        tell_municipality("application_due", application, municipal_readers(application), late=late)
    else:
        tell_student("application_due", application, late=late)


def _running(*conditions: object) -> Sequence[Application]:
    return db.session.scalars(
        select(Application)
        .where(Application.state.in_(RUNNING), *conditions)  # type: ignore[arg-type]
        .order_by(Application.due_at, Application.id)
        .limit(MOST_AT_ONCE)
        .options(
            joinedload(Application.offer).joinedload(Listing.owner),
            joinedload(Application.student),
            joinedload(Application.institution),
            joinedload(Application.municipality).joinedload(Organisation.desk).joinedload(Desk.holder),
            joinedload(Application.programme).joinedload(Programme.faculty),
        )
    ).all()
