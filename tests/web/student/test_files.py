"""Files a student sends along: checked, kept with the application, shown with the name, forgotten with it."""

import io
from datetime import timedelta

import pytest

from matchmaker.applications import actions
from matchmaker.applications.models import Application, ApplicationFile
from matchmaker.applications.watching import KEPT
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.files.models import StoredFile
from matchmaker.vocabulary import Party, Refusal
from matchmaker.web.security import SHUT_IN
from tests.factories.client import Client
from tests.factories.documents import PDF, docx
from tests.factories.students import MOTIVATION, Campus, campus


def sent(client: Client, here: Campus, *files: tuple[bytes, str]) -> str:
    """The page that answers."""
    path = f"/student/plek/{here.place.reference}/reageren"
    data = {"motivation": MOTIVATION, "files": [(io.BytesIO(content), name) for content, name in files]}
    return client.post(path, data=data, content_type="multipart/form-data", follow_redirects=True).text


def test_student_school_and_municipality_open_the_file(client: Client) -> None:
    here = campus()
    profile = here.student()
    assert "cv.pdf" in sent(client.sign_in(profile.account), here, (PDF, "cv.pdf"))
    made, kept = db.session.query(Application).one(), db.session.query(ApplicationFile).one()
    for person, base in (
        (profile.account, f"/student/reacties/{made.id}"),
        (here.coordinator, f"/school/studenten/reacties/{made.id}"),
        (here.officer, f"/gemeente/studenten/{made.id}"),
    ):
        client.post("/uitloggen")
        client.sign_in(person)
        address = f"{base}/bestand/{kept.file_id}"
        assert address in client.get(base).text
        answer = client.get(address)
        assert (answer.status_code, answer.data) == (200, PDF)
        assert answer.headers["Content-Security-Policy"] == SHUT_IN
        assert client.get(f"{base}/bestand/{kept.file_id + 1}").status_code == 404


def test_a_file_says_who_someone_is_so_it_comes_with_the_name(client: Client) -> None:
    here = campus()
    here.asks(blind_until_talk=True)
    sent(client.sign_in(here.student().account), here, (PDF, "cv Noor Visser.pdf"))
    made, kept = db.session.query(Application).one(), db.session.query(ApplicationFile).one()
    client.post("/uitloggen")
    client.sign_in(here.officer)
    page = client.get(f"/gemeente/studenten/{made.id}").text
    assert "Bestanden ziet u samen met de naam" in page and "cv Noor Visser" not in page
    assert client.get(f"/gemeente/studenten/{made.id}/bestand/{kept.file_id}").status_code == 404
    actions.invite(made, note="Dinsdag om tien?", by=here.officer)
    assert client.get(f"/gemeente/studenten/{made.id}/bestand/{kept.file_id}").status_code == 200


def test_where_no_cv_is_wanted_no_file_can_be_sent(client: Client) -> None:
    here = campus()
    here.asks(no_cv=True)
    client.sign_in(here.student().account)
    page = client.get(f"/student/plek/{here.place.reference}/reageren").text
    assert "Een cv is niet nodig" in page and 'type="file"' not in page
    sent(client, here, (PDF, "cv.pdf"))
    assert db.session.query(StoredFile).count() == 0 and db.session.query(Application).count() == 1


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ", "cv.pdf", "Dit soort bestand nemen wij niet aan"),
        (b"", "leeg.pdf", "Dit bestand is leeg"),
        (docx(word__vbaProject_bin=b"x"), "cv.docx", "In dit bestand zit een programma"),
    ],
    ids=["a program", "nothing", "a macro"],
)
def test_a_file_that_cannot_be_taken_leaves_nothing_half_done(
    client: Client, content: bytes, name: str, words: str
) -> None:
    here = campus()
    client.sign_in(here.student().account)
    page = sent(client, here, (content, name))
    assert words in page and MOTIVATION in page
    assert db.session.query(Application).count() == 0 and db.session.query(StoredFile).count() == 0


def test_files_are_forgotten_with_the_person(client: Client) -> None:
    here = campus()
    sent(client.sign_in(here.student().account), here, (PDF, "cv.pdf"))
    made = db.session.query(Application).one()
    assert db.session.query(StoredFile).count() == 1
    actions.refuse(made, refusal=Refusal.PERIOD, by=here.officer, as_party=Party.MUNICIPALITY)
    actions.forget_applications(now() + KEPT + timedelta(minutes=1))
    assert db.session.query(StoredFile).count() == 0
