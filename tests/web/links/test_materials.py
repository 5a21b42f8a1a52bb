"""The files of a lecture, before it is held, from a link and without an account."""

import io

import pytest

from matchmaker.appointments.queries import appointment_of
from matchmaker.appointments.scheduled import answer_link
from matchmaker.database import db
from matchmaker.links.actions import token_of
from matchmaker.matches import dates
from matchmaker.matches.models import Match
from matchmaker.sessions.models import SessionMaterial
from matchmaker.vocabulary import Party
from tests.factories.client import Client
from tests.factories.dates import moment
from tests.factories.documents import PDF
from tests.web.together.test_visitor_dates import asked_without_account


def agreed(client: Client) -> tuple[Match, str, str]:
    """A lecture a visitor agreed on, with the page of the files for the asker and for the speaker."""
    match, colleague, path = asked_without_account()
    (slot,) = dates.propose(match, [moment(20)], by=colleague, as_party=Party.MUNICIPALITY)
    client.post(f"{path}/kies", data={"slot": str(slot.id)})
    appointment = appointment_of(match.id)
    assert appointment is not None
    speaker = next(each for each in appointment.people if each.account_id == colleague.id)
    return match, f"{path}/materiaal", f"/afspraak/{token_of(answer_link(appointment, speaker))}/materiaal"


def add(client: Client, page: str, name: str) -> int:
    data = {"files": [(io.BytesIO(PDF), name)]}
    return client.post(page, data=data, content_type="multipart/form-data").status_code


def test_the_asker_and_the_speaker_each_add_and_take_away_their_own(client: Client) -> None:
    _, asker, speaker = agreed(client)
    assert add(client, asker, "vragen.pdf") == add(client, speaker, "slides.pdf") == 302
    theirs, slides = db.session.query(SessionMaterial).order_by(SessionMaterial.id).all()
    for page in (asker, speaker):
        shown = client.get(page).text
        assert "vragen.pdf" in shown
        assert "slides.pdf" in shown
        assert shown.count("Haal weg") == 1
        assert client.get(f"{page}/{slides.id}").data == PDF
    assert client.post(f"{asker}/{slides.id}/weg").status_code == 403
    assert client.post(f"{asker}/{theirs.id}/weg").status_code == 302
    assert [each.id for each in db.session.query(SessionMaterial)] == [slides.id]


def test_there_are_no_files_before_there_is_a_date(client: Client) -> None:
    _, _, path = asked_without_account()
    assert "materiaal" not in client.get(path).text
    assert client.get(f"{path}/materiaal").status_code == 404


def test_both_pages_lead_to_the_files(client: Client) -> None:
    _, asker, speaker = agreed(client)
    for page in (asker, speaker):
        assert f'href="{page}"' in client.get(page.removesuffix("/materiaal")).text


def test_a_file_that_is_none_is_refused(client: Client) -> None:
    _, asker, _ = agreed(client)
    data = {"files": [(io.BytesIO(b"MZ"), "x.exe")]}
    answer = client.post(asker, data=data, content_type="multipart/form-data")
    assert answer.status_code == 200
    assert db.session.query(SessionMaterial).count() == 0


def test_a_link_opens_the_files_of_its_own_lecture_only(client: Client) -> None:
    _, asker, _ = agreed(client)
    add(client, asker, "vragen.pdf")
    [material] = db.session.query(SessionMaterial)
    _, other, _ = agreed(client)
    assert client.get(f"{other}/{material.id}").status_code == 404
    assert client.post(f"{other}/{material.id}/weg").status_code == 404


@pytest.mark.parametrize("door", ["vraag", "afspraak"])
def test_a_link_of_the_one_kind_is_none_of_the_other(client: Client, door: str) -> None:
    _, asker, speaker = agreed(client)
    wrong = asker if door == "afspraak" else speaker
    token = wrong.split("/")[2]
    assert client.get(f"/{door}/{token}/materiaal").status_code in {404, 410}
