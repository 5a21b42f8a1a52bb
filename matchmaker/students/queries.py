"""Questions about students and what programmes ask. Only a student and the school of that student get an answer."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.organisations.models import Faculty, Membership, Programme
from matchmaker.students.models import ProgrammeRules, StudentProfile


def profile_of(account: Account) -> StudentProfile | None:
    """The profile of this student, with programme and faculty; None before there is one."""
    return db.session.scalar(
        select(StudentProfile)
        .where(StudentProfile.account_id == account.id)
        .options(
            joinedload(StudentProfile.institution),
            joinedload(StudentProfile.programme).joinedload(Programme.faculty),
        )
    )


def rules_of(programme: Programme) -> ProgrammeRules:
    """What a programme asks; where nobody said anything, rows with every answer no that are not stored."""
    return db.session.get(ProgrammeRules, programme.id) or ProgrammeRules(
        programme_id=programme.id,
        no_cv=False,
        no_talk=False,
        school_approves=False,
        blind_until_talk=False,
        time_kept=None,
        version=0,
    )


def programmes_in_care(membership: Membership) -> Sequence[Programme]:
    """The programmes a coordinator looks after: those of the own faculty, or of the whole school, by name."""
    query = select(Programme).join(Programme.faculty).where(Faculty.organisation_id == membership.organisation_id)
    if membership.faculty_id is not None:
        query = query.where(Faculty.id == membership.faculty_id)
    return db.session.scalars(query.order_by(Programme.name, Programme.id).options(joinedload(Programme.faculty))).all()


def programme_in_care(membership: Membership, programme_id: int) -> Programme:
    """One of those; raises NotFound for any other."""
    found = next((each for each in programmes_in_care(membership) if each.id == programme_id), None)
    if found is None:
        raise NotFound("programme")
    return found
