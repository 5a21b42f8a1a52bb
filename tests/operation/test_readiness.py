"""Each part says whether it is ready."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from config import ROOT
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.jobs.models import PeriodicRun
from matchmaker.jobs.periods import claim_period
from matchmaker.mail.models import Letter, Topic
from matchmaker.operation.readiness import LONGEST_SILENCE, LONGEST_WAIT, NEEDED, Part, is_ready, readiness


def asked(app: Flask) -> dict[Part, bool]:
    return readiness(files=app.extensions["settings"].files_folder, migrations=ROOT / "migrations")


def test_without_a_worker_a_server_is_ready_and_says_so(app: Flask) -> None:
    found = asked(app)
    always = set(Part) - {Part.SCANNER, Part.PASSWORDS}
    assert found == {part: part is not Part.WORKER for part in always}
    assert is_ready(found)


def test_a_worker_that_claims_is_seen_and_one_that_fell_silent_too(app: Flask) -> None:
    assert claim_period("take_mail", "now")
    assert asked(app)[Part.WORKER]
    db.session.query(PeriodicRun).update({"at": now() - LONGEST_SILENCE - timedelta(seconds=1)})
    assert not asked(app)[Part.WORKER]


def test_a_letter_that_does_not_leave_is_seen(app: Flask) -> None:
    letter = Letter(template="x", topic=Topic.ACCOUNT, message_id="<1@x>")
    db.session.add(letter)
    db.session.flush()
    assert asked(app)[Part.LETTERS]
    letter.next_attempt_at = now() - LONGEST_WAIT - timedelta(seconds=1)
    db.session.flush()
    assert not asked(app)[Part.LETTERS]


def test_an_older_database_is_not_ready(app: Flask) -> None:
    db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    found = asked(app)
    assert not found[Part.MIGRATIONS] and not is_ready(found)


def test_a_folder_that_is_gone_is_not_ready(app: Flask, tmp_path: Path) -> None:
    found = readiness(files=tmp_path / "gone", migrations=ROOT / "migrations")
    assert not found[Part.FILES] and not is_ready(found)


def test_a_file_of_passwords_is_a_part_where_it_is_set_and_a_server_goes_on_without(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "pwned.txt"
    for there in (False, True):
        if there:
            file.write_text("0" * 40 + ":1\n")
        found = readiness(files=tmp_path, migrations=ROOT / "migrations", passwords=str(file))
        assert found[Part.PASSWORDS] is there and is_ready(found)


@pytest.mark.parametrize("part", sorted(NEEDED))
def test_each_needed_part_counts(part: Part) -> None:
    assert is_ready(dict.fromkeys(Part, True))
    assert not is_ready({**dict.fromkeys(Part, True), part: False})
