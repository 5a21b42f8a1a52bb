"""Teams of a municipality or region; faculties and programmes of a school."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import ColumnElement, exists, func, or_, select

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.database import Base, db
from matchmaker.errors import InvalidValue
from matchmaker.organisations.models import Faculty, Organisation, Programme, Team
from matchmaker.reference import study_field, work_field

Part = TypeVar("Part", Team, Faculty, Programme)


def save_team(team: Team | None, *, organisation: Organisation, name: str, work_fields: list[str], by: Account) -> Team:
    """Make or change a team and the fields of work it covers."""
    for code in work_fields:
        _check_code(work_field, code, "work_fields")
    saved = team or Team(organisation_id=organisation.id)
    _check_free(Team.organisation_id == organisation.id, name, saved)
    saved.name, saved.work_fields = name, sorted(work_fields)
    return _keep(saved, "team", organisation, by=by)


def save_faculty(faculty: Faculty | None, *, organisation: Organisation, name: str, by: Account) -> Faculty:
    """Make or change a faculty, academy or college."""
    saved = faculty or Faculty(organisation_id=organisation.id)
    _check_free(Faculty.organisation_id == organisation.id, name, saved)
    saved.name = name
    return _keep(saved, "faculty", organisation, by=by)


def save_programme(
    programme: Programme | None, *, faculty: Faculty, name: str, levels: list[str], isced: str, by: Account
) -> Programme:
    """Make or change a programme of study; `isced` is the detailed field, empty when none fits."""
    if isced:
        _check_code(study_field, isced, "isced")
    saved = programme or Programme(faculty_id=faculty.id)
    _check_free(Programme.faculty_id == faculty.id, name, saved)
    saved.name, saved.levels, saved.isced = name, levels, isced
    return _keep(saved, "programme", faculty.organisation, by=by)


def remove_part(part: Team | Faculty | Programme, *, organisation: Organisation, by: Account) -> None:
    """Remove what nobody uses; raises InvalidValue at `part` when anything hangs on it, in whatever state."""
    if _is_used(part):
        raise InvalidValue("part", "in_use")
    record(f"remove_{type(part).__name__.lower()}", about=part, by=by, organisation=organisation, name=part.name)
    db.session.delete(part)
    db.session.flush()


def _is_used(part: Team | Faculty | Programme) -> bool:
    """Whether a row of any table points to it; what is removed together with it does not count."""
    pointing = [
        exists().where(key.parent == part.id)
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is part.__table__ and key.ondelete != "CASCADE"
    ]
    return bool(db.session.scalar(select(or_(*pointing))))


def _check_code(lookup: Callable[[str], object], code: str, field: str) -> None:
    try:
        lookup(code)
    except KeyError:
        raise InvalidValue(field, "unknown_code") from None


def _check_free(within: ColumnElement[bool], name: str, saved: Part) -> None:
    """Two parts of one whole do not share a name, capitals or not."""
    model = type(saved)
    with db.session.no_autoflush:
        found = set(db.session.scalars(select(model.id).where(within, func.lower(model.name) == name.lower())))
    if found - {saved.id}:
        raise InvalidValue("name", "taken")


def _keep(part: Part, kind: str, organisation: Organisation, *, by: Account) -> Part:
    is_new = part.id is None
    db.session.add(part)
    db.session.flush()
    record(f"{'add' if is_new else 'change'}_{kind}", about=part, by=by, organisation=organisation)
    return part
