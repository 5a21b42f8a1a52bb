"""Rows that are right become committees, seats and terms, all of them or none."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.committees.actions import save_committee, save_seat
from matchmaker.committees.filling import Person, note_past_term, seat_member
from matchmaker.committees.import_export.reading import Checked, SeatRow
from matchmaker.committees.models import Committee, Seat
from matchmaker.database import db
from matchmaker.errors import InvalidMove, NotFound
from matchmaker.files.actions import forget, keep
from matchmaker.files.models import StoredFile
from matchmaker.files.room import check_room
from matchmaker.listings.import_export.sheets import read_sheet
from matchmaker.organisations.models import Organisation
from matchmaker.reference import fold

MEDIA = "application/x-committees"
"""How a file of committees is known among the files: it holds names, so it goes once it was read or after a day."""
UPLOAD_KEPT = timedelta(days=1)


def keep_upload(content: bytes, *, name: str, organisation: Organisation, by: Account) -> StoredFile:
    """Keep a file to look at and read in later; nothing of it is written yet. Raises InvalidValue for no table."""
    check_room(len(content), by=by, field="file")
    read_sheet(content, name)
    stored = keep(content, name=name, media_type=MEDIA, organisation_id=organisation.id, by=by)
    record("committees.file_uploaded", about=stored, by=by, organisation=organisation)
    return stored


def upload_of(file_id: int, *, by: Account) -> StoredFile:
    """A file of committees this person chose; raises NotFound."""
    found = db.session.get(StoredFile, file_id)
    if found is None or found.media_type != MEDIA or found.created_by_id != by.id:
        raise NotFound("file")
    return found


def write(checked: Checked, *, there: Sequence[Committee], organisation: Organisation, by: Account) -> int:
    """Write every row that is new, in the caller's transaction; returns how many. Raises InvalidMove with a bad row."""
    if checked.bad:
        raise InvalidMove(state="bad_rows", action="import")
    committees = {fold(each.name): each for each in there if each.closed_at is None}
    for row in checked.new:
        committee = committees.get(fold(row.values["committee"]))
        if committee is None:
            committee = committees[fold(row.values["committee"])] = _committee(row, by=by)
        _fill(_seat(committee, row, by=by), row, by=by)
    record("committees.imported", about=organisation, by=by, organisation=organisation, made=len(checked.new))
    return len(checked.new)


def forget_uploads(moment: datetime) -> int:
    """Files that were chosen and never read in; returns how many."""
    found = db.session.scalars(
        select(StoredFile)
        .where(StoredFile.media_type == MEDIA, StoredFile.created_at < moment - UPLOAD_KEPT)
        .order_by(StoredFile.id)
    ).all()
    for stored in found:
        forget(stored)
    return len(found)


def _committee(row: SeatRow, *, by: Account) -> Committee:
    names = ("faculty", "programme", "kind", "purpose", "term_years", "renewals", "meetings_per_year")
    given = {name: row.values[name] for name in names}
    return save_committee(None, name=row.values["committee"], owner=by, by=by, **given)


def _seat(committee: Committee, row: SeatRow, *, by: Account) -> Seat:
    values = row.values
    found = next((each for each in committee.standing if fold(each.name) == fold(values["seat"])), None)
    profile = {name: values[name] for name in ("work_field", "size", "level", "profile")}
    return found or save_seat(None, committee=committee, name=values["seat"], by=by, **profile)


def _fill(seat: Seat, row: SeatRow, *, by: Account) -> None:
    values = row.values
    if not values["name"]:
        return
    person = Person(**{name: values[name] for name in Person.__dataclass_fields__})
    fill = note_past_term if row.is_past else seat_member
    fill(seat, person, starts_on=values["starts_on"], ends_on=values["ends_on"], by=by)
