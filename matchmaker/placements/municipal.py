"""What a municipality keeps for all its placements: recognitions as a training company, and its own checks."""

from datetime import date

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.organisations.models import Desk, Organisation
from matchmaker.placements.models import Recognition
from matchmaker.placements.records import StandardCheck

MOST_CHECKS = 10
LONGEST_COMPANY = 20


def recognitions_of(municipality: Organisation) -> list[Recognition]:
    """Its recognitions as a training company, by qualification."""
    rows = select(Recognition).where(Recognition.municipality_id == municipality.id)
    return list(db.session.scalars(rows.order_by(Recognition.crebo, Recognition.company_id)))


def standard_checks(municipality: Organisation) -> list[StandardCheck]:
    """What a municipality adds to every checklist, oldest first."""
    rows = select(StandardCheck).where(StandardCheck.municipality_id == municipality.id)
    return list(db.session.scalars(rows.order_by(StandardCheck.id)))


def served_by(desk: Desk) -> list[Organisation]:
    """The municipalities a desk works for, by name."""
    rows = select(Organisation).where(Organisation.desk_id == desk.id, Organisation.active)
    found = list(db.session.scalars(rows.order_by(Organisation.name, Organisation.id)))
    return [each for each in found if each.is_municipality]


def keep_recognition(
    municipality: Organisation, *, crebo: str, company_id: str, valid_until: date, by: Account
) -> Recognition:
    """A recognition, or a later end of one that is there. Raises InvalidValue at the field that is wrong."""
    crebo, company_id = crebo.strip(), company_id.strip()
    if not (crebo.isascii() and crebo.isdigit() and len(crebo) == 5):
        raise InvalidValue("crebo", "not_a_crebo")
    if not company_id:
        raise InvalidValue("company_id", "required")
    if len(company_id) > LONGEST_COMPANY:
        raise InvalidValue("company_id", "text_too_long", n=LONGEST_COMPANY)
    if valid_until < today():
        raise InvalidValue("valid_until", "past")
    row = next(
        (each for each in recognitions_of(municipality) if (each.crebo, each.company_id) == (crebo, company_id)), None
    )
    if row is None:
        row = Recognition(municipality=municipality, crebo=crebo, company_id=company_id)
        db.session.add(row)
    row.valid_until = valid_until
    db.session.flush()
    record("recognition.keep", about=row, by=by, organisation=municipality)
    return row


def drop_recognition(municipality: Organisation, recognition_id: int, *, by: Account) -> None:
    """The municipality is not recognised any more; signed placements stay as they are. Raises NotFound."""
    row = next((each for each in recognitions_of(municipality) if each.id == recognition_id), None)
    if row is None:
        raise NotFound("recognition")
    record("recognition.drop", about=row, by=by, organisation=municipality)
    db.session.delete(row)
    db.session.flush()


def add_standard_check(municipality: Organisation, title: str, *, by: Account) -> StandardCheck:
    """Every new placement gets this on its checklist. Raises InvalidValue at `title`."""
    title = title.strip()
    if not title:
        raise InvalidValue("title", "required")
    if len(title) > 160:
        raise InvalidValue("title", "text_too_long", n=160)
    if len(standard_checks(municipality)) >= MOST_CHECKS:
        raise InvalidValue("title", "checklist_full", n=MOST_CHECKS)
    made = StandardCheck(municipality_id=municipality.id, title=title)
    db.session.add(made)
    db.session.flush()
    record("standard_check.add", about=made, by=by, organisation=municipality)
    return made


def drop_standard_check(municipality: Organisation, check_id: int, *, by: Account) -> None:
    """New placements do not get it any more. Raises NotFound."""
    row = next((each for each in standard_checks(municipality) if each.id == check_id), None)
    if row is None:
        raise NotFound("standard check")
    record("standard_check.drop", about=row, by=by, organisation=municipality)
    db.session.delete(row)
    db.session.flush()
