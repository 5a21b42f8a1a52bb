"""Applicants at the municipality: in order of arrival, without a name where that is wanted, answered with a reason."""

from collections.abc import Callable

import pytest
import time_machine

from matchmaker.applications.actions import apply
from matchmaker.applications.states import State
from matchmaker.database import db
from matchmaker.vocabulary import Kind, Role
from tests.factories import listings, people
from tests.factories.client import Client
from tests.factories.students import MOTIVATION, campus

LIST_QUERIES = 6


def test_who_came_first_stands_first_whatever_the_name(client: Client) -> None:
    with time_machine.travel("2026-11-24 10:00:00+01:00", tick=False) as clock:
        here = campus(places=5)
        here.applied("Zoë Admiraal")
        clock.move_to("2026-11-24 11:00:00+01:00")
        here.applied("Anna de Boer")
        page = client.sign_in(here.officer).get("/gemeente/studenten").text
    assert "2 studenten wachten op antwoord" in page
    assert page.index("Zoë Admiraal") < page.index("Anna de Boer")


def test_one_offer_has_its_own_order_of_arrival(client: Client) -> None:
    here = campus(places=5)
    made = here.applied("Noor Visser")
    other = listings.offer(here.municipality, kind=Kind.WORK, title="Iets anders")
    apply(here.student("Sam de Wit"), other, motivation=MOTIVATION)
    client.sign_in(here.officer)
    only = f"/gemeente/studenten?plek={here.place.reference}"
    assert only in client.get(f"/gemeente/studenten/{made.id}").text
    page = client.get(only).text
    assert "1 student wacht op antwoord" in page and "Noor Visser" in page and "Sam de Wit" not in page


def test_an_empty_list_says_when_something_comes(client: Client) -> None:
    here = campus()
    client.sign_in(here.officer)
    assert "U bent bij" in client.get("/gemeente/studenten").text
    assert "Hier staat niets" in client.get("/gemeente/studenten?deel=klaar").text


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_applicants_asks_the_database_as_often_for_three_as_for_one(
    client: Client, count_queries: Callable[[], object], number: int
) -> None:
    here = campus(places=5)
    for each in range(number):
        here.applied(f"Student {each}")
    client.sign_in(here.officer)
    with count_queries() as queries:  # type: ignore[attr-defined]
        page = client.get("/gemeente/studenten").text
    assert page.count('mm-run"') == number
    assert queries.number == LIST_QUERIES, queries.statements


def test_without_a_name_until_the_talk(client: Client) -> None:
    here = campus(places=5)
    here.asks(blind_until_talk=True)
    here.applied("Noor Visser")
    made = here.applied("Sam de Wit")
    client.sign_in(here.officer)
    for path in ("/gemeente/studenten", f"/gemeente/studenten/{made.id}", f"/gemeente/studenten/{made.id}/nee"):
        page = client.get(path).text
        assert "Sam de Wit" not in page and "Noor Visser" not in page
    assert "Student 2" in client.get(f"/gemeente/studenten/{made.id}").text
    client.post(f"/gemeente/studenten/{made.id}/gesprek", data={"note": "Dinsdag om tien uur, online."})
    assert made.state is State.TALK
    assert "Sam de Wit" in client.get(f"/gemeente/studenten/{made.id}").text


def test_a_talk_needs_words_and_a_no_needs_a_reason(client: Client) -> None:
    here = campus()
    made = here.applied()
    client.sign_in(here.officer)
    path = f"/gemeente/studenten/{made.id}"
    assert "Schrijf wanneer en hoe u elkaar spreekt" in client.post(f"{path}/gesprek", data={"note": ""}).text
    assert "Vul dit in." in client.post(f"{path}/nee", data={"refusal": ""}).text
    assert "Vul dit in." in client.post(f"{path}/nee", data={"refusal": "other", "note": ""}).text
    client.post(f"{path}/nee", data={"refusal": "no_capacity"})
    assert made.state is State.REFUSED
    assert "Er is nu geen plek." in client.get(path).text
    assert client.get(f"{path}/nee").status_code == 409


def test_a_place_is_offered_and_the_page_says_the_student_chooses(client: Client) -> None:
    here = campus()
    made = here.applied()
    client.sign_in(here.officer)
    client.post(f"/gemeente/studenten/{made.id}/plek", data={"note": ""})
    assert made.state is State.OFFERED
    assert "De student is aan zet, voor" in client.get(f"/gemeente/studenten/{made.id}").text


def test_a_programme_that_places_without_a_talk_offers_no_talk(client: Client) -> None:
    here = campus()
    here.asks(no_talk=True)
    made = here.applied()
    client.sign_in(here.officer)
    page = client.get(f"/gemeente/studenten/{made.id}").text
    assert "/gesprek" not in page and f"/gemeente/studenten/{made.id}/plek" in page
    assert client.get(f"/gemeente/studenten/{made.id}/gesprek").status_code == 409


def test_a_colleague_answers_the_own_offers_alone(client: Client) -> None:
    here = campus(places=5)
    colleague = people.member(Role.COLLEAGUE, here.municipality)
    made = here.applied()
    client.sign_in(colleague)
    assert client.get(f"/gemeente/studenten/{made.id}").status_code == 404
    here.place.owner_id = colleague.id
    db.session.flush()
    assert client.get(f"/gemeente/studenten/{made.id}").status_code == 200
    assert "1 student wacht op antwoord" in client.get("/gemeente/studenten").text


def test_another_municipality_finds_nothing(client: Client) -> None:
    here = campus()
    made = here.applied()
    client.sign_in(people.member(Role.OFFICER, people.municipality()))
    assert client.get(f"/gemeente/studenten/{made.id}").status_code == 404
    assert client.post(f"/gemeente/studenten/{made.id}/plek", data={"note": ""}).status_code == 404
    assert made.state is State.SENT


def test_a_regional_desk_answers_for_the_municipalities_it_serves(client: Client) -> None:
    here = campus()
    region = people.organisation(people.OrganisationKind.REGION)
    desk = people.desk(region)
    here.municipality.desk_id = desk.id
    db.session.flush()
    made = here.applied()
    client.sign_in(people.member(Role.OFFICER, region))
    assert client.get(f"/gemeente/studenten/{made.id}").status_code == 200
