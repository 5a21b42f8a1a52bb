"""Where each student of a coordinator stands: one line a student, also of who has not answered anything yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import BigInteger, ColumnElement, Subquery, case, cast, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from matchmaker.accounts.models import Account
from matchmaker.applications.models import Application
from matchmaker.applications.queries import holds_a_place
from matchmaker.applications.states import RUNNING, State
from matchmaker.database import db
from matchmaker.organisations.models import Membership, Programme
from matchmaker.placements.models import Placement, PlacementPerson
from matchmaker.placements.parts import Part
from matchmaker.students.models import StudentProfile


class Standing(StrEnum):
    """How far a student is, by the application that is furthest or a placement; as it stands in the address."""

    APPROVE = "wacht-op-u"
    PLACED = "heeft-een-plek"
    OFFERED = "kan-kiezen"
    TALK = "gesprek"
    SENT = "bij-de-gemeente"
    SEARCHING = "zoekt-nog"
    INVITED = "uitgenodigd"


_FURTHEST = (
    (State.AWAITING_SCHOOL, Standing.APPROVE, 6),
    (State.ACCEPTED, Standing.PLACED, 5),
    (State.OFFERED, Standing.OFFERED, 4),
    (State.TALK, Standing.TALK, 3),
    (State.SENT, Standing.SENT, 2),
)
PACKED = 2**32
"""More than any row number."""


@dataclass(frozen=True, slots=True)
class Line:
    """A student, how far, and the application or the placement that says so."""

    profile: StudentProfile
    standing: Standing
    application: Application | None
    placement: Placement | None


@dataclass(frozen=True, slots=True)
class Students:
    """One page of students, and how many stand where."""

    lines: Sequence[Line]
    total: int
    counts: dict[Standing, int]


def students_of(
    membership: Membership,
    *,
    standing: Standing | None = None,
    programme_id: int | None = None,
    search: str = "",
    limit: int,
    offset: int = 0,
) -> Students:
    """The students a coordinator looks after, by name. The search looks at the name."""
    furthest, placed = _furthest(membership), _placed(membership)
    where = _standing(furthest.c.rank, placed.c.placement_id)
    own = [*_in_care(membership), *_found_by(search)]
    if programme_id is not None:
        own.append(StudentProfile.programme_id == programme_id)
    joined = (
        select(where, func.count())
        .select_from(StudentProfile)
        .join(StudentProfile.account)
        .outerjoin(furthest, furthest.c.student_id == StudentProfile.account_id)
        .outerjoin(placed, placed.c.student_id == StudentProfile.account_id)
        .where(*own)
        .group_by(where)
    )
    counted = {Standing(code): number for code, number in db.session.execute(joined)}
    chosen = [*own, *([where == standing.value] if standing else [])]
    lines = _page(furthest, placed, chosen, limit=limit, offset=offset)
    total = counted.get(standing, 0) if standing else sum(counted.values())
    return Students(lines, total, {each: counted.get(each, 0) for each in Standing})


def _page(
    furthest: Subquery, placed: Subquery, conditions: Sequence[ColumnElement[bool]], *, limit: int, offset: int
) -> list[Line]:
    found, placement = aliased(Application), aliased(Placement)
    rows = db.session.execute(
        select(StudentProfile, _standing(furthest.c.rank, placed.c.placement_id), found, placement)
        .join(StudentProfile.account)
        .outerjoin(furthest, furthest.c.student_id == StudentProfile.account_id)
        .outerjoin(placed, placed.c.student_id == StudentProfile.account_id)
        .outerjoin(found, found.id == furthest.c.application_id)
        .outerjoin(placement, placement.id == placed.c.placement_id)
        .where(*conditions)
        .order_by(Account.display_name, StudentProfile.id)
        .limit(limit)
        .offset(offset)
        .options(
            joinedload(StudentProfile.account),
            joinedload(StudentProfile.programme),
            joinedload(found.offer),
            joinedload(found.municipality),
            joinedload(placement.municipality),
        )
    )
    return [Line(profile, Standing(code), application, placed_at) for profile, code, application, placed_at in rows]


def _furthest(membership: Membership) -> Subquery:
    """Of each student of this school how far, and by which application; of two as far by the last one made.

    Both are packed in one number, so that the database reads each application once and sorts nothing.
    """
    rank = case(*((Application.state == state, number) for state, _, number in _FURTHEST), else_=0)
    packed = func.max(cast(rank, BigInteger) * PACKED + Application.id)
    best = (
        select(Application.student_id, packed.label("best"))
        .where(
            Application.institution_id == membership.organisation_id,
            Application.student_id.is_not(None),
            or_(Application.state.in_(RUNNING), holds_a_place()),
        )
        .group_by(Application.student_id)
        .subquery()
    )
    rank_of, number_of = best.c.best // PACKED, best.c.best % PACKED
    return select(best.c.student_id, rank_of.label("rank"), number_of.label("application_id")).subquery()


def _placed(membership: Membership) -> Subquery:
    """Of each student who is placed here now the placement, however it began; of two the last one made."""
    return (
        select(PlacementPerson.account_id.label("student_id"), func.max(Placement.id).label("placement_id"))
        .join(PlacementPerson.placement)
        .where(
            Placement.institution_id == membership.organisation_id,
            Placement.ended_at.is_(None),
            PlacementPerson.part == Part.STUDENT,
            PlacementPerson.account_id.is_not(None),
        )
        .group_by(PlacementPerson.account_id)
        .subquery()
    )


def _standing(rank: ColumnElement[int], placement_id: ColumnElement[int | None]) -> ColumnElement[str]:
    """What waits for a yes of the school comes first; a placement says more than an application that still runs."""
    (_, approve, highest), *others = _FURTHEST
    return case(
        (rank == highest, approve.value),
        (placement_id.is_not(None), Standing.PLACED.value),
        *((rank == number, standing.value) for _, standing, number in others),
        (StudentProfile.stated_at.is_(None), Standing.INVITED.value),
        else_=Standing.SEARCHING.value,
    )


def _in_care(membership: Membership) -> list[ColumnElement[bool]]:
    own = [StudentProfile.institution_id == membership.organisation_id]
    if membership.faculty_id is not None:
        in_faculty = select(Programme.id).where(Programme.faculty_id == membership.faculty_id)
        own.append(or_(StudentProfile.programme_id.in_(in_faculty), StudentProfile.programme_id.is_(None)))
    return own


def _found_by(search: str) -> list[ColumnElement[bool]]:
    return [Account.display_name.icontains(word, autoescape=True) for word in search.split()[:8]]
