"""The background work of an import: read the kept file again; when every row is right, write them slice by slice."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.audit.models import AuditEvent
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.files.actions import keep, read
from matchmaker.files.models import StoredFile
from matchmaker.files.room import check_room
from matchmaker.jobs.actions import advance, enqueue, report_progress
from matchmaker.jobs.models import Job
from matchmaker.listings.import_export.collecting import collector_waits
from matchmaker.listings.import_export.importing import Checked, check_sheet, fingerprint_of
from matchmaker.listings.import_export.rows import Row
from matchmaker.listings.import_export.sheets import read_sheet
from matchmaker.listings.import_export.storing import AT_ONCE, Store
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Side

TASK = "import_listings"
MATCHING = "match_imported"
"""Looking who fits each row that was read in: work of its own, so that reading in holds the database but shortly."""


def keep_upload(content: bytes, *, name: str, organisation: Organisation, by: Account | None) -> StoredFile:
    """Keep a file to look at and read in later; nothing of it is placed yet. Raises InvalidValue for no table."""
    check_room(len(content), by=by, field="file")
    read_sheet(content, name)
    stored = keep(content, name=name, media_type="application/octet-stream", organisation_id=organisation.id, by=by)
    record("listings.file_uploaded", about=stored, by=by, organisation=organisation)
    return stored


def file_for(file_id: int, organisation: Organisation) -> StoredFile:
    """A file this organisation uploaded; raises NotFound."""
    found = db.session.get(StoredFile, file_id)
    if found is None or found.organisation_id != organisation.id:
        raise NotFound("file")
    return found


def import_for(job_id: int, organisation: Organisation) -> Job:
    """An import of this organisation, or the looking for matches after one; raises NotFound."""
    found = db.session.get(Job, job_id)
    if found is None or found.task not in {TASK, MATCHING} or found.organisation_id != organisation.id:
        raise NotFound("job")
    return found


def check_file(stored: StoredFile, *, side: Side, organisation: Organisation) -> Checked:
    """What a kept file holds for an organisation; raises InvalidValue when it is no table."""
    content = read(stored)
    sheet = read_sheet(content, stored.name)
    return check_sheet(sheet, side=side, fingerprint=fingerprint_of(content), organisation=organisation)


def queue_import(stored: StoredFile, *, side: Side, organisation: Organisation, rows: int, by: Account | None) -> Job:
    """Have the worker write the rows of a file that was looked at and found right."""
    return enqueue(
        TASK,
        by=by,
        organisation_id=organisation.id,
        total=rows,
        file_id=stored.id,
        side=side.value,
    )


def run_import(job: Job) -> Iterator[Job]:
    """Write the rows of the file: yields after each slice, which the caller then commits, so that everyone sees how
    far it is and others can write in between. Whoever takes over goes on where a dead worker was: what is there
    already is known by its import key.

    Looking who fits the rows takes longer and is queued as work of its own, with its own progress. A file that has
    become wrong since it was looked at writes nothing more: `job.result` then counts the bad rows. Raises InvalidMove
    when another process went on with the same job.
    """
    stored = db.session.get_one(StoredFile, job.values["file_id"])
    organisation = db.session.get_one(Organisation, job.organisation_id)
    by = db.session.get(Account, job.created_by_id) if job.created_by_id else None
    side = Side(job.values["side"])
    checked = check_file(stored, side=side, organisation=organisation)
    if checked.bad:
        job.result = {**job.result, "bad": len(checked.bad), "made": job.done, "known": 0}
        return
    known, job.total = len(checked.rows) - len(checked.new) - job.done, job.done + len(checked.new)
    event = _event_of(job, checked, by=by, organisation=organisation)
    for piece, made in write_slices(checked.new, side=side, by=by, event=event):
        advance(job, since=job.done, done=job.done + len(piece))
        known += len(piece) - len(made)
        yield job
    _finish(job, event, by=by, known=known)


def write_slices(
    rows: Sequence[Row], *, side: Side, by: Account | None, event: AuditEvent, analyse: bool = True
) -> Iterator[tuple[Sequence[Row], list[int]]]:
    """Write checked rows: yields each slice, with the numbers of what is new, for the caller to commit.

    `event` counts with every slice, in the same transaction.
    """
    store = Store(rows, side=side, by=by, event=event, analyse=analyse)
    with collector_waits():
        for first in range(0, len(rows), AT_ONCE):
            piece = rows[first : first + AT_ONCE]
            made = store.write(piece)
            event.details = {**event.details, "made": event.details["made"] + len(made)}
            yield piece, made


def note_import(
    checked: Checked, *, about: Job | Organisation, by: Account | None, organisation: Organisation | None
) -> AuditEvent:
    """The one line in the log for an import, to which every row of it points."""
    event = record(
        "listings.imported", about=about, by=by, organisation=organisation, fingerprint=checked.fingerprint, made=0
    )
    db.session.flush()
    return event


def imported_with(event_id: int) -> Sequence[int]:
    """The numbers of the listings an import made, in the order of its rows."""
    rows = select(Listing.id).where(Listing.import_event_id == event_id).order_by(Listing.id)
    return db.session.scalars(rows).all()


def _event_of(job: Job, checked: Checked, *, by: Account | None, organisation: Organisation) -> AuditEvent:
    """The line in the log of this import; the first slice writes it."""
    if "event" in job.result:
        return db.session.get_one(AuditEvent, job.result["event"])
    event = note_import(checked, about=job, by=by, organisation=organisation)
    job.result = {"event": event.id}
    return event


def _finish(job: Job, event: AuditEvent, *, by: Account | None, known: int) -> None:
    numbers = list(imported_with(event.id))
    following = enqueue(
        MATCHING, by=by, organisation_id=job.organisation_id, total=len(numbers), listings=numbers, import_id=job.id
    )
    outcome: dict[str, Any] = {"bad": 0, "made": len(numbers), "known": known, "matching": following.id}
    job.result = {**job.result, **outcome}


def matching_of(job: Job) -> Job | None:
    """The looking for matches that follows an import; None when nothing was read in."""
    number = job.result.get("matching")
    return db.session.get(Job, number) if number else None


def still_to_match(job: Job) -> Iterator[Listing]:
    """The rows for which nobody was looked for yet, in order; each counts as done in the transaction that does it.

    Whoever takes over from a worker that died goes on where that one was.
    """
    for done, number in enumerate(job.values["listings"][job.done :], job.done + 1):
        report_progress(job, done)
        listing = db.session.get(Listing, number)
        if listing is not None:
            yield listing
