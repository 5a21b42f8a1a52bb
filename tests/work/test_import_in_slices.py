"""A file is read in slice by slice: visible to others, and taken up where a dead worker was."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from matchmaker.audit.models import AuditEvent
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.files.actions import keep
from matchmaker.jobs.actions import claim_job
from matchmaker.jobs.models import Job, JobState
from matchmaker.listings.import_export import job as importing
from matchmaker.listings.import_export.job import MATCHING, TASK, queue_import, run_import
from matchmaker.listings.models import Listing
from matchmaker.vocabulary import Side
from matchmaker.worker import Worker
from tests.factories import people

TEXT = "Je telt fietsers bij drie scholen en schrijft een advies voor de wethouder."
FILE = "soort;titel;tekst\n" + "".join(f"stage;Tel mee in straat {number};{TEXT}\n" for number in range(5))


def test_each_slice_is_kept_with_its_progress_and_the_next_worker_goes_on(
    committed_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    town = people.municipality()
    stored = keep(FILE.encode(), name="a.csv", media_type="text/csv", organisation_id=town.id, by=None)
    queue_import(stored, side=Side.OFFER, organisation=town, rows=5, by=None)
    db.session.commit()
    first = claim_job()
    db.session.commit()
    assert first is not None
    dying = run_import(first)
    next(dying)
    db.session.commit()
    next(dying)
    dying.close()
    db.session.rollback()
    half = db.session.query(Job).one()
    assert (half.done, half.total, db.session.query(Listing).count()) == (2, 5, 2)
    assert db.session.query(AuditEvent).filter_by(action="listings.imported").one().details["made"] == 2
    with time_machine.travel(now() + timedelta(minutes=6)):
        Worker().do_all_due()
    whole = db.session.query(Job).filter_by(task=TASK).one()
    event = db.session.query(AuditEvent).filter_by(action="listings.imported").one()
    assert (whole.state, whole.done, whole.result["made"], whole.result["known"]) == (JobState.DONE, 5, 5, 0)
    assert event.details["made"] == 5
    assert {each.import_event_id for each in db.session.query(Listing)} == {event.id}
    assert db.session.query(Job).filter_by(task=MATCHING).one().total == 5
