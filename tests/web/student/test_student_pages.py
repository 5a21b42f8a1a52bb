"""What a student sees and does: beginning, wishes, what fits, applying, and where it stands."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine

from matchmaker.applications import actions
from matchmaker.applications.models import Application
from matchmaker.applications.states import State
from matchmaker.applications.telling import tell_students
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.students.models import StudentProfile
from matchmaker.vocabulary import Kind, Party, Refusal, Role
from tests.factories import listings, people
from tests.factories.client import Client
from tests.factories.letters import letters
from tests.factories.students import MOTIVATION, campus

OFFER_QUERIES = 16
BEGIN = {"age": "18", "level": "hbo_bachelor"}
WISHES = {
    "work_fields": ["W15"],
    "starts_on": "2027-02-01",
    "ends_on": "2027-07-02",
    "hours_min": "24",
    "hours_max": "32",
    "place": "Woerden",
    "max_distance_km": "40",
    "workplace_needs": "Een rustige plek",
}


def test_everything_begins_with_age_and_programme(client: Client) -> None:
    here = campus()
    person = people.member(Role.STUDENT, here.school)
    client.sign_in(person)
    for path in ("/student/", "/student/wensen", "/student/reacties", f"/student/plek/{here.place.reference}/reageren"):
        assert client.get(path).location == "/student/begin"
    page = client.get("/student/begin").text
    assert "Hoe oud ben je?" in page and "Rechten" in page
    answer = client.post("/student/begin", data={**BEGIN, "programme": str(here.programme.id)})
    assert answer.location == "/student/wensen"
    made = db.session.query(StudentProfile).filter_by(account_id=person.id).one()
    assert (made.is_complete, made.adult_from, made.is_minor) == (True, None, False)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"age": "0"}, "Je kunt meedoen als je 16 bent of ouder"),
        ({"age": ""}, "Kies hoe oud je bent"),
        ({"age": "16"}, "Kies de maand waarin je 18 wordt"),
        ({"age": "16", "adult_from": "2029-01"}, "deze maand of een van de komende 24 maanden"),
        ({"age": "16", "adult_from": "2026-10"}, "deze maand of een van de komende 24 maanden"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client: Client, changes: dict[str, str], sentence: str) -> None:
    here = campus()
    person = people.member(Role.STUDENT, here.school)
    with time_machine.travel("2026-11-24 10:00:00+01:00"):
        client.sign_in(person)
        page = client.post("/student/begin", data={**BEGIN, "programme": str(here.programme.id), **changes}).text
    assert sentence in page
    assert db.session.query(StudentProfile).count() == 0


def test_of_who_is_seventeen_the_month_is_kept_and_no_day(client: Client) -> None:
    here = campus()
    person = people.member(Role.STUDENT, here.school)
    with time_machine.travel("2026-11-24 10:00:00+01:00"):
        client.sign_in(person)
        data = {**BEGIN, "programme": str(here.programme.id), "age": "16", "adult_from": "2027-03"}
        client.post("/student/begin", data=data)
        made = db.session.query(StudentProfile).filter_by(account_id=person.id).one()
        assert (made.adult_from, made.is_minor) == (date(2027, 3, 1), True)


def test_wishes_are_kept_and_what_contradicts_itself_is_refused(client: Client) -> None:
    here = campus()
    profile = here.student()
    client.sign_in(profile.account)
    wrong = client.post("/student/wensen", data={**WISHES, "ends_on": "2027-01-01", "version": "1"}).text
    assert "Het einde ligt voor het begin" in wrong
    wrong = client.post("/student/wensen", data={**WISHES, "hours_max": "8", "version": "1"}).text
    assert "Het eerste getal is hoger dan het tweede" in wrong
    wrong = client.post("/student/wensen", data={**WISHES, "place": "", "version": "1"}).text
    assert "Vul ook een plaats in" in wrong
    assert client.post("/student/wensen", data={**WISHES, "version": "1"}).location == "/student/"
    db.session.refresh(profile)
    assert (profile.place, profile.max_distance_km, profile.hours_min) == ("Woerden", 40, 24)
    assert profile.latitude is not None and profile.workplace_needs == "Een rustige plek"


def test_offers_are_ranked_with_reasons_for_me_and_too_far_is_left_out(client: Client) -> None:
    here = campus()
    far = people.municipality(name="Groningen", latitude=53.22, longitude=6.57)
    listings.offer(far, kind=Kind.WORK, title="Heel ver weg")
    listings.offer(here.municipality, kind=Kind.GRADUATION, title="Ander werk", work_fields=["W05"])
    profile = here.student(place="Utrecht", latitude=52.09, longitude=5.12, max_distance_km=30)
    client.sign_in(profile.account)
    page = client.get("/student/").text
    assert "2 plekken passen bij je" in page and "Heel ver weg" not in page
    assert page.index("Meewerken bij Ruimte") < page.index("Ander werk")
    assert "Je kiest hetzelfde werk" in page and "De gemeente vraagt jouw niveau" in page
    only = client.get("/student/?soort=graduation_project").text
    assert "Ander werk" in only and "Meewerken bij Ruimte" not in only


def test_without_anything_that_fits_there_is_a_way_on(client: Client) -> None:
    here = campus()
    profile = here.student()
    here.place.places_taken = 1
    db.session.flush()
    client.sign_in(profile.account)
    page = client.get("/student/").text
    assert "Nog niets past bij je" in page and "/student/wensen" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_offers_asks_the_database_as_often_for_three_as_for_one(
    client: Client, count_queries: Callable[[], object], number: int
) -> None:
    here = campus()
    for _ in range(number - 1):
        listings.offer(here.municipality, kind=Kind.WORK)
    profile = here.student()
    client.sign_in(profile.account)
    client.get("/student/")
    with count_queries() as queries:  # type: ignore[attr-defined]
        page = client.get("/student/").text
    assert page.count("mm-cand__score") == number
    assert queries.number == OFFER_QUERIES, queries.statements


def test_a_student_applies_and_sees_who_is_next(client: Client) -> None:
    here = campus()
    profile = here.student(workplace_needs="Een rustige plek")
    client.sign_in(profile.account)
    path = f"/student/plek/{here.place.reference}/reageren"
    page = client.get(path).text
    assert "Waarom dit bij je past" in page and "Een rustige plek" in page
    assert "Schrijf hier ten minste 40 tekens" in client.post(path, data={"motivation": "Leuk"}).text
    answer = client.post(path, data={"motivation": MOTIVATION})
    made = db.session.query(Application).one()
    assert answer.location == f"/student/reacties/{made.id}"
    page = client.get(answer.location).text
    assert "Gemeente Utrecht is aan zet, voor" in page and MOTIVATION in page
    assert client.get(path).location == answer.location
    assert "Je hebt 1 reactie" in client.get("/student/reacties").text
    assert "Je hebt hierop gereageerd" in client.get("/student/").text


def test_an_offer_for_another_level_can_be_answered_but_the_page_warns(client: Client) -> None:
    here = campus()
    other = listings.offer(here.municipality, kind=Kind.WORK, levels=["mbo4"])
    client.sign_in(here.student().account)
    assert "past niet bij je wensen" in client.get(f"/student/plek/{other.reference}/reageren").text


def test_the_page_of_an_offer_leads_a_student_to_applying(client: Client) -> None:
    here = campus()
    address = f"/aanbod/{here.place.reference}"
    assert f"/inloggen?next=/student/plek/{here.place.reference}/reageren" in client.get(address).text
    client.sign_in(here.student().account)
    assert f'href="/student/plek/{here.place.reference}/reageren"' in client.get(address).text
    lecture = listings.offer(here.municipality)
    assert "/student/plek/" not in client.get(f"/aanbod/{lecture.reference}").text
    assert client.get(f"/student/plek/{lecture.reference}/reageren").status_code == 404


def test_saying_yes_takes_the_place_and_no_gives_it_free(client: Client) -> None:
    here = campus(places=2)
    made, other = here.applied("Noor"), here.applied("Sam")
    for each in (made, other):
        actions.offer(each, note="Welkom!", by=here.officer)
    assert made.student is not None and other.student is not None
    client.sign_in(made.student)
    page = client.get(f"/student/reacties/{made.id}").text
    assert "Je bent aan zet, voor" in page and "Welkom!" in page
    client.post(f"/student/reacties/{made.id}/ja")
    assert "Plek aangenomen" in client.get(f"/student/reacties/{made.id}").text
    assert client.get(f"/student/reacties/{made.id}/intrekken").status_code == 409
    client.post("/uitloggen")
    client.sign_in(other.student)
    assert "Deze plek toch niet" in client.get(f"/student/reacties/{other.id}/nee").text
    client.post(f"/student/reacties/{other.id}/nee", data={"note": "Ik koos iets anders."})
    assert (made.state, other.state, here.place.places_taken) == (State.ACCEPTED, State.WITHDRAWN, 1)


def test_who_comes_second_is_told_at_once_and_shown_what_is_near(client: Client) -> None:
    here = campus()
    near = listings.offer(here.municipality, kind=Kind.WORK, title="Meewerken in de buurt")
    made = here.applied("Noor")
    actions.offer(made, by=here.officer)
    here.place.places_taken = 1
    db.session.flush()
    assert made.student is not None
    client.sign_in(made.student)
    answer = client.post(f"/student/reacties/{made.id}/ja", follow_redirects=True)
    assert "Een ander was net eerder" in answer.text
    assert near.title in answer.text and "Dit past ook bij je" in answer.text
    assert made.state is State.FILLED


def test_a_no_comes_with_its_reason_and_other_offers(client: Client) -> None:
    here = campus(places=2)
    made = here.applied("Noor")
    listings.offer(here.municipality, kind=Kind.WORK, title="Meewerken in de buurt")
    actions.refuse(made, refusal=Refusal.NO_SUPERVISOR, by=here.officer, as_party=Party.MUNICIPALITY)
    assert made.student is not None
    page = client.sign_in(made.student).get(f"/student/reacties/{made.id}").text
    assert "Er is nu niemand die kan begeleiden." in page and "Meewerken in de buurt" in page


def test_nobody_sees_the_application_of_another(client: Client) -> None:
    here = campus()
    made = here.applied("Noor")
    client.sign_in(here.student("Sam").account)
    for path in ("", "/intrekken", "/nee"):
        assert client.get(f"/student/reacties/{made.id}{path}").status_code == 404
    assert client.post(f"/student/reacties/{made.id}/ja").status_code == 404


def test_a_feed_stands_at_a_secret_address_until_it_is_stopped(client: Client) -> None:
    here = campus()
    profile = here.student()
    client.sign_in(profile.account)
    page = client.post("/student/feed", follow_redirects=True).text
    address = "/student/feed/" + page.split("/student/feed/", 1)[1].split("<", 1)[0]
    assert "/student/feed/" + address.rsplit("/", 1)[1] not in client.get("/student/").text
    client.post("/uitloggen")
    feed = client.get(address)
    assert (feed.status_code, feed.mimetype) == (200, "application/atom+xml")
    assert "Meewerken bij Ruimte" in feed.text and profile.account.display_name not in feed.text
    client.sign_in(profile.account).post("/student/feed/intrekken")
    assert client.get(address).status_code == 410


def test_a_letter_tells_what_is_new_once(client: Client) -> None:
    with time_machine.travel("2026-11-24 10:00:00+01:00") as clock:
        here = campus()
        profile = here.student(work_fields=["W15"], latitude=52.09, longitude=5.12, place="Utrecht")
        client.sign_in(profile.account).post("/student/bericht-aan")
        clock.move_to("2026-11-24 11:00:00+01:00")
        listings.offer(here.municipality, kind=Kind.WORK, title="Nieuw bij Ruimte", levels=["hbo_bachelor"])
        clock.move_to("2026-11-25 07:00:00+01:00")
        assert [tell_students(now()), tell_students(now())] == [1, 0]
        titles = [each["title"] for each in letters("offers_for_student")[0].values["listings"]]
        assert titles == ["Nieuw bij Ruimte"]
