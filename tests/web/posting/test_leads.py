"""What the text points to, beside the text: ticked with one click, and nothing is overwritten."""

import re

from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Kind
from tests.factories import people
from tests.factories.client import Client
from tests.web.posting.steps import TEXT, only_listing, start

TITLE = "De Omgevingswet en het omgevingsplan"


def typed(**values: object) -> dict[str, object]:
    return {"title": TITLE, "text": TEXT, **values}


def box(page: str, code: str) -> str:
    found = re.search(rf'<input[^>]*id="voorstel-{code}"[^>]*>', page)
    assert found, code
    return found[0]


def test_nothing_is_ticked_for_anyone(client: Client, home: Organisation) -> None:
    one = start(client, Kind.RESEARCH)
    client.post(f"{one}/wat", data=typed())
    page = client.get(f"{one}/wat").text
    assert "checked" not in box(page, "W22") and "checked" not in box(page, "0731")
    assert "Door: omgevingsplan" in page
    assert (only_listing().work_fields, only_listing().study_fields) == ([], [])


def test_a_tick_adds_a_field_and_leaves_what_was_chosen(client: Client, home: Organisation) -> None:
    one = start(client, Kind.RESEARCH)
    client.post(f"{one}/wat", data=typed())
    client.post(f"{one}/voor-wie", data={"work_fields": ["W05"], "study_fields": ["0111"]})
    shown = {"shown_work": ["W22"], "add_work": ["W22"], "shown_study": ["0731"], "add_study": ["0731"]}
    client.post(f"{one}/wat", data=typed(**shown))
    assert set(only_listing().work_fields) == {"W05", "W22"}
    assert set(only_listing().study_fields) == {"0111", "0731"}
    assert "checked" in box(client.get(f"{one}/wat").text, "W22")


def test_taking_a_tick_away_removes_only_that_field(client: Client, home: Organisation) -> None:
    one = start(client, Kind.RESEARCH)
    client.post(f"{one}/voor-wie", data={"work_fields": ["W05", "W22"], "study_fields": ["0731"]})
    client.post(f"{one}/wat", data=typed(shown_work=["W22", "W10"], add_work=["W10"]))
    assert set(only_listing().work_fields) == {"W05", "W10"}
    assert only_listing().study_fields == ["0731"]


def test_a_form_that_showed_nothing_changes_no_field(client: Client, home: Organisation) -> None:
    one = start(client, Kind.RESEARCH)
    client.post(f"{one}/voor-wie", data={"work_fields": ["W22"]})
    client.post(f"{one}/wat", data=typed())
    assert only_listing().work_fields == ["W22"]


def test_a_field_that_is_none_is_refused(client: Client, home: Organisation) -> None:
    one = start(client, Kind.RESEARCH)
    answer = client.post(f"{one}/wat", data=typed(shown_work=["W99"], add_work=["W99"]))
    assert answer.status_code == 200
    assert only_listing().work_fields == []


def test_while_one_types_ticks_stay_and_the_programmes_that_are_reached_are_named(
    client: Client, home: Organisation
) -> None:
    near = people.institution(latitude=52.09, longitude=5.12)
    people.programme(near, name="Planologie", isced="0731")
    people.programme(near, name="Verpleegkunde", isced="0913")
    one = start(client, Kind.RESEARCH)
    parts = client.post(
        f"{one}/schrijfhulp", data=typed(shown_study=["0731"], add_study=["0731"], text=f"{TEXT} Ook rechten.")
    ).get_json()
    assert "checked" in box(parts["hulp-studie"], "0731")
    assert "1 opleiding" in parts["hulp-bereik"] and "Bijvoorbeeld: Planologie." in parts["hulp-bereik"]
    assert only_listing().study_fields == []


def test_a_school_gets_the_work_its_question_is_about(client: Client, college: Organisation) -> None:
    one = start(client, Kind.LECTURE, path="/school/vragen")
    parts = client.post(f"{one}/schrijfhulp", data=typed()).get_json()
    assert "voorstel-W22" in parts["hulp-werk"]
