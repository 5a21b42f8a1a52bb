"""Questions about applications, always scoped: the student's own, those of the school, those of the municipality."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.accounts.models import Account
from matchmaker.applications.models import Application, ApplicationEvent, ApplicationFile
from matchmaker.applications.states import AT_MUNICIPALITY, ENDED, State
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.files.models import StoredFile
from matchmaker.listings.models import Listing
from matchmaker.organisations.leave import covered_by
from matchmaker.organisations.models import Desk, Faculty, Membership, Organisation, Programme
from matchmaker.vocabulary import Role

DESK_ROLES = frozenset({Role.OFFICER, Role.REGION_COORDINATOR})
MOST_OWN = 100
A_YEAR = timedelta(days=365)


class Part(StrEnum):
    """A part of what a municipality has, as it stands in the address."""

    WAITING = "wacht-op-ons"
    STUDENT = "bij-de-student"
    ENDED = "klaar"


_IN_PART = {
    Part.WAITING: AT_MUNICIPALITY,
    Part.STUDENT: frozenset({State.OFFERED}),
    Part.ENDED: ENDED,
}


def applications_of(student: Account) -> Sequence[Application]:
    """A student's own: what runs first, then the last one made first."""
    return db.session.scalars(
        _whole(select(Application))
        .where(Application.student_id == student.id)
        .order_by(Application.ended_at.is_not(None), Application.created_at.desc(), Application.id.desc())
        .limit(MOST_OWN)
    ).all()


def own_application(application_id: int, student: Account, *, lock: bool = False) -> Application:
    """One of this student; raises NotFound."""
    return _one(select(Application).where(Application.student_id == student.id), application_id, lock=lock)


def holds_a_place() -> ColumnElement[bool]:
    """Whether an application gave a place: accepted within a year, and not called off since."""
    return (Application.state == State.ACCEPTED) & (Application.ended_at > now() - A_YEAR)


def running_on(offer: Listing, student: Account) -> Application | None:
    """What this student has running on an offer."""
    return db.session.scalar(
        select(Application).where(
            Application.offer_id == offer.id, Application.student_id == student.id, Application.ended_at.is_(None)
        )
    )


def application_of_school(application_id: int, membership: Membership, *, lock: bool = False) -> Application:
    """One of a student of the programmes this coordinator looks after; raises NotFound."""
    return _one(select(Application).where(*in_care(membership)), application_id, lock=lock)


def in_care(membership: Membership) -> list[ColumnElement[bool]]:
    """Of students of one's own school, and of the own faculty when one works for a faculty."""
    own = [Application.institution_id == membership.organisation_id, Application.student_id.is_not(None)]
    if membership.faculty_id is not None:
        own.append(
            Application.programme_id.in_(select(Programme.id).where(Programme.faculty_id == membership.faculty_id))
        )
    return own


def application_here(application_id: int, membership: Membership, *, lock: bool = False) -> Application:
    """One that this person of a municipality answers; raises NotFound."""
    return _one(select(Application).where(*_here(membership)), application_id, lock=lock)


def applicants(
    membership: Membership, part: Part, *, reference: str = "", limit: int, offset: int = 0
) -> tuple[Sequence[Application], dict[Part, int]]:
    """A page of one part in order of arrival, and how many each part holds. What ended stands last ended first.

    With the `reference` of an offer only who answered that one.
    """
    conditions = _here(membership)
    if reference:
        conditions.append(Application.offer_id.in_(select(Listing.id).where(Listing.reference == reference)))
    order = (
        (Application.ended_at.desc(), Application.id.desc())
        if part is Part.ENDED
        else (Application.sent_at, Application.id)
    )
    rows = db.session.scalars(
        _whole(select(Application))
        .where(*conditions, Application.state.in_(_IN_PART[part]))
        .order_by(*order)
        .limit(limit)
        .offset(offset)
    ).all()
    return rows, _counts(conditions)


def arrived_before(application: Application) -> int:
    """How many answered this offer earlier: the number of an applicant without a name, less one."""
    return (
        db.session.scalar(
            select(func.count(Application.id)).where(
                Application.offer_id == application.offer_id,
                Application.sent_at.is_not(None),
                or_(
                    Application.sent_at < application.sent_at,
                    (Application.sent_at == application.sent_at) & (Application.id < application.id),
                ),
            )
        )
        or 0
    )


def waiting_at(membership: Membership) -> int:
    """How many applications wait for an answer of this person's municipality."""
    return (
        db.session.scalar(
            select(func.count(Application.id)).where(*_here(membership), Application.state.in_(AT_MUNICIPALITY))
        )
        or 0
    )


def file_of(application: Application, file_id: int) -> StoredFile:
    """A file that was sent along; raises NotFound."""
    found = next((each.file for each in application.files if each.file_id == file_id), None)
    if found is None:
        raise NotFound("file")
    return found


def events_of(application: Application) -> Sequence[ApplicationEvent]:
    """What happened, oldest first."""
    return db.session.scalars(
        select(ApplicationEvent)
        .where(ApplicationEvent.application_id == application.id)
        .order_by(ApplicationEvent.at, ApplicationEvent.id)
    ).all()


def _here(membership: Membership) -> list[ColumnElement[bool]]:
    """The desk answers for every municipality it serves, a colleague for the own offers and those of whom they cover.

    What the school has not approved yet is not at the municipality, and what is forgotten is nobody's.
    """
    at_municipality = [Application.sent_at.is_not(None), Application.student_id.is_not(None)]
    if membership.role in DESK_ROLES:
        return [*at_municipality, Application.municipality_id.in_(_served(membership))]
    return [*at_municipality, Application.offer_id.in_(offers_here(membership))]


def offers_here(membership: Membership) -> Select[tuple[int]]:
    """The offers this person of a municipality answers for, by number: a select, to be part of a larger one."""
    if membership.role in DESK_ROLES:
        return select(Listing.id).where(Listing.organisation_id.in_(_served(membership)))
    return select(Listing.id).where(
        Listing.organisation_id == membership.organisation_id,
        or_(Listing.owner_id == membership.account_id, Listing.owner_id.in_(covered_by(membership.account_id))),
    )


def _served(membership: Membership) -> Select[tuple[int]]:
    """The own organisation and those the desk serves."""
    return select(Organisation.id).where(
        or_(
            Organisation.id == membership.organisation_id,
            Organisation.desk_id == (membership.organisation.desk_id or 0),
        )
    )


def _counts(conditions: Sequence[ColumnElement[bool]]) -> dict[Part, int]:
    by_state = dict(
        db.session.execute(
            select(Application.state, func.count(Application.id)).where(*conditions).group_by(Application.state)
        ).all()
    )
    return {part: sum(by_state.get(state, 0) for state in states) for part, states in _IN_PART.items()}


def _one(query: Select[tuple[Application]], application_id: int, *, lock: bool) -> Application:
    chosen = query.where(Application.id == application_id)
    if lock:
        db.session.execute(chosen.with_for_update(of=Application).with_only_columns(Application.id))
    with_files = selectinload(Application.files).joinedload(ApplicationFile.file)
    found = db.session.scalar(_whole(chosen).options(with_files).execution_options(populate_existing=lock))
    if found is None:
        raise NotFound("application")
    return found


def _whole(query: Select[tuple[Application]]) -> Select[tuple[Application]]:
    """With what a page shows of it."""
    return query.options(
        joinedload(Application.offer).joinedload(Listing.owner),
        joinedload(Application.offer).joinedload(Listing.team),
        joinedload(Application.student),
        joinedload(Application.programme).joinedload(Programme.faculty).joinedload(Faculty.organisation),
        joinedload(Application.institution),
        joinedload(Application.municipality).joinedload(Organisation.desk).joinedload(Desk.holder),
    )
