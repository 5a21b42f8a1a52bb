"""What comes in within a day is bounded, for a person and for all who act from a link; the disk keeps some room."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.files import room
from matchmaker.files.models import StoredFile
from matchmaker.files.uploads import check_uploads
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.web.together.test_attachments import PDF, meeting, send


def handed_in(size: int, *, by: int | None) -> None:
    """A row as large as `size` says; its bytes are not needed."""
    key = f"{size}-{by}-{db.session.query(StoredFile).count()}"
    db.session.add(
        StoredFile(key=key, name="x.pdf", media_type="application/pdf", size=size, sha256="0", created_by_id=by)
    )
    db.session.flush()


@pytest.mark.parametrize("named", [True, False], ids=["a person", "from a link"])
def test_a_day_has_a_quota_that_is_free_again_the_next(app: Flask, named: bool) -> None:
    person = people.member(Role.LECTURER, people.institution()) if named else None
    most = room.MOST_OF_ONE if named else room.MOST_WITHOUT_ACCOUNT
    handed_in(most - len(PDF), by=person.id if person else None)
    assert check_uploads([(PDF, "een.pdf")], by=person)
    handed_in(1, by=person.id if person else None)
    with pytest.raises(InvalidValue) as refused:
        check_uploads([(PDF, "een.pdf")], by=person)
    assert (refused.value.field, refused.value.reason) == ("files", "quota_of_day")
    other = people.member(Role.LECTURER, people.institution())
    assert check_uploads([(PDF, "een.pdf")], by=other)
    with time_machine.travel(now() + timedelta(days=1, minutes=1), tick=False):
        assert check_uploads([(PDF, "een.pdf")], by=person)


def test_the_last_of_the_disk_is_not_for_files(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LEAST_FREE", 2**62)
    with pytest.raises(InvalidValue) as refused:
        check_uploads([(PDF, "een.pdf")], by=None)
    assert refused.value.reason == "no_room"


def test_the_page_says_so_beside_the_field_and_keeps_the_text(client: Client) -> None:
    there = meeting()
    client.sign_in(there.lecturer)
    handed_in(room.MOST_OF_ONE, by=there.lecturer.id)
    answer = send(client, there, (PDF, "een.pdf"), text="Hier is het programma.")
    assert answer.status_code == 200
    assert "Er kan hoogstens 200 MB per dag bij." in answer.text
    assert "Hier is het programma." in answer.text
    assert db.session.query(StoredFile).filter_by(name="een.pdf").count() == 0
