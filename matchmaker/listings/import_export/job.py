"""The background work of an import: read the kept file again, then write every row or none."""

from collections.abc import Iterator

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.files.actions import keep, read
from matchmaker.files.models import StoredFile
from matchmaker.jobs.actions import enqueue, report_progress
from matchmaker.jobs.models import Job
from matchmaker.listings.import_export.importing import Checked, check_sheet, fingerprint_of, write_rows
from matchmaker.listings.import_export.sheets import read_sheet
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Side

TASK = "import_listings"
MATCHING = "match_imported"
"""Looking who fits each row that was read in: work of its own, so that reading in holds the database but shortly."""


def keep_upload(content: bytes, *, name: str, organisation: Organisation, by: Account | None) -> StoredFile:
    """Keep a file to look at and read in later; nothing of it is placed yet. Raises InvalidValue for no table."""
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


def run_import(job: Job) -> list[Listing]:
    """Write the rows of the file; all in one transaction, which the worker commits. Returns what is new.

    Nobody can see how far that is before it is done. Looking who fits the rows takes longer and is queued as work of
    its own, with its own progress. A file that has become wrong since it was looked at writes nothing: `job.result`
    then counts the bad rows.
    """
    stored = db.session.get_one(StoredFile, job.values["file_id"])
    organisation = db.session.get_one(Organisation, job.organisation_id)
    by = db.session.get(Account, job.created_by_id) if job.created_by_id else None
    side = Side(job.values["side"])
    checked = check_file(stored, side=side, organisation=organisation)
    if checked.bad:
        job.result = {"bad": len(checked.bad), "made": 0, "known": 0}
        return []
    made = write_rows(checked, side=side, by=by)
    note_import(checked, made, about=job, by=by, organisation=organisation)
    known = len(checked.rows) - len(made)
    numbers = [each.id for each in made]
    following = enqueue(
        MATCHING, by=by, organisation_id=organisation.id, total=len(made), listings=numbers, import_id=job.id
    )
    job.done = len(made)
    job.result = {"bad": 0, "made": len(made), "known": known, "listings": numbers, "matching": following.id}
    return made


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


def note_import(
    checked: Checked,
    made: list[Listing],
    *,
    about: Job | Listing,
    by: Account | None,
    organisation: Organisation | None,
) -> None:
    """One line in the log for the whole import; every row points to it by the fingerprint in its import key."""
    record(
        "listings.imported",
        about=about,
        by=by,
        organisation=organisation,
        fingerprint=checked.fingerprint,
        made=len(made),
        references=[listing.reference for listing in made],
    )
