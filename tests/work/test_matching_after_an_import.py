"""After an import who fits is looked for row by row: visible to others, and taken up where a dead worker was."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from matchmaker import scheduled
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.jobs.actions import claim_job, enqueue
from matchmaker.jobs.models import Job, JobState
from matchmaker.listings.import_export.job import MATCHING
from matchmaker.listings.models import Listing
from matchmaker.matches.models import Match
from matchmaker.matches.proposing import propose_for
from matchmaker.worker import Worker
from tests.factories import listings, people


def test_each_row_is_kept_with_its_progress_and_the_next_worker_goes_on(
    committed_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, school = people.municipality(), people.institution()
    listings.need(school, levels=["hbo_bachelor"], work_fields=["W15"])
    made = [listings.offer(town, levels=["hbo_bachelor"], work_fields=["W15"]) for _ in range(3)]
    enqueue(MATCHING, by=None, total=3, listings=[each.id for each in made], import_id=0)
    db.session.commit()
    asked: list[int] = []

    def dies_at_the_third(listing: Listing) -> None:
        asked.append(listing.id)
        if len(asked) == 3:
            raise KeyboardInterrupt
        propose_for(listing)

    monkeypatch.setattr(scheduled, "propose_for", dies_at_the_third)
    job = claim_job()
    db.session.commit()
    assert job is not None
    with pytest.raises(KeyboardInterrupt):
        scheduled.match_imported(job)
    db.session.rollback()
    assert db.session.query(Job).one().done == 2
    assert db.session.query(Match).count() == 2
    with time_machine.travel(now() + timedelta(minutes=6)):
        Worker().do_all_due()
    job = db.session.query(Job).filter_by(task=MATCHING).one()
    assert (job.state, job.done, len(asked)) == (JobState.DONE, 3, 4)
    assert db.session.query(Match).count() == 3
