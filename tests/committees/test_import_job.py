"""A long file of committees, written by the worker."""

import pytest

from matchmaker.committees.import_export import job as imports
from matchmaker.committees.import_export.storing import keep_upload
from matchmaker.committees.models import Committee, Seat
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.files.models import StoredFile
from matchmaker.jobs.models import Job
from tests.committees.scenes import Scene, scene
from tests.committees.test_import_export import table

pytestmark = pytest.mark.usefixtures("app")
ROWS = 2 * imports.AT_ONCE + 1


def queued(here: Scene) -> tuple[StoredFile, Job]:
    """A file of as many seats as take three pieces, waiting for the worker."""
    empty = {"naam": "", "mailadres": "", "functie": "", "begin": "", "einde": ""}
    seats = [{**empty, "commissie": f"Raad {each // 20}", "plek": f"Plek {each % 20}"} for each in range(ROWS)]
    content = table(here, *seats)
    [membership] = here.coordinator.memberships
    stored = keep_upload(content, name="raden.csv", organisation=here.school, by=here.coordinator)
    checked = imports.check_upload(stored, membership)
    assert checked.bad == ()
    return stored, imports.queue_import(stored, checked, membership=membership)


def test_it_goes_piece_by_piece_and_the_file_goes_at_the_end() -> None:
    here = scene()
    stored, job = queued(here)
    key = stored.key
    assert [each.done for each in imports.run_import(job)] == [imports.AT_ONCE, 2 * imports.AT_ONCE, ROWS]
    assert job.result == {"made": ROWS, "bad": 0}
    assert db.session.query(Seat).filter(Seat.name.startswith("Plek")).count() == ROWS
    assert db.session.query(StoredFile).filter_by(key=key).count() == 0


def test_whoever_takes_over_goes_on_where_a_dead_worker_was() -> None:
    here = scene()
    _, job = queued(here)
    next(imports.run_import(job))
    db.session.flush()
    list(imports.run_import(job))
    assert job.result == {"made": ROWS, "bad": 0}
    assert db.session.query(Committee).filter(Committee.name.startswith("Raad")).count() == ROWS // 20 + 1
    assert db.session.query(Seat).filter(Seat.name.startswith("Plek")).count() == ROWS


def test_what_became_wrong_meanwhile_is_counted_and_nothing_is_written() -> None:
    here = scene()
    stored, job = queued(here)
    here.programme.faculty.name = "Anders"
    db.session.flush()
    assert list(imports.run_import(job)) == []
    assert job.result == {"made": 0, "bad": ROWS}
    assert db.session.query(Seat).filter(Seat.name.startswith("Plek")).count() == 0
    assert db.session.query(StoredFile).filter_by(id=stored.id).count() == 1


def test_who_left_the_school_reads_nothing_in() -> None:
    here = scene()
    _, job = queued(here)
    [membership] = here.coordinator.memberships
    membership.status = type(membership.status).ENDED
    db.session.flush()
    assert list(imports.run_import(job)) == []
    assert job.result == {"made": 0, "bad": ROWS}


def test_an_import_is_for_who_started_it() -> None:
    here = scene()
    _, job = queued(here)
    assert imports.import_of(job.id, by=here.coordinator) is job
    with pytest.raises(NotFound):
        imports.import_of(job.id, by=scene().coordinator)
