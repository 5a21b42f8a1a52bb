"""Reading in a file from the page, by the worker."""

import io

import pytest

from matchmaker.database import db
from matchmaker.jobs.actions import finish_job
from matchmaker.jobs.models import Job, JobState
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Organisation
from matchmaker.scheduled import HANDLERS
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client

GOOD = (
    "soort;titel;tekst\n"
    "stage;Tel mee op straat;Je telt fietsers bij drie scholen en schrijft een advies.\n"
    "gastles;Water in de stad;Een collega vertelt hoe een stad droog blijft.\n"
)


def upload(client: Client, content: str | bytes, name: str = "aanbod.csv") -> str:
    raw = content.encode() if isinstance(content, str) else content
    answer = client.post(
        "/gemeente/aanbod/importeren", data={"file": (io.BytesIO(raw), name)}, content_type="multipart/form-data"
    )
    return answer.headers.get("Location") or answer.text


def test_a_good_file_is_looked_at_started_and_read_in(client: Client, home: Organisation) -> None:
    preview = upload(client, GOOD)
    assert "Alle 2 rijen zijn goed" in client.get(preview).text
    assert db.session.query(Listing).count() == 0
    progress = client.post(preview).headers["Location"]
    assert "begint zo" in client.get(progress).text
    assert client.get(f"{progress}/stand").get_json() == {
        "text": "Het inlezen begint zo.", "part": 0, "done_url": ""
    }  # fmt: skip
    HANDLERS["import_listings"](db.session.query(Job).one())
    assert {each.title for each in db.session.query(Listing)} == {"Tel mee op straat", "Water in de stad"}
    assert "Alles stond er al" in client.get(preview).text


def test_a_bad_file_shows_row_column_and_reason_and_offers_no_button(client: Client, home: Organisation) -> None:
    preview = upload(
        client, "soort;titel;tekst;plekken\nbijbaan;Titel is goed;Een tekst die lang genoeg is om te staan.;0\n"
    )
    page = client.get(preview).text
    assert "1 rij klopt nog niet" in page
    assert "Kolom &#39;soort&#39;: &#39;bijbaan&#39;. Deze keuze kennen wij niet. Kies iets uit de lijst." in page
    client.post(preview)
    assert db.session.query(Job).count() == 0


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "leeg.csv", "leeg"),
        (b"%PDF-1.4", "aanbod.csv", "geen CSV en geen Excel"),
        (GOOD.encode(), "aanbod.xlsx", "maar de inhoud is iets anders"),
        (b"PK\x03\x04kapot", "aanbod.xlsx", "beschadigd"),
    ],
)
def test_a_file_that_is_not_what_it_says_gets_words(
    client: Client, home: Organisation, content: bytes, name: str, said: str
) -> None:
    assert said in upload(client, content, name)


def test_choosing_no_file_says_so(client: Client, home: Organisation) -> None:
    answer = client.post("/gemeente/aanbod/importeren", data={}, content_type="multipart/form-data")
    assert "Kies eerst een bestand" in answer.text


def test_an_empty_cell_that_is_needed_is_named_and_a_long_one_is_cut(client: Client, home: Organisation) -> None:
    content = f"soort;titel;tekst;plekken\nstage;;Een tekst die lang genoeg is;{'9' * 90}\n"
    page = client.get(upload(client, content)).text
    assert "Kolom &#39;titel&#39; is leeg. Vul dit in." in page
    assert f"Kolom &#39;plekken&#39;: &#39;{'9' * 60}…&#39;." in page


def test_the_template_as_it_is_downloaded_is_good(client: Client, home: Organisation) -> None:
    for form in ("csv", "xlsx"):
        content = client.get(f"/gemeente/aanbod/importeren/voorbeeld.{form}").data
        page = client.get(upload(client, content, f"aanbod.{form}")).text
        assert "1 rij is goed" in page and "VOORBEELD: onderzoek veilige fietsroutes" in page


def test_pressing_twice_starts_once(client: Client, home: Organisation) -> None:
    preview = upload(client, GOOD)
    first, second = (client.post(preview, data={"submission_key": "d" * 32}).headers["Location"] for _ in range(2))
    assert first == second and db.session.query(Job).count() == 1


def test_files_and_imports_of_another_are_not_there(client: Client, home: Organisation) -> None:
    preview = upload(client, GOOD)
    progress = client.post(preview).headers["Location"]
    client.post("/uitloggen")
    client.sign_in(people.member(Role.OFFICER, people.municipality()))
    for path in (preview, progress, f"{progress}/stand", "/gemeente/aanbod/importeren/99999999999999999999"):
        assert client.get(path).status_code == 404


def test_templates_can_be_downloaded(client: Client, home: Organisation) -> None:
    assert client.get("/gemeente/aanbod/importeren/voorbeeld.csv").text.startswith("\ufeffsleutel;soort;status")
    assert client.get("/gemeente/aanbod/importeren/voorbeeld.xlsx").data.startswith(b"PK")


def test_looking_for_matches_is_work_of_its_own_with_its_own_progress(client: Client, home: Organisation) -> None:
    progress = client.post(upload(client, GOOD)).headers["Location"]
    reading_in = db.session.query(Job).one()
    reading_in.state = JobState.RUNNING
    assert client.get(f"{progress}/stand").get_json() == {
        "text": "0 van 2 rijen ingelezen", "part": 0, "done_url": ""
    }  # fmt: skip
    HANDLERS["import_listings"](reading_in)
    finish_job(reading_in, **reading_in.result)
    db.session.flush()
    assert db.session.query(Listing).count() == 2
    matching = db.session.query(Job).filter_by(task="match_imported").one()
    page = client.get(progress).text
    assert "2 rijen zijn ingelezen" in page and f"taak/{matching.id}/stand" in page
    matching.state, matching.done = JobState.RUNNING, 1
    stand = f"{progress.rsplit('/', 1)[0]}/{matching.id}/stand"
    assert client.get(stand).get_json() == {
        "text": "Bij 1 van 2 rijen gezocht wie erbij past", "part": 50, "done_url": ""
    }  # fmt: skip
    finish_job(matching)
    db.session.flush()
    assert client.get(stand).get_json()["done_url"] == progress
    assert "Bij elke rij is gezocht wie erbij past." in client.get(progress).text
