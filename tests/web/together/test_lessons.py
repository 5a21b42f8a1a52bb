"""A lecture beside its date: files, more dates, how it went."""

import io
from collections.abc import Callable

import pytest

from matchmaker.database import db
from matchmaker.matches.states import State
from matchmaker.sessions.actions import look_back
from matchmaker.sessions.models import Session, SessionMaterial
from matchmaker.vocabulary import Party, Role
from matchmaker.web.security import SHUT_IN
from tests.factories import people
from tests.factories.client import Client
from tests.factories.dates import Meeting, moment
from tests.factories.documents import PDF
from tests.sessions.scenes import FELL_THROUGH, WENT_WELL, after, lecture

TOLD = {"held": "yes", "students": "24", "fit": "well", "again": "yes", "note": "Mooie groep"}


def add(client: Client, there: Meeting, name: str = "slides.pdf", content: bytes = PDF) -> object:
    return client.post(
        f"/samen/{there.match.id}/materiaal",
        data={"files": [(io.BytesIO(content), name)]},
        content_type="multipart/form-data",
    )


def test_both_sides_open_the_files_and_each_takes_away_its_own(client: Client):
    there = lecture()
    assert add(client.sign_in(there.lecturer), there).status_code == 302
    material = db.session.query(SessionMaterial).one()
    address = f"/samen/{there.match.id}/materiaal/{material.id}"
    client.post("/uitloggen")
    client.sign_in(there.colleague)
    assert f'href="{address}"' in client.get(f"/samen/{there.match.id}").text
    answer = client.get(address)
    assert (answer.data, answer.headers["Content-Security-Policy"]) == (PDF, SHUT_IN)
    assert "Haal weg" not in client.get(f"/samen/{there.match.id}/materiaal").text
    assert client.post(f"{address}/weg").status_code == 403
    client.post("/uitloggen")
    client.sign_in(there.lecturer)
    assert client.post(f"{address}/weg").status_code == 302
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [(b"MZ", "virus.exe", "Dit soort bestand nemen wij niet aan"), (b"", "", "Vul dit in")],
)
def test_a_file_that_cannot_be_taken_is_refused_in_words(client: Client, content: bytes, name: str, words: str):
    there = lecture()
    assert words in add(client.sign_in(there.lecturer), there, name, content).text
    assert db.session.query(SessionMaterial).count() == 0


def test_telling_how_it_went_makes_the_match_done_and_shows_the_rest_later(client: Client):
    there = lecture()
    with after():
        client.sign_in(there.lecturer)
        assert "Vertel hoe het ging" in client.get(f"/samen/{there.match.id}").text
        assert client.post(f"/samen/{there.match.id}/na-afloop", data=TOLD).status_code == 302
        page = client.get(f"/samen/{there.match.id}/na-afloop").text
        assert "Ging door, met 24 studenten." in page and "na zeven dagen" in page
        client.post("/uitloggen")
        client.sign_in(there.colleague)
        page = client.get(f"/samen/{there.match.id}/na-afloop").text
        assert "Mooie groep" not in page and 'name="students"' not in page and 'name="held"' not in page
        client.post(f"/samen/{there.match.id}/na-afloop", data={"fit": "partly", "again": "no"})
        page = client.get(f"/samen/{there.match.id}/na-afloop").text
    assert there.match.state is State.DONE
    assert "Mooie groep" in page and "Waren de studenten voorbereid?" in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Vul dit in"),
        ({**TOLD, "students": ""}, "Vul dit in"),
        ({**TOLD, "students": "veel"}, "met alleen cijfers"),
        ({**TOLD, "students": "99999999999999999999"}, "Dit getal is te hoog"),
        ({**TOLD, "students": "-1"}, "Dit getal is te laag"),
        ({"held": "no"}, "Vul dit in"),
        ({"held": "misschien"}, "Fout:"),
    ],
)
def test_what_is_missing_stands_beside_its_field(client: Client, data: dict[str, str], words: str):
    there = lecture()
    with after():
        answer = client.sign_in(there.lecturer).post(f"/samen/{there.match.id}/na-afloop", data=data)
    assert answer.status_code == 200
    assert words in answer.text and "<title>Fout: " in answer.text
    assert there.match.state is State.AGREED


def test_before_the_day_there_is_nothing_to_tell(client: Client):
    there = lecture()
    page = client.sign_in(there.lecturer).get(f"/samen/{there.match.id}/na-afloop")
    assert "Het is nog niet geweest" in page.text and "<textarea" not in page.text


def test_a_lecture_that_did_not_take_place_says_why_to_the_other_side(client: Client):
    there = lecture()
    with after():
        look_back(there.match, FELL_THROUGH, by=there.lecturer, as_party=Party.SCHOOL)
        page = client.sign_in(there.colleague).get(f"/samen/{there.match.id}/na-afloop").text
        assert "Ging niet door. Er waren te weinig studenten." in page and "<textarea" not in page
        assert client.post(f"/samen/{there.match.id}/na-afloop", data=TOLD).status_code == 409


def test_who_has_no_part_in_it_finds_nothing(client: Client):
    there = lecture()
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    for path in ("na-afloop", "materiaal", "herhaal"):
        assert client.get(f"/samen/{there.match.id}/{path}").status_code == 404


def test_the_school_asks_for_more_dates_and_sees_them_as_a_series(client: Client):
    there = lecture()
    day = moment(30).first_day.isoformat()
    data = {"day_1": day, "start_1": "10:00", "minutes_1": "90", "note": "Voor de andere klas"}
    answer = client.sign_in(there.lecturer).post(f"/samen/{there.match.id}/herhaal", data=data, follow_redirects=True)
    assert "1 datum ligt nu bij het loket." in answer.text and "nog geen datum" in answer.text
    assert db.session.query(Session).count() == 2
    answer = client.post(f"/samen/{there.match.id}/herhaal", data={**data, "day_1": "2020-01-01"})
    assert answer.status_code == 200 and "<title>Fout: " in answer.text
    client.post("/uitloggen")
    client.sign_in(there.colleague)
    assert client.get(f"/samen/{there.match.id}/herhaal").status_code == 403


def test_without_any_lecture_the_list_says_how_to_begin(client: Client):
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    assert "Er is nog geen les of bezoek afgesproken" in client.get("/samen/lessen").text


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_three(client: Client, count_queries: Callable, number: int):
    there = [lecture() for _ in range(number)]
    reader = people.member(Role.COORDINATOR, there[0].match.school)
    for each in there:
        each.match.school_id = there[0].match.school_id
    with after():
        look_back(there[0].match, WENT_WELL, by=there[0].lecturer, as_party=Party.SCHOOL)
        client.sign_in(reader)
        db.session.expire_all()
        with count_queries() as queries:
            page = client.get("/samen/lessen")
    assert page.text.count("na-afloop") == number and "Ging door, met 24 studenten." in page.text
    assert queries.number == 6
