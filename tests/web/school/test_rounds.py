"""The pages of a round: the coordinator opens it, a municipality lends, students choose, and it is given."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from matchmaker.accounts.models import Account
from matchmaker.clock import today
from matchmaker.cohorts.giving import run as run_job
from matchmaker.cohorts.models import CohortPlace, CohortRound, CohortStudent
from matchmaker.cohorts.states import Answer, State
from matchmaker.database import db
from matchmaker.jobs.models import Job, JobState
from matchmaker.listings.models import Offer
from matchmaker.scheduled import HANDLERS
from matchmaker.vocabulary import Kind, Role
from tests.cohorts.test_opening import given, leave, student_of
from tests.cohorts.test_rounds import lent, opened, over
from tests.factories import listings, people
from tests.factories.client import Client
from tests.factories.students import Campus, campus

ROUND_QUERIES = 8


def open_and_ask(client: Client, here: Campus, *offers: Offer) -> CohortRound:
    """The coordinator opens a round and asks for places."""
    client.sign_in(here.coordinator)
    assert "Nog geen ronde" in client.get("/school/rondes").text
    data = {
        "programmes": [str(here.programme.id)],
        "name": "Voorjaar",
        "kind": "work_placement",
        "wishes_until": (today() + timedelta(days=5)).isoformat(),
    }
    asking = client.post("/school/rondes/nieuw", data=data).location
    cohort = db.session.query(CohortRound).one()
    assert asking == f"/school/rondes/{cohort.id}/plekken"
    assert "Een tweede plek" in client.get(asking).text
    assert "Kies ten minste één plek" in client.post(asking, data={}).text
    client.post(asking, data={"offers": [str(each.id) for each in offers]})
    assert "Wacht op antwoord" in client.get(f"/school/rondes/{cohort.id}").text
    client.post("/uitloggen")
    return cohort


def lend_one_of_two(client: Client, here: Campus) -> None:
    """The officer lends the first and says no to the second."""
    client.sign_in(here.officer)
    assert "Rondes van scholen" in client.get("/gemeente/studenten").text
    assert "Meewerken bij Ruimte" in client.get("/gemeente/rondes").text
    first, other = db.session.query(CohortPlace).order_by(CohortPlace.id)
    page = client.post(f"/gemeente/rondes/{first.id}", data={"answer": "yes", "places": "4"}).text
    assert "Kies een getal van 1 tot en met 1" in page
    client.post(f"/gemeente/rondes/{first.id}", data={"answer": "yes", "places": "1"})
    client.post(f"/gemeente/rondes/{other.id}", data={"answer": "no", "note": "Geen begeleider"})
    assert [first.answer, other.answer] == [Answer.LENT, Answer.REFUSED]
    client.post("/uitloggen")


def choose(client: Client, here: Campus, student: Account, address: str) -> CohortStudent:
    """The student chooses the lent place."""
    client.sign_in(student)
    assert address in client.get("/student/").text
    page = client.get(address).text
    assert "Meewerken bij Ruimte" in page and "Een tweede plek" not in page
    assert "Vul dit in." in client.post(address, data={"wishes": [""]}).text
    client.post(address, data={"wishes": [str(here.place.id)]})
    mine = db.session.query(CohortStudent).one()
    assert mine.reference in client.get(address).text
    client.post("/uitloggen")
    return mine


def test_a_round_from_opening_to_certificate(client: Client) -> None:
    here = campus()
    second = listings.offer(here.municipality, kind=Kind.WORK, title="Een tweede plek")
    profile = here.student("Noor Visser")
    cohort = open_and_ask(client, here, here.place, second)
    lend_one_of_two(client, here)
    mine = choose(client, here, profile.account, f"/student/rondes/{cohort.id}")
    over(cohort)
    client.sign_in(here.coordinator)
    assert "Verdeel de plekken" in client.get(f"/school/rondes/{cohort.id}").text
    client.post(f"/school/rondes/{cohort.id}/verdelen")
    assert cohort.state is State.RUNNING
    run_job(db.session.query(Job).one())
    page = client.get(f"/school/rondes/{cohort.id}").text
    assert "Verdeeld" in page and cohort.seed in page
    answer = client.get(f"/school/rondes/{cohort.id}/bewijs.json")
    assert answer.mimetype == "application/json" and mine.reference in answer.text and "Noor" not in answer.text
    assert f"/school/rondes/nieuw?na={cohort.id}" not in page
    client.post("/uitloggen")
    client.sign_in(profile.account)
    assert "Je krijgt deze plek: Meewerken bij Ruimte" in client.get(f"/student/rondes/{cohort.id}").text
    assert client.get(f"/student/rondes/{cohort.id}/bewijs.json").status_code == 200


def test_all_placements_are_opened_by_one_press_and_the_page_says_who_was_left(client: Client) -> None:
    here = campus(places=2)
    cohort = given(here, "Noor", "Sam")
    address = f"/school/rondes/{cohort.id}"
    client.sign_in(here.coordinator)
    assert "Open 2 stages tegelijk" in client.get(address).text
    leave(student_of("Noor"))
    assert client.post(f"{address}/stages").location == address
    assert client.post(f"{address}/stages").status_code == 409
    job = cohort.opening_job
    assert job is not None and "Het openen van de stages begint zo" in client.get(address).text
    now = client.get(f"{address}/stages/stand.json").json
    assert now == {"text": "Het openen van de stages begint zo.", "part": 0, "done_url": ""}
    HANDLERS[job.task](job)
    assert client.get(f"{address}/stages/stand.json").json["done_url"] == address  # type: ignore[index]
    page = client.get(address).text
    assert "1 van de 2 stages zijn open." in page and "Van 1 student kon de stage niet open." in page
    assert "Noor" in page and "De student studeert niet meer bij uw school" in page and "Sam" not in page
    assert f"/school/rondes/nieuw?na={cohort.id}" not in page
    job.state = JobState.FAILED
    assert "Probeer het opnieuw" in client.get(address).text


def test_another_school_municipality_or_programme_finds_no_round(client: Client) -> None:
    here = campus()
    cohort = opened(here)
    (place,) = lent(here, cohort, here.place)
    client.sign_in(people.member(Role.COORDINATOR, people.institution()))
    for path in ("", "/plekken", "/bewijs.json", "/stages/stand.json"):
        assert client.get(f"/school/rondes/{cohort.id}{path}").status_code == 404
    for path in ("/verdelen", "/stoppen", "/stages"):
        assert client.post(f"/school/rondes/{cohort.id}{path}").status_code == 404
    client.post("/uitloggen")
    client.sign_in(people.member(Role.OFFICER, people.municipality()))
    assert client.get(f"/gemeente/rondes/{place.id}").status_code == 404
    client.post("/uitloggen")
    other = people.programme(here.school, name="Bestuurskunde")
    client.sign_in(here.student("Sam", programme_id=other.id).account)
    assert client.get(f"/student/rondes/{cohort.id}").status_code == 404
    assert client.get(f"/student/rondes/{cohort.id}/bewijs.json").status_code == 404


def test_a_round_can_be_stopped_and_then_takes_nothing(client: Client) -> None:
    here = campus()
    cohort = opened(here)
    client.sign_in(here.coordinator)
    client.post(f"/school/rondes/{cohort.id}/stoppen")
    assert cohort.state is State.CANCELLED
    assert client.get(f"/school/rondes/{cohort.id}/plekken").status_code == 409
    assert "Gestopt" in client.get("/school/rondes").text
    assert client.get(f"/school/rondes/{cohort.id}/bewijs.json").status_code == 404


def test_a_round_is_not_run_before_its_day(client: Client) -> None:
    here = campus()
    cohort = opened(here)
    client.sign_in(here.coordinator)
    assert "Verdeel de plekken" not in client.get(f"/school/rondes/{cohort.id}").text
    assert client.post(f"/school/rondes/{cohort.id}/verdelen").status_code == 409


def test_an_empty_list_at_the_municipality_says_what_it_is_for(client: Client) -> None:
    here = campus()
    assert "Geen school vraagt nu een plek" in client.sign_in(here.officer).get("/gemeente/rondes").text


@pytest.mark.parametrize("number", [1, 3])
def test_a_round_asks_the_database_as_often_for_three_places_as_for_one(
    client: Client, count_queries: Callable[[], object], number: int
) -> None:
    here = campus()
    cohort = opened(here)
    offers = [listings.offer(here.municipality, kind=Kind.WORK) for _ in range(number)]
    lent(here, cohort, *offers)
    client.sign_in(here.coordinator)
    db.session.expire_all()
    with count_queries() as queries:  # type: ignore[attr-defined]
        page = client.get(f"/school/rondes/{cohort.id}").text
    assert page.count("Doet mee") == number
    assert queries.number == ROUND_QUERIES, queries.statements
