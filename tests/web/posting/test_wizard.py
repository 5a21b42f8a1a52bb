"""Typing something in five steps, for both audiences."""

import re
from datetime import timedelta

import pytest
import time_machine

from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Kind, ListingStatus, OrganisationKind, Role, Side
from tests.factories import people
from tests.factories.client import Client
from tests.web.posting.steps import TEXT, only_listing, start


def test_an_offer_is_posted_in_five_steps(client: Client, home: Organisation) -> None:
    one = start(client, Kind.WORK)
    answer = client.post(f"{one}/wat", data={"title": "Tel mee op straat", "text": TEXT})
    assert answer.headers["Location"] == f"{one}/voor-wie"
    answer = client.post(f"{one}/voor-wie", data={"levels": ["mbo4", "hbo_bachelor"], "work_fields": ["W10"]})
    assert answer.headers["Location"] == f"{one}/wanneer"
    begin = (today() + timedelta(days=60)).isoformat()
    answer = client.post(
        f"{one}/wanneer", data={"hours_min": "24", "hours_max": "32", "starts_on": begin, "places": "2"}
    )
    assert answer.headers["Location"] == f"{one}/controle"
    page = client.get(f"{one}/controle").text
    assert "Zo ziet de ander het" in page and "24 tot 32 uur per week" in page
    client.post(f"{one}/publiceren")
    made = only_listing()
    assert (made.status, made.places, made.levels) == (ListingStatus.PUBLISHED, 2, ["mbo4", "hbo_bachelor"])


def test_a_lecturer_posts_a_need_for_a_lecture_with_days_and_moments(client: Client, college: Organisation) -> None:
    one = start(client, Kind.LECTURE, "/school/vragen")
    day = (today() + timedelta(days=40)).isoformat()
    client.post(f"{one}/wat", data={"title": "Spreker over de Omgevingswet", "text": TEXT})
    client.post(f"{one}/voor-wie", data={"group_size": "30", "audience_year": "2", "programmes": "Rechten, Waterkunst"})
    client.post(f"{one}/wanneer", data={"weekly": ["2-morning"], "day1": day, "time1": "10.30", "minutes": "90"})
    made = only_listing()
    assert made.slots == [{"weekday": 2, "part": "morning"}, {"date": day, "time": "10:30"}]
    assert (made.study_fields, made.details["study_words"]) == (["0421"], ["Waterkunst"])
    assert made.details["group_size"] == 30
    again = client.get(f"{one}/wanneer").text
    assert f'value="{day}"' in again and 'value="10:30"' in again
    assert "dinsdagochtend" in client.get(f"{one}/controle").text


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.QUESTION])
def test_every_kind_has_its_own_steps_on_both_sides(client: Client, kind: Kind) -> None:
    for role, of, path in (
        (Role.OFFICER, people.municipality(), "/gemeente/aanbod"),
        (Role.COORDINATOR, people.institution(), "/school/vragen"),
    ):
        client.sign_in(people.member(role, of))
        db.session.query(Listing).delete()
        one = start(client, kind, path)
        for step in ("soort", "wat", "voor-wie", "wanneer", "controle"):
            assert client.get(f"{one}/{step}").status_code == 200, (kind, path, step)
        assert client.get(one).status_code == 200
        client.post("/uitloggen")


def test_a_school_seeks_someone_for_a_seat_and_a_municipality_says_what_its_colleague_brings(client: Client) -> None:
    asked = {}
    for role, of, path in (
        (Role.OFFICER, people.municipality(), "/gemeente/aanbod"),
        (Role.COORDINATOR, people.institution(), "/school/vragen"),
    ):
        client.sign_in(people.member(role, of))
        db.session.query(Listing).delete()
        asked[path] = client.get(f"{start(client, Kind.SEAT, path)}/wat").text
        client.post("/uitloggen")
    assert "Wat brengt uw collega mee?" in asked["/gemeente/aanbod"]
    assert "Wie zoekt u?" not in asked["/gemeente/aanbod"]
    assert "Wie zoekt u?" in asked["/school/vragen"]


def test_an_open_question_is_the_need_of_a_municipality_and_the_offer_of_a_school(client: Client) -> None:
    client.sign_in(people.member(Role.OFFICER, people.municipality()))
    one = start(client, Kind.QUESTION, "/gemeente/vragen")
    assert client.get(f"{one}/wat").status_code == 200
    assert only_listing().side is Side.NEED
    refused = client.post("/gemeente/vragen/nieuw", data={"kind": "guest_lecture"})
    assert refused.status_code == 200 and "Kies iets uit de lijst" in refused.text


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(client: Client, home: Organisation) -> None:
    one = start(client, Kind.WORK)
    typed = {
        "hours_min": "36",
        "hours_max": "24",
        "starts_on": "31-02-2027",
        "places": "10000",
        "place": "Nergenshuizen",
    }
    page = client.post(f"{one}/wanneer", data={**typed, "duration_weeks": str(10**30)}).text
    assert "Deze datum bestaat niet" in page and 'value="31-02-2027"' in page
    page = client.post(f"{one}/wanneer", data={**typed, "starts_on": "", "duration_weeks": str(10**30)}).text
    for sentence in ("hoger dan het tweede", "Het hoogste getal is 500", "Deze plaats kennen wij niet", "getal is 156"):
        assert sentence in page, sentence
    for kept in ("36", "24", "10000", "Nergenshuizen", str(10**30)):
        assert f'value="{kept}"' in page
    assert only_listing().hours_min is None


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("x" * 1_000_000, "hoogstens 160 tekens"),
        ("nul\x00teken", "tekens die wij niet kunnen bewaren"),
    ],
    ids=["a megabyte", "a NUL byte"],
)
def test_hostile_text_gets_an_answer_in_words(client: Client, home: Organisation, title: str, said: str) -> None:
    one = start(client, Kind.WORK)
    answer = client.post(f"{one}/wat", data={"title": title, "text": TEXT})
    assert answer.status_code == 200 and said in answer.text


def test_the_desk_checks_first_and_the_owner_can_take_it_back(client: Client) -> None:
    home = people.municipality()
    assert home.desk
    home.desk.checks_before_publishing = True
    client.sign_in(people.member(Role.COLLEAGUE, home))
    one = start(client, Kind.WORK)
    client.post(f"{one}/wat", data={"title": "Tel mee op straat", "text": TEXT})
    client.post(f"{one}/publiceren")
    assert only_listing().status is ListingStatus.IN_CHECK
    assert "Het loket kijkt ernaar" in client.get(one).text
    assert client.get(f"{one}/wat").status_code == 302
    client.post(f"{one}/terughalen")
    assert only_listing().status is ListingStatus.DRAFT


def test_a_team_and_dutch_are_filled_in_beforehand(client: Client) -> None:
    home = people.municipality()
    team = people.team(home)
    client.sign_in(people.member(Role.COLLEAGUE, home, team_id=team.id))
    start(client, Kind.WORK)
    assert (only_listing().team_id, only_listing().languages) == (team.id, ["nl"])


def test_work_the_text_points_to_is_ticked_as_a_proposal(client: Client, home: Organisation) -> None:
    one = start(client, Kind.LECTURE)
    client.post(f"{one}/wat", data={"title": "De Omgevingswet en het omgevingsplan", "text": TEXT})
    page = client.get(f"{one}/voor-wie").text
    box = re.search(r'<input[^>]*value="W22"[^>]*>', page)
    assert box and "checked" in box[0] and "voorstel" in page
    client.post(f"{one}/voor-wie", data={"work_fields": []})
    assert only_listing().work_fields == []


def test_the_aid_answers_while_one_types_and_changes_nothing(client: Client, home: Organisation) -> None:
    one = start(client, Kind.LECTURE)
    version = only_listing().version
    text = "Indien u met ons jonge, dynamische team meeloopt. " + "Dat is een goede zin voor iedereen. " * 5
    for _ in range(2):
        answer = client.post(
            f"{one}/schrijfhulp", data={"title": "De Omgevingswet", "text": text, "submission_key": "c" * 32}
        )
        assert answer.status_code == 200
    parts = answer.get_json()
    assert set(parts) == {
        f"hulp-{part}" for part in ("niveau", "woorden", "compleet", "werk", "studie", "bereik", "eerder")
    }
    assert "fijn team" in parts["hulp-woorden"] and "leeftijd" in parts["hulp-woorden"]
    assert "Ruimtelijke ordening" in parts["hulp-werk"] and "Door: omgevingswet" in parts["hulp-werk"]
    assert "Architectuur en stedenbouw" in parts["hulp-studie"]
    assert only_listing().version == version


def test_the_reach_counts_programmes_around_the_place(client: Client, home: Organisation) -> None:
    near = people.institution(latitude=52.09, longitude=5.12)
    people.programme(near, levels=["hbo_bachelor"])
    people.programme(people.institution(latitude=53.2, longitude=6.5))
    one = start(client, Kind.WORK)
    assert "1 opleiding" in client.get(f"{one}/wat").text
    client.post(f"{one}/voor-wie", data={"levels": ["mbo4"]})
    assert "0 opleidingen" in client.get(f"{one}/wat").text


def test_another_kind_keeps_what_both_ask(client: Client, home: Organisation) -> None:
    one = start(client, Kind.WORK)
    client.post(f"{one}/wat", data={"title": "Tel mee op straat", "text": TEXT})
    client.post(f"{one}/soort", data={"kind": "graduation_project"})
    assert (only_listing().kind, only_listing().title) == (Kind.GRADUATION, "Tel mee op straat")


def test_a_region_posts_for_the_municipalities_it_serves(client: Client) -> None:
    region = people.organisation(OrganisationKind.REGION, place="Utrecht", latitude=52.09, longitude=5.12)
    client.sign_in(people.member(Role.REGION_COORDINATOR, region))
    one = start(client, Kind.TRAINEESHIP)
    client.post(f"{one}/wat", data={"title": "Trainee in de regio", "text": TEXT})
    client.post(f"{one}/publiceren")
    assert only_listing().is_published


def test_a_place_for_february_typed_in_december_gets_a_hint_and_goes_online(client: Client, home: Organisation) -> None:
    with time_machine.travel("2026-12-01 10:00:00+01:00"):
        client.sign_in(people.member(Role.OFFICER, home))
        one = start(client, Kind.WORK)
        client.post(f"{one}/wat", data={"title": "Tel mee op straat", "text": TEXT})
        assert "Dit is laat" not in client.get(f"{one}/controle").text
        client.post(f"{one}/wanneer", data={"starts_on": "2027-02-08", "places": "1"})
        for step in ("wanneer", "controle"):
            assert "Dit is laat voor februari." in client.get(f"{one}/{step}").text
        client.post(f"{one}/wanneer", data={"starts_on": "2027-09-06", "places": "1"})
        assert "Dit is laat" not in client.get(f"{one}/controle").text
        client.post(f"{one}/wanneer", data={"starts_on": "2027-02-08", "places": "1"})
        client.post(f"{one}/publiceren")
        assert only_listing().status is ListingStatus.PUBLISHED
        assert "Dit is laat" not in client.get(f"{one}/wanneer").text
