"""A copy of one's own data holds all that is theirs and nothing of another's: a mark in every column tells."""

import io
import json
import re
import zipfile

import pytest
from flask import Flask, current_app

from matchmaker.accounts.models import Account
from matchmaker.classification import What
from matchmaker.clock import now, pretending
from matchmaker.database import Code, db
from matchmaker.documents.my_data import render_my_data
from matchmaker.files.actions import keep
from matchmaker.files.models import StoredFile
from matchmaker.jobs.models import Job
from matchmaker.privacy.exporting import TASK, forget_exports, packed
from matchmaker.privacy.models import DataExport
from matchmaker.privacy.owners import UNTRACEABLE
from matchmaker.privacy.registry import class_of, columns_of_people
from matchmaker.scheduled import HANDLERS
from matchmaker.threads.models import Attachment, Message
from matchmaker.words.my_data import column_name, table_name
from matchmaker.words.my_data_values import code_text, value_text
from tests.factories import people
from tests.factories.client import Client
from tests.factories.marked import Marked

DIGESTS = {"sign_in_attempts.account_key", "sign_in_attempts.address_key", "door_uses.network_key"}


def secrets() -> set[str]:
    return {f"{each.table.name}.{each.name}" for each in columns_of_people() if class_of(each).what is What.SECRET}


@pytest.fixture
def two(app: Flask) -> tuple[Marked, Marked]:
    return Marked("Noor").fill(), Marked("Sem").fill()


def unpacked(of: Marked) -> dict[str, str]:
    with current_app.test_request_context():
        content = packed(db.session.get_one(Account, of.rows["accounts"]), render_my_data)
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        return {name: pack.read(name).decode() for name in pack.namelist()}


def test_it_holds_every_mark_of_one_and_none_of_the_other(two: tuple[Marked, Marked]) -> None:
    one, other = two
    untold = secrets() | DIGESTS
    for mine, theirs in ((one, other), (other, one)):
        parts = unpacked(mine)
        for name in ("gegevens.json", "lees-mij.html"):
            told = {mark for mark in mine.all_marks() | theirs.all_marks() if mark in parts[name]}
            assert {column for column, marks in mine.marks.items() if not told.issuperset(marks)} <= untold
            assert told & theirs.all_marks() == set()
            assert [column for column in secrets() & mine.marks.keys() if told.intersection(mine.marks[column])] == []
    assert len(one.marks) > 100


def test_a_new_column_of_a_person_is_in_it_by_itself(two: tuple[Marked, Marked]) -> None:
    """Every column of a person that is not an own key, and not untraceable, is a value in some line."""
    one, _ = two
    tables = json.loads(unpacked(one)["gegevens.json"])
    missing = [
        f"{column.table.name}.{column.name}"
        for column in columns_of_people()
        if column.table.name not in {"door_uses", "sign_in_attempts"}
        and not any(column.name in line for line in tables.get(column.table.name, []))
    ]
    assert missing == []


def test_own_files_are_in_it_and_those_of_others_are_not(two: tuple[Marked, Marked]) -> None:
    one, other = two
    for each in two:
        file = keep(each.letters.encode(), name="brief.txt", media_type="text/plain", organisation_id=None, by=None)
        message = db.session.get_one(Message, each.rows["messages"])
        db.session.add(Attachment(message_id=message.id, file_id=file.id))
    db.session.flush()
    files = [text for name, text in unpacked(one).items() if name.startswith("bestanden/")]
    assert files == [one.letters]


def test_someone_asks_waits_fetches_and_after_a_week_it_is_gone(app: Flask, client: Client) -> None:
    person, other = people.account(), people.account()
    client.sign_in(person)
    assert "Maak een kopie" in client.get("/account/gegevens").text
    assert client.post("/account/gegevens/kopie").status_code == 302
    assert client.post("/account/gegevens/kopie").status_code == 302
    job = db.session.query(Job).filter_by(task=TASK).one()
    assert "Wij maken uw kopie" in client.get("/account/gegevens").text
    with app.test_request_context():
        HANDLERS[TASK](job)
        db.session.commit()
    asked = db.session.query(DataExport).one()
    address = f"/account/gegevens/kopie/{asked.id}"
    answer = client.get(address)
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as pack:
        assert person.email in pack.read("gegevens.json").decode()
    client.post("/uitloggen")
    client.sign_in(other)
    assert client.get(address).status_code == 404
    number = asked.file_id
    assert forget_exports(now()) == 0
    with pretending(asked.until):
        assert forget_exports(asked.until + (asked.until - asked.asked_at)) == 1
    assert db.session.get(StoredFile, number) is None


def test_the_page_says_moments_days_and_codes_in_words(two: tuple[Marked, Marked]) -> None:
    one, _ = two
    page = unpacked(one)["lees-mij.html"]
    assert re.findall(r"\d{4}-\d\d-\d\d(?:T|<)", page) == []
    assert "vrijdag 1 maart 2024, 1.00 uur" in page and "vrijdag 1 maart 2024<" in page
    assert [code for code in ("active", "password", "awaiting_school") if f"<td>{code}</td>" in page] == []


def test_every_code_that_someone_reads_has_words(app: Flask) -> None:
    lists = {each.type.members for each in columns_of_people() if isinstance(each.type, Code)}
    with app.test_request_context():
        assert [code for codes in lists for code in codes if not code_text(code)] == []


def test_an_event_is_a_sentence_and_what_it_was_about_a_word(app: Flask) -> None:
    with app.test_request_context():
        said = [value_text("action", "privacy.erased"), value_text("object_kind", "Membership")]
        assert (said[0] != "privacy.erased", said[1]) == (True, "Rol van iemand")
        assert value_text("opened_with", "link") == "met een link uit een mail"


def test_every_table_and_column_that_someone_reads_has_words(app: Flask) -> None:
    with app.test_request_context():
        columns = [each for each in columns_of_people() if each.table.name not in UNTRACEABLE]
        assert {each.table.name for each in columns if table_name(each.table.name) == each.table.name} == set()
        assert {each.name for each in columns if column_name(each.name) == each.name} == set()
