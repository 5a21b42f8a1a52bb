"""Files that go along with a message."""

import io
from collections.abc import Callable

import pytest

from matchmaker.database import db
from matchmaker.delivery import render
from matchmaker.files.models import StoredFile
from matchmaker.files.uploads import check_upload
from matchmaker.mail.models import Letter
from matchmaker.matches.conversation import write_message
from matchmaker.threads.models import Attachment, Message
from matchmaker.vocabulary import Party, Role
from matchmaker.web.security import SHUT_IN
from tests.factories import people
from tests.factories.client import Client
from tests.factories.dates import Meeting, meeting
from tests.factories.documents import PDF, photo
from tests.web.together.test_visitor_dates import asked_without_account


def send(client: Client, there: Meeting, *files: tuple[bytes, str], text: str = "Zie de bijlage.") -> object:
    data = {"text": text, "files": [(io.BytesIO(content), name) for content, name in files]}
    return client.post(f"/samen/{there.match.id}/bericht", data=data, content_type="multipart/form-data")


def test_both_sides_open_a_file_and_no_browser_shows_it_as_a_page(client: Client):
    there = meeting()
    assert send(client.sign_in(there.lecturer), there, (PDF, "lesbrief.pdf")).status_code == 302
    attachment = db.session.query(Attachment).one()
    address = f"/samen/{there.match.id}/bijlage/{attachment.id}"
    client.post("/uitloggen")
    for reader in (there.lecturer, there.officer, there.colleague):
        client.sign_in(reader)
        assert f'href="{address}"' in client.get(f"/samen/{there.match.id}").text
        answer = client.get(address)
        assert (answer.status_code, answer.data, answer.mimetype) == (200, PDF, "application/pdf")
        assert answer.headers["Content-Disposition"] == "attachment; filename=lesbrief.pdf"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == SHUT_IN
        client.post("/uitloggen")
    letter = db.session.query(Letter).filter_by(template="message_posted").first()
    assert "lesbrief.pdf" in render(letter).text


def test_a_file_of_another_match_does_not_exist(client: Client):
    there = meeting()
    send(client.sign_in(there.lecturer), there, (PDF, "lesbrief.pdf"))
    number = db.session.query(Attachment).one().id
    client.post("/uitloggen")
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    assert client.get(f"/samen/{there.match.id}/bijlage/{number}").status_code == 404
    client.post("/uitloggen")
    client.sign_in(there.lecturer)
    assert client.get(f"/samen/{there.match.id}/bijlage/{number + 1}").status_code == 404


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([(b"MZ", "virus.pdf")], "Dit soort bestand nemen wij niet aan"),
        ([(b"", "leeg.pdf")], "Dit bestand is leeg"),
        ([(PDF, "een.pdf"), (b"MZ", "twee.exe")], "Dit soort bestand nemen wij niet aan"),
        ([(PDF, f"{number}.pdf") for number in range(4)], "hoogstens 3 bestanden"),
    ],
)
def test_a_file_that_is_refused_keeps_the_text_and_leaves_nothing(
    client: Client, files: list[tuple[bytes, str]], words: str
):
    there = meeting()
    answer = send(client.sign_in(there.lecturer), there, *files, text="Mijn lange bericht")
    assert answer.status_code == 200
    assert words in answer.text and "Mijn lange bericht" in answer.text
    assert db.session.query(Message).count() == db.session.query(StoredFile).count() == 0


def test_sixty_megabytes_are_refused_in_words(client: Client):
    there = meeting()
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="groot.pdf"\r\n\r\n'
    answer = client.sign_in(there.lecturer).post(
        f"/samen/{there.match.id}/bericht",
        data=head + PDF + b"0" * 60 * 1024 * 1024 + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413
    assert "Dit bestand is te groot" in answer.text


def test_a_photo_alone_says_enough(client: Client):
    there = meeting()
    assert send(client.sign_in(there.lecturer), there, (photo(), "foto.jpg"), text="").status_code == 302
    assert "foto.jpg" in client.get(f"/samen/{there.match.id}").text


@pytest.mark.parametrize("number", [1, 3])
def test_a_thread_asks_as_often_for_one_file_as_for_three(client: Client, count_queries: Callable, number: int):
    there = meeting()
    client.sign_in(there.lecturer)
    for each in range(number):
        send(client, there, (PDF, f"{each}.pdf"))
    db.session.expire_all()
    with count_queries() as queries:
        assert client.get(f"/samen/{there.match.id}").status_code == 200
    assert queries.number == 10


def test_who_asked_without_an_account_sends_and_opens_files_by_link(client: Client):
    match, colleague, path = asked_without_account()
    write_message(
        match, text="Dit neem ik mee.", by=colleague, as_party=Party.COLLEAGUE, files=[check_upload(PDF, "lijst.pdf")]
    )
    number = db.session.query(Attachment).one().id
    assert f"{path}/bijlage/{number}" in client.get(path).text
    assert client.get(f"{path}/bijlage/{number}").data == PDF
    data = {"text": "Route erbij.", "files": [(io.BytesIO(PDF), "route.pdf")]}
    assert client.post(f"{path}/antwoord", data=data, content_type="multipart/form-data").status_code == 302
    assert "route.pdf" in client.get(path).text
    data = {"text": "Route erbij.", "files": [(io.BytesIO(b"MZ"), "route.pdf")]}
    answer = client.post(f"{path}/antwoord", data=data, content_type="multipart/form-data")
    assert "Dit soort bestand nemen wij niet aan" in answer.text and "Route erbij." in answer.text
    assert client.get(f"{path}/bijlage/{number + 99}").status_code == 404
    assert client.get(f"/vraag/onzin/bijlage/{number}").status_code == 410
