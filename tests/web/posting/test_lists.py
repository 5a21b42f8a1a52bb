"""The list of one's own, and what can be done from it."""

import csv
import io
from collections.abc import Callable

import pytest

from matchmaker.database import db
from matchmaker.listings.models import Listing
from matchmaker.vocabulary import ListingStatus, Role
from tests.conftest import QueryCount
from tests.factories import listings, people
from tests.factories.client import Client


def test_the_list_asks_the_database_as_often_for_three_as_for_one(
    client: Client, count_queries: Callable[[], QueryCount]
) -> None:
    home = people.municipality()
    client.sign_in(people.member(Role.OFFICER, home))
    asked = []
    for number in (1, 2):
        for _ in range(number):
            owner = people.member(Role.COLLEAGUE, home)
            listings.offer(home, team_id=people.team(home).id, owner_id=owner.id)
        db.session.expire_all()
        with count_queries() as queries:
            assert client.get("/gemeente/aanbod").status_code == 200
        asked.append(queries.number)
    assert asked[0] == asked[1] <= 20


def test_an_empty_list_says_how_to_begin(client: Client) -> None:
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    for path in ("/school/vragen", "/school/aanbod"):
        page = client.get(path).text
        assert "Hier staat nog niets" in page and f'href="{path}/nieuw"' in page


def test_tabs_count_each_status_and_searching_narrows_them(client: Client) -> None:
    home = people.municipality()
    client.sign_in(people.member(Role.OFFICER, home))
    listings.offer(home, title="Fietsen tellen")
    listings.offer(home, title="Bomen meten", status=ListingStatus.DRAFT)
    listings.offer(title="Van een ander")
    page = client.get("/gemeente/aanbod").text
    assert "Fietsen tellen" in page and "Bomen meten" in page and "Van een ander" not in page
    assert "Bomen meten" not in client.get("/gemeente/aanbod?status=published").text
    assert "Fietsen tellen" not in client.get("/gemeente/aanbod?q=bomen").text
    assert "Niets gevonden" in client.get("/gemeente/aanbod?q=zzz").text


@pytest.mark.parametrize(
    "query", ["status=x", "bladzijde=0", "bladzijde=-3", f"bladzijde={10**30}", "q=%25", "bladzijde=%D9%A3"]
)
def test_odd_addresses_show_the_list(client: Client, query: str) -> None:
    home = people.municipality()
    client.sign_in(people.member(Role.OFFICER, home))
    listings.offer(home)
    assert client.get(f"/gemeente/aanbod?{query}").status_code == 200


def test_twenty_stand_on_a_page(client: Client) -> None:
    home = people.municipality()
    client.sign_in(people.member(Role.OFFICER, home))
    for _ in range(21):
        listings.offer(home)
    assert "1 tot 20 van 21" in client.get("/gemeente/aanbod").text
    assert "21 tot 21 van 21" in client.get("/gemeente/aanbod?bladzijde=2").text


def test_closing_and_copying_from_the_page(client: Client) -> None:
    home = people.municipality()
    client.sign_in(people.member(Role.OFFICER, home))
    made = listings.offer(home, title="Fietsen tellen")
    client.post(f"/gemeente/aanbod/{made.reference}/kopie")
    client.post(f"/gemeente/aanbod/{made.reference}/sluiten")
    rows = db.session.query(Listing).order_by(Listing.id)
    assert [each.status for each in rows] == [ListingStatus.CLOSED, ListingStatus.DRAFT]
    assert client.post(f"/gemeente/aanbod/{made.reference}/sluiten").status_code == 409


def test_an_export_holds_what_the_list_shows_and_no_formula(client: Client) -> None:
    home = people.municipality()
    client.sign_in(people.member(Role.OFFICER, home))
    listings.offer(home, title="=HYPERLINK(1)")
    listings.offer(home, title="Bomen meten", status=ListingStatus.DRAFT)
    answer = client.get("/gemeente/aanbod/download.csv?status=published")
    table = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert [row["titel"] for row in table] == ["'=HYPERLINK(1)"]
    assert client.get("/gemeente/aanbod/download.xlsx").data.startswith(b"PK")
    assert client.get("/gemeente/aanbod/download.exe").status_code == 404


def test_what_is_asked_is_not_found_among_what_is_offered(client: Client) -> None:
    home = people.institution()
    client.sign_in(people.member(Role.LECTURER, home))
    made = listings.need(home, status=ListingStatus.DRAFT)
    assert client.get(f"/school/vragen/{made.reference}").status_code == 200
    for path in ("", "/soort", "/wat", "/controle"):
        assert client.get(f"/school/aanbod/{made.reference}{path}").status_code == 404
    for path in ("publiceren", "sluiten", "kopie", "terughalen"):
        assert client.post(f"/school/aanbod/{made.reference}/{path}").status_code == 404
