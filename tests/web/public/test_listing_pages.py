"""The page of one offer or need."""

import json
import re
from datetime import timedelta

import pytest

from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.listings.models import Listing, ListingReport
from matchmaker.vocabulary import Kind, ListingStatus, Role, Side
from tests.factories import listings, people
from tests.factories.client import Client

HOSTILE_TEXT = 'Zie </script><script>alert(1)</script> & "aanhaling" <!-- einde'


def data_of(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found is not None
    read = json.loads(found[1])
    assert isinstance(read, dict)
    return read


def path_of(listing: Listing) -> str:
    return f"/{'aanbod' if listing.side is Side.OFFER else 'vragen'}/{listing.reference}"


@pytest.mark.parametrize(
    ("kind", "values", "name"),
    [
        (Kind.WORK, {}, "JobPosting"),
        (Kind.TRAINEESHIP, {"allowance_min": 600, "allowance_max": 700}, "JobPosting"),
        (Kind.LECTURE, {"slots": [{"date": "2027-03-02", "time": "10:00"}]}, "EducationEvent"),
        (Kind.LECTURE, {}, "Course"),
        (Kind.COURSE, {}, "Course"),
        (Kind.SEAT, {}, "Offer"),
        (Kind.GROUP, {}, "Offer"),
        (Kind.VISIT, {}, "Offer"),
    ],
)
def test_an_offer_describes_itself_in_the_words_of_schema_org(
    client: Client, kind: Kind, values: dict[str, object], name: str
) -> None:
    made = listings.offer(kind=kind, **values)
    data = data_of(client.get(path_of(made)).text)
    assert (data["@context"], data["@type"], data["name"]) == ("https://schema.org", name, made.title)


def test_who_asks_seeks_and_does_not_sell(client: Client) -> None:
    made = listings.need(kind=Kind.SEAT)
    data = data_of(client.get(path_of(made)).text)
    assert made.organisation is not None
    assert (data["@type"], data["@reverse"]["seeks"]["name"]) == ("Demand", made.organisation.name)
    assert "seller" not in data


def test_no_text_can_end_the_block_of_data_or_run(client: Client) -> None:
    made = listings.offer(title=HOSTILE_TEXT[:160], text=HOSTILE_TEXT)
    page = client.get(path_of(made)).text
    assert "<script>alert" not in page
    assert data_of(page)["description"] == HOSTILE_TEXT


def test_every_kind_on_both_sides_has_a_page(client: Client) -> None:
    for kind in Kind:
        for made in (listings.offer(kind=kind), listings.need(kind=kind)):
            assert client.get(path_of(made)).status_code == 200


@pytest.mark.parametrize(
    "values",
    [
        {"status": ListingStatus.CLOSED},
        {"status": ListingStatus.EXPIRED},
        {"places": 1, "places_taken": 1},
        {"respond_before": today() - timedelta(days=1)},
    ],
)
def test_what_is_gone_says_so_and_shows_what_is_like_it(client: Client, values: dict[str, object]) -> None:
    made = listings.offer(title="Verdwenen plek", **values)
    answer = client.get(path_of(made))
    assert answer.status_code == 410
    assert "Deze plek is weg" in answer.text


@pytest.mark.parametrize("status", [ListingStatus.DRAFT, ListingStatus.IN_CHECK, ListingStatus.RETURNED])
def test_what_was_never_online_does_not_exist(client: Client, status: ListingStatus) -> None:
    made = listings.offer(status=status, published_at=None)
    assert client.get(path_of(made)).status_code == 404


def test_an_offer_is_not_found_among_the_needs(client: Client) -> None:
    made = listings.offer()
    assert client.get(f"/vragen/{made.reference}").status_code == 404


def test_a_visitor_signs_in_to_respond_or_asks_without_an_account(client: Client) -> None:
    made = listings.offer()
    page = client.get(path_of(made)).text
    assert f'href="/inloggen?next=/samen/reageer/{made.reference}"' in page
    assert f'href="/gemeenten/{made.organisation.slug}/vraag?over={made.reference}"' in page  # type: ignore[union-attr]


def test_no_public_page_shows_a_person(client: Client) -> None:
    town, school = people.municipality(), people.institution()
    officer = people.member(Role.OFFICER, town)
    lecturer = people.member(Role.LECTURER, school)
    offer, need = listings.offer(town, owner_id=officer.id), listings.need(school, owner_id=lecturer.id)
    paths = ["/", "/aanbod", "/vragen", path_of(offer), path_of(need), f"/gemeenten/{town.slug}", "/gemeenten",
             f"/scholen/{school.slug}", "/aanbod/feed", "/vragen/feed", "/aanbod.csv", "/vragen.csv", "/sitemap.xml",
             f"/gemeenten/{town.slug}/vraag", f"/gemeenten/{town.slug}/feed"]  # fmt: skip
    for path in paths:
        page = client.get(path).text
        for person in (officer, lecturer):
            assert person.display_name not in page, path
            assert person.email not in page, path


def test_anyone_can_say_that_a_posting_is_not_right(client: Client) -> None:
    made = listings.offer()
    client.post(path_of(made) + "/melden", data={"reason": "wrong", "text": "Dit is vorig jaar al gedaan."})
    report = db.session.query(ListingReport).one()
    assert (report.listing_id, report.reason, report.reporter_id) == (made.id, "wrong", None)


def test_a_report_without_a_reason_keeps_what_was_typed(client: Client) -> None:
    made = listings.offer()
    page = client.post(path_of(made) + "/melden", data={"text": "Dit klopt niet."}).text
    assert "Kies wat er aan de hand is." in page
    assert "Dit klopt niet." in page
    assert db.session.query(ListingReport).count() == 0


def test_a_robot_reports_nothing(client: Client) -> None:
    made = listings.offer()
    client.post(path_of(made) + "/melden", data={"reason": "wrong", "text": "", "website": "x"})
    assert db.session.query(ListingReport).count() == 0
