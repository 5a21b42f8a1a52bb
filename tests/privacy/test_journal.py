"""What was erased stands in no file of SQLite, the journal beside the database included."""

from pathlib import Path

from flask import Flask

from matchmaker.clock import now
from matchmaker.database import db, empty_journal
from matchmaker.jobs.actions import enqueue
from matchmaker.jobs.models import Job, JobState
from matchmaker.scheduled import ERASE_ACCOUNT, PERIODIC
from matchmaker.vocabulary import Role
from matchmaker.worker import Worker
from tests.factories import people

MARK = "Xanthippe Merkwaardig"


def found_in() -> list[str]:
    path = str(db.engine.url.database)
    files = [Path(path + ending) for ending in ("", "-wal")]
    return [each.name for each in files if each.exists() and MARK.encode() in each.read_bytes()]


def test_a_name_is_in_no_file_once_the_worker_erased_its_account(committed_app: Flask) -> None:
    person = people.member(Role.LECTURER, people.institution())
    person.display_name = MARK
    db.session.commit()
    assert found_in()
    enqueue(ERASE_ACCOUNT, by=person, account=person.id)
    db.session.commit()
    Worker()._run_job()
    assert db.session.query(Job).one().state is JobState.DONE
    db.session.rollback()
    assert found_in() == []


def test_who_reads_keeps_the_journal_for_a_moment_and_it_is_emptied_within_the_hour(committed_app: Flask) -> None:
    person = people.member(Role.LECTURER, people.institution())
    db.session.commit()
    with db.engine.connect() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM accounts").all()
        person.display_name = MARK
        reader.rollback()
        db.session.commit()
        reader.exec_driver_sql("SELECT count(*) FROM accounts").all()
        assert not empty_journal()
    person.display_name = "Anders"
    db.session.commit()
    assert found_in()
    task = next(each for each in PERIODIC if each.name == "empty_journal")
    assert Worker()._run_periodic(task) and task.period(now()) is not None
    assert found_in() == []
