"""The other pages for everyone: front door, municipalities, schools, statements, and what machines read."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from matchmaker.classification import Keep, Whose
from matchmaker.clock import now
from matchmaker.listings.writing import sync_tags
from matchmaker.matches.actions import ask_desk
from matchmaker.organisations.registers import load_registers
from matchmaker.vocabulary import Kind, Role
from matchmaker.words.processing import KEEPS, WHOSES, retention_table
from tests.factories import listings, people
from tests.factories.client import Client

ATOM = "{http://www.w3.org/2005/Atom}"
STATEMENTS = ("/hulp", "/privacy", "/toegankelijkheid", "/contact", "/over", "/zo-tellen-wij", "/zo-werkt-de-match",
              "/stijlgids", "/vraag-stellen", "/scholen", "/gemeenten")  # fmt: skip


@pytest.mark.parametrize("path", STATEMENTS)
def test_every_statement_can_be_read_by_anyone(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", STATEMENTS)
def test_every_statement_links_to_pages_that_exist(client: Client, path: str) -> None:

    load_registers()
    for target in set(re.findall(r'href="(/[^"#]*)', client.get(path).text)):
        if not target.startswith("/static"):
            assert client.get(target.replace("&amp;", "&")).status_code in (200, 302), target


def test_an_empty_product_still_has_a_front_door_with_a_next_step(client: Client) -> None:
    page = client.get("/").text
    assert "Er staat nog geen aanbod online" in page
    assert "nog te weinig om te tellen" in page


def test_the_front_door_counts_what_is_there(client: Client) -> None:
    home = people.municipality(name="Utrecht", place="Utrecht")
    sync_tags(listings.offer(home, kind=Kind.WORK, places=5, places_taken=2))
    school = people.institution(place="Utrecht")
    for _ in range(2):
        sync_tags(listings.need(school, place="Utrecht", work_fields=["W20"]))
    page = client.get("/").text
    assert "<dd>3</dd>" in page
    assert "<dd>2</dd>" in page
    assert "2 vragen rond Utrecht over openbare ruimte, riolering, water en afval wachten nog op een gemeente" in page


@pytest.mark.parametrize("role", list(Role))
def test_no_door_of_the_front_page_is_shut_for_who_sees_it(client: Client, role: Role) -> None:
    school = role in {Role.LECTURER, Role.COORDINATOR, Role.STUDENT}
    client.sign_in(people.member(role, people.institution() if school else people.municipality()))
    doors = client.get("/").text.split('id="deuren"', 1)[1].split("</section>", 1)[0]
    for address in re.findall(r'<li><a href="([^"#]+)', doors):
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_the_front_page_sends_a_lecturer_to_the_kind_that_was_named(client: Client) -> None:
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    assert 'href="/school/vragen/nieuw?soort=guest_lecture"' in client.get("/").text
    inputs = re.findall(r"<input[^>]*>", client.get("/school/vragen/nieuw?soort=guest_lecture").text)
    assert ["guest_lecture" in each for each in inputs if " checked" in each] == [True]


def test_the_front_door_takes_as_many_queries_for_three_as_for_one(
    client: Client, count_queries: Callable[[], object]
) -> None:
    def add() -> None:
        sync_tags(listings.offer())
        sync_tags(listings.need(place="Utrecht"))

    client.get("/")
    add()
    with count_queries() as one:  # type: ignore[attr-defined]
        client.get("/")
    add()
    add()
    with count_queries() as three:  # type: ignore[attr-defined]
        client.get("/")
    assert three.number == one.number
    assert three.number <= 20


def test_a_municipality_shows_its_promise_and_its_offers_by_team(client: Client) -> None:
    town = people.municipality(name="Bunnik", no_places_for=["W24"], crowded=["Rechten op hbo-niveau"])
    team = people.team(town, name="Water en wegen")
    sync_tags(listings.offer(town, team_id=team.id))
    page = client.get(f"/gemeenten/{town.slug}").text
    assert "1 mogelijkheid bij Gemeente Bunnik" in page
    assert "Water en wegen" in page
    assert "U krijgt binnen 2 werkdagen een eerste antwoord." in page
    assert "Vastgoed, facilitair en huisvesting" in page
    assert "Rechten op hbo-niveau" in page


def test_a_municipality_without_a_desk_says_who_answers_instead(client: Client) -> None:
    people.municipality(name="Utrecht", code="GM0344", slug="utrecht")
    bunnik = people.municipality(name="Bunnik", code="GM0312", slug="bunnik", with_desk=False)
    page = client.get(f"/gemeenten/{bunnik.slug}").text
    assert "Uw vraag gaat naar het loket van Utrecht" in page
    assert f'href="/gemeenten/{bunnik.slug}/vraag"' in page


def test_a_municipality_without_any_desk_near_shows_how_much_was_asked_in_vain(client: Client) -> None:
    groningen = people.municipality(name="Groningen", code="GM0014", slug="groningen", with_desk=False)
    assert "vond hier nog geen loket" not in client.get("/gemeenten/groningen").text
    lecturer = people.member(Role.LECTURER, people.institution())
    ask_desk(listings.need(lecturer.memberships[0].organisation, owner_id=lecturer.id), groningen, by=lecturer)
    assert "1 vraag vond hier nog geen loket." in client.get("/gemeenten/groningen").text


def test_all_342_municipalities_are_listed_and_found_by_a_part_of_their_name(client: Client) -> None:
    load_registers()
    assert "van 342" in client.get("/gemeenten").text
    assert "Súdwest-Fryslân" in client.get("/gemeenten?q=sudwest").text
    assert "Geen gemeente gevonden" in client.get("/gemeenten?q=nergenshuizen").text


def test_a_school_shows_its_programmes_and_open_needs(client: Client) -> None:
    school = people.institution(name="Hogeschool Vechtland")
    people.programme(school, name="Ruimtelijke Ontwikkeling")
    sync_tags(listings.need(school, title="Wie vertelt over water?"))
    page = client.get(f"/scholen/{school.slug}").text
    assert "Hogeschool Vechtland heeft 1 open vraag" in page
    assert "Ruimtelijke Ontwikkeling" in page
    assert "Wie vertelt over water?" in page


def test_a_municipality_or_school_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/gemeenten/atlantis").status_code == 404
    assert client.get("/scholen/zweinstein").status_code == 404


def test_a_feed_is_atom_with_the_newest_first(client: Client) -> None:
    home = people.municipality()
    sync_tags(listings.offer(home, title="Oud & stil"))
    sync_tags(listings.offer(home, title="Nieuw"))
    for path in ("/aanbod/feed", f"/gemeenten/{home.slug}/feed"):
        answer = client.get(path)
        feed = ElementTree.fromstring(answer.data)  # noqa: S314
        assert answer.mimetype == "application/atom+xml"
        assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == ["Nieuw", "Oud & stil"]
        for part in [feed, *feed.findall(f"{ATOM}entry")]:
            assert part.findtext(f"{ATOM}id")
            datetime.strptime(part.findtext(f"{ATOM}updated") or "", "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def test_the_sitemap_lists_what_is_open(client: Client) -> None:
    made = listings.offer()
    tree = ElementTree.fromstring(client.get("/sitemap.xml").data)  # noqa: S314
    places = [element.text or "" for element in tree.iter() if element.tag.endswith("loc")]
    assert any(place.endswith(f"/aanbod/{made.reference}") for place in places)


def test_the_end_date_of_security_txt_is_ahead_and_within_a_year(client: Client) -> None:
    text = client.get("/.well-known/security.txt").text
    line = next(line for line in text.splitlines() if line.startswith("Expires: "))
    ends = datetime.fromisoformat(line.removeprefix("Expires: ").replace("Z", "+00:00"))
    assert 0 < (ends - now()).days < 365


def test_robots_are_kept_out_of_what_is_not_public(client: Client) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /vraag/" in lines
    assert lines[-1] == "Sitemap: http://localhost:5000/sitemap.xml"


def test_the_published_weights_are_those_in_force(client: Client) -> None:
    page = client.get("/zo-werkt-de-match").text
    assert "Versie 1." in page
    assert page.count("Onderwerp") == 4


def test_the_retention_table_has_a_line_for_each_term_kept_of_people(client: Client) -> None:
    assert set(KEEPS) == set(Keep)
    assert set(WHOSES) == set(Whose)
    page = client.get("/privacy").text
    lines = retention_table().lines
    assert len(lines) == page.count('<th scope="row"')
    assert {line[-1] for line in lines} >= {"een jaar na het antwoord", "dertig dagen", "een jaar"}
