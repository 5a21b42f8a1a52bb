"""Lists as a visitor sees them: whatever the address says, the page stands."""

import re
from collections.abc import Callable

import pytest

from matchmaker.database import db
from matchmaker.listings import actions
from matchmaker.listings.models import SavedListing, SavedSearch
from matchmaker.listings.writing import sync_tags
from matchmaker.vocabulary import Kind, Role
from tests.factories import listings, people
from tests.factories.client import Client

HOSTILE = (
    "soort=paard&soort=paard&niveau=9",
    "pagina=99999999999999999999999",
    "pagina=-1",
    "pagina=%C2%B2",
    "km=1e9&plaats=Utrecht",
    "plaats=%3Cscript%3E",
    "q=%25%27%22%3B--",
    "q=" + "a" * 5000,
    "van=" + "&van=".join(f"x{n}" for n in range(200)),
    "uren=25-32&uren=open&start=open&start=2027-02",
    "opleiding=Toverkunst",
    "volgorde=willekeurig&weergave=bol&toon=alles",
    "volgorde=afstand",
    "taal=xx",
)


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("path", ["/aanbod", "/vragen", "/aanbod/feed", "/aanbod.csv"])
def test_a_strange_address_never_breaks_a_list(client: Client, path: str, query: str) -> None:
    sync_tags(listings.offer())
    assert client.get(f"{path}?{query}").status_code == 200


def test_what_is_not_understood_is_named(client: Client) -> None:
    page = client.get("/aanbod?soort=paard&plaats=Nergenshuizen&km=10").text
    assert "Dit filter kennen wij niet, dus wij slaan het over: soort paard." in page
    assert "De plaats Nergenshuizen kennen wij niet." in page


@pytest.mark.parametrize("path", ["/aanbod", "/vragen", "/aanbod?weergave=kaart", "/aanbod?plaats=Utrecht&niveau=mbo1"])
def test_a_list_takes_as_many_queries_for_three_as_for_one(
    client: Client, count_queries: Callable[[], object], path: str
) -> None:
    def add() -> None:
        for made in (listings.offer(levels=["mbo4"]), listings.need(levels=["mbo4"])):
            sync_tags(made)
        db.session.commit()

    client.get(path)
    add()
    with count_queries() as one:  # type: ignore[attr-defined]
        client.get(path)
    add()
    add()
    with count_queries() as three:  # type: ignore[attr-defined]
        client.get(path)
    assert three.number == one.number
    assert three.number <= 20


def test_a_signed_in_reader_stays_under_twenty_queries(client: Client, count_queries: Callable[[], object]) -> None:
    for _ in range(3):
        sync_tags(listings.offer())
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    with count_queries() as queries:  # type: ignore[attr-defined]
        client.get("/aanbod?q=omgevingswet&plaats=Utrecht")
    assert queries.number <= 20


def test_each_chosen_filter_can_be_taken_off_alone(client: Client) -> None:
    sync_tags(listings.offer(levels=["mbo4"], kind=Kind.LECTURE))
    page = client.get("/aanbod?soort=guest_lecture&niveau=mbo4").text
    assert 'href="/aanbod?niveau=mbo4"' in page
    assert 'href="/aanbod?soort=guest_lecture"' in page


def test_an_empty_list_says_what_would_help(client: Client) -> None:
    sync_tags(listings.offer(levels=["hbo_bachelor"], kind=Kind.LECTURE))
    page = client.get("/aanbod?niveau=mbo1&soort=guest_lecture").text
    assert "Nog niets gevonden" in page
    assert "Er is wel 1 resultaat zonder “mbo 1”." in page
    assert "Bewaar deze zoekopdracht" in page


def test_an_empty_list_of_offers_shows_that_schools_ask_for_it(client: Client) -> None:
    sync_tags(listings.need(kind=Kind.SEAT))
    page = client.get("/aanbod?soort=committee_seat").text
    assert "1 school vraagt hier wel naar." in page
    assert 'href="/vragen?soort=committee_seat"' in page


def test_the_map_has_the_same_numbers_in_a_list(client: Client) -> None:
    home = people.municipality(name="Bunnik", slug="bunnik")
    for _ in range(2):
        sync_tags(listings.offer(home))
    page = client.get("/aanbod?weergave=kaart").text
    assert 'href="/aanbod?van=bunnik"' in page
    assert re.search(r'mm-bars__n mm-num">2\s*</span>', page)


def test_someone_keeps_a_search_and_a_listing(client: Client) -> None:
    made = listings.offer()
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    client.post("/zoekopdracht", data={"name": "Water", "query": "/aanbod?werkveld=W20", "alert": "y"})
    client.post(f"/bewaren/{made.reference}", data={"terug": "/aanbod"})
    search = db.session.query(SavedSearch).one()
    assert (search.name, search.query, search.alert) == ("Water", "/aanbod?werkveld=W20", True)
    assert db.session.query(SavedListing).one().listing_id == made.id


def test_a_search_on_another_site_is_not_kept(client: Client) -> None:
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    page = client.post("/zoekopdracht", data={"name": "X", "query": "https://elders.example/aanbod"})
    assert page.status_code == 200
    assert db.session.query(SavedSearch).count() == 0


def test_keeping_a_search_asks_a_visitor_to_sign_in_first(client: Client) -> None:
    answer = client.get("/zoekopdracht?zoek=/aanbod")
    assert answer.headers["Location"].startswith("/inloggen?next=")


def test_an_export_holds_what_the_filters_show(client: Client) -> None:
    sync_tags(listings.offer(title="Wel mbo", levels=["mbo4"]))
    sync_tags(listings.offer(title="Alleen wo", levels=["wo_master"]))
    table = client.get("/aanbod.csv?niveau=mbo4").data.decode("utf-8-sig")
    assert "Wel mbo" in table
    assert "Alleen wo" not in table
    assert client.get("/aanbod.xlsx?niveau=mbo4").data[:2] == b"PK"


def test_a_card_says_what_is_true_now_after_a_change_anywhere_on_it(client: Client) -> None:
    home = people.municipality(name="Bunnik")
    made = listings.offer(home, kind=Kind.WORK, places=3, title="Meewerken aan de dijk")
    sync_tags(made)
    db.session.commit()
    first = client.get("/aanbod").text
    home.name = "Houten"
    actions.take_place(made)
    db.session.commit()
    second = client.get("/aanbod").text
    assert [("Gemeente Bunnik" in page, "Gemeente Houten" in page) for page in (first, second)] == [
        (True, False),
        (False, True),
    ]
    assert ["Nog 2 van 3 plekken" in page for page in (first, second)] == [False, True]


def test_a_card_is_drawn_in_the_language_and_for_the_place_of_the_reader(client: Client) -> None:
    sync_tags(listings.offer(latitude=52.37, longitude=4.9))
    db.session.commit()
    pages = [client.get(path).text for path in ("/aanbod", "/aanbod?plaats=Utrecht&km=100", "/aanbod?taal=en")]
    assert ["km</span>" in page for page in pages] == [False, True, False]
    assert ["Gastles of gastcollege" in page for page in pages] == [True, True, False]
