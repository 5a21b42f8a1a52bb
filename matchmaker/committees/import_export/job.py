"""The work of a long import: read the kept file again; when every row is right, write them piece by piece."""

from collections.abc import Iterator

from matchmaker.accounts.models import Account
from matchmaker.committees.import_export.reading import Checked, check_sheet
from matchmaker.committees.import_export.storing import upload_of, write
from matchmaker.committees.queries import KEEPERS, kept_committees, kept_faculties
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.files.actions import forget, read
from matchmaker.files.models import StoredFile
from matchmaker.jobs.actions import advance, enqueue
from matchmaker.jobs.models import Job
from matchmaker.listings.import_export.sheets import read_sheet
from matchmaker.organisations.models import Membership

TASK = "import_committees"
AT_ONCE = 100
"""So many rows are kept together; others can write in between."""


def check_upload(stored: StoredFile, membership: Membership) -> Checked:
    """What a kept file holds for someone who keeps committees. Raises InvalidValue when it is no table."""
    return check_sheet(
        read_sheet(read(stored), stored.name),
        faculties=membership.organisation.faculties,
        kept={each.id for each in kept_faculties(membership)},
        there=kept_committees(membership),
    )


def queue_import(stored: StoredFile, checked: Checked, *, membership: Membership) -> Job:
    """Have the worker write the rows of a file that was looked at and found right, as whoever sent it."""
    return enqueue(
        TASK,
        by=membership.account,
        organisation_id=membership.organisation_id,
        total=len(checked.new),
        file_id=stored.id,
        membership_id=membership.id,
    )


def import_of(job_id: int, *, by: Account) -> Job:
    """An import that this person started; raises NotFound."""
    found = db.session.get(Job, job_id)
    if found is None or found.task != TASK or found.created_by_id != by.id:
        raise NotFound("job")
    return found


def run_import(job: Job) -> Iterator[Job]:
    """Write the rows of the file: yields after each piece, which the caller then commits. Whoever takes over from a
    worker that died goes on where that one was: what is there already is left out.

    Rows that became wrong since the file was looked at stop it before anything more is written: `job.result` then
    counts them, and the file stays to look at. Raises InvalidMove when another process went on with the same job.
    """
    membership = db.session.get(Membership, job.values["membership_id"])
    if membership is None or not membership.is_active or membership.role not in KEEPERS:
        job.result = {**job.result, "made": job.done, "bad": job.total - job.done}
        return
    stored = upload_of(job.values["file_id"], by=membership.account)
    checked = check_upload(stored, membership)
    if checked.bad:
        job.result = {**job.result, "made": job.done, "bad": len(checked.bad)}
        return
    rows = checked.new
    job.total = job.done + len(rows)
    for first in range(0, len(rows), AT_ONCE):
        piece = Checked(rows[first : first + AT_ONCE], ())
        there = kept_committees(membership)
        write(piece, there=there, organisation=membership.organisation, by=membership.account)
        advance(job, since=job.done, done=job.done + len(piece.rows))
        yield job
    forget(stored)
    job.result = {**job.result, "made": job.done, "bad": 0}
