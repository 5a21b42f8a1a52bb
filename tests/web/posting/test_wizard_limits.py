"""What the wizard refuses, and what it does when two do the same thing."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Kind, ListingStatus, Role
from tests.conftest import QueryCount
from tests.factories import listings, people
from tests.factories.client import Client
from tests.web.posting.steps import TEXT, hidden, only_listing, start


def test_html_and_emoji_are_shown_as_they_were_typed(client: Client, home: Organisation) -> None:
    one = start(client, Kind.WORK)
    client.post(f"{one}/wat", data={"title": "<script>alert(1)</script> 🚲", "text": TEXT})
    page = client.get(f"{one}/controle").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🚲" in page and "<script>alert" not in page


def test_what_the_aid_says_back_while_one_types_is_text(client: Client, home: Organisation) -> None:
    """A script puts the answer on the page as it is, so the server escapes what was typed."""
    one = start(client, Kind.LECTURE)
    text = (
        "Dat is een <script>goede</script> zin voor iedereen die dat nodig heeft en ook wil hebben om het te lezen "
        "enzovoort zonder einde, namelijk altijd. "
    ) * 5
    parts = client.post(f"{one}/schrijfhulp", data={"title": "De <img src=x onerror=1>", "text": text}).get_json()
    assert "&lt;script&gt;goede&lt;/script&gt;" in parts["hulp-niveau"]
    assert [name for name, html in parts.items() if "<script" in html or "<img" in html] == []


@pytest.mark.parametrize("number", ["abc", "1e5", "٣", "2.5", "--5", "0x10"])
def test_a_number_in_other_signs_is_refused(client: Client, home: Organisation, number: str) -> None:
    one = start(client, Kind.WORK)
    page = client.post(f"{one}/wanneer", data={"places": number})
    assert page.status_code == 200 and "Vul een heel getal in" in page.text


def test_choices_that_were_never_in_the_list_are_refused(client: Client, home: Organisation) -> None:
    one = start(client, Kind.WORK)
    page = client.post(f"{one}/voor-wie", data={"levels": ["hbo_bachelor", "phd"], "study_fields": ["9999"]}).text
    assert page.count("Deze keuze kennen wij niet") >= 2
    page = client.post(f"{one}/wat", data={"title": "Titel", "team": "9" * 30}).text
    assert "Deze keuze kennen wij niet" in page
    page = client.post(f"{one}/wanneer", data={"mode": "per post"}).text
    assert "Deze keuze kennen wij niet" in page


def test_a_step_shows_all_its_errors_at_once(client: Client, home: Organisation) -> None:
    """What cannot be read, what cannot be true and what does not go together, each at its own field."""
    one = start(client, Kind.WORK)
    typed = {"places": "veel", "starts_on": "1-1-2020", "hours_min": "32", "hours_max": "24", "place": "Nergenshuizen"}
    page = client.post(f"{one}/wanneer", data=typed).text
    summary = page[page.index(' mm-errors"') :].split("</ul>")[0]
    for sentence in (
        "Vul een heel getal in, met alleen cijfers.",
        "Deze datum is al geweest.",
        "Het eerste getal is hoger dan het tweede.",
        "Deze plaats kennen wij niet.",
    ):
        assert summary.count(sentence) == 1, sentence
    assert [summary.count(f'href="#{name}"') for name in ("starts_on", "hours_max", "places", "place")] == [1, 1, 1, 1]
    assert only_listing().hours_min is None


def test_what_is_online_shows_what_is_missing_beside_what_is_wrong(client: Client, home: Organisation) -> None:
    offer = listings.offer(home)
    page = client.post(f"/gemeente/aanbod/{offer.reference}/wat", data={"title": "", "text": "x" * 8001}).text
    assert "Vul dit in." in page and "Gebruik hier hoogstens 8000 tekens." in page


def test_half_a_moment_is_not_enough(client: Client, college: Organisation) -> None:
    one = start(client, Kind.LECTURE, "/school/vragen")
    page = client.post(f"{one}/wanneer", data={"day1": (today() + timedelta(days=9)).isoformat()}).text
    assert "Vul dag en tijd allebei in" in page


def test_publishing_too_early_says_what_is_missing_and_where(client: Client, home: Organisation) -> None:
    one = start(client, Kind.WORK)
    page = client.get(f"{one}/controle").text
    assert "Er zijn nog 2 dingen nodig" in page and f'href="{one}/wat#title"' in page
    answer = client.post(f"{one}/publiceren")
    assert answer.headers["Location"] == f"{one}/controle"
    assert only_listing().status is ListingStatus.DRAFT


def test_a_double_click_makes_one_draft_and_publishes_once(client: Client, home: Organisation) -> None:
    data = {"kind": "work_placement", "submission_key": "a" * 32}
    first, second = (client.post("/gemeente/aanbod/nieuw", data=data).headers["Location"] for _ in range(2))
    assert first == second
    one = f"/gemeente/aanbod/{only_listing().reference}"
    client.post(f"{one}/wat", data={"title": "Tel mee op straat", "text": TEXT})
    for _ in range(2):
        assert client.post(f"{one}/publiceren", data={"submission_key": "b" * 32}).status_code == 302
    assert only_listing().is_published
    assert client.post(f"{one}/publiceren").status_code == 409


def test_two_people_editing_the_same_draft_both_see_what_the_other_did(client: Client, home: Organisation) -> None:
    one = start(client, Kind.WORK)
    old = hidden(client.get(f"{one}/wat").text, "version")
    client.post(f"{one}/wat", data={"title": "Titel van de eerste", "text": TEXT, "version": old})
    page = client.post(f"{one}/wat", data={"title": "Titel van de tweede", "text": TEXT, "version": old})
    assert page.status_code == 200
    assert "Titel van de eerste" in page.text and 'value="Titel van de tweede"' in page.text
    assert only_listing().title == "Titel van de eerste"
    new = hidden(page.text, "version")
    client.post(f"{one}/wat", data={"title": "Titel van de tweede", "text": TEXT, "version": new})
    assert only_listing().title == "Titel van de tweede"


def test_what_is_of_another_organisation_is_not_there(client: Client, home: Organisation) -> None:
    foreign = listings.offer(status=ListingStatus.DRAFT)
    one = f"/gemeente/aanbod/{foreign.reference}"
    for path in ("", "/soort", "/wat", "/voor-wie", "/wanneer", "/controle"):
        assert client.get(one + path).status_code == 404
    for path in ("/publiceren", "/sluiten", "/kopie", "/terughalen", "/schrijfhulp"):
        assert client.post(one + path).status_code == 404


def test_a_school_has_no_page_of_a_municipality_and_the_other_way_round(client: Client, college: Organisation) -> None:
    assert client.get("/gemeente/aanbod/nieuw").status_code == 403
    client.post("/uitloggen")
    client.sign_in(people.member(Role.OFFICER, people.municipality()))
    assert client.get("/school/vragen/nieuw").status_code == 403


def test_a_form_without_the_token_of_this_browser_is_refused(
    client: Client, home: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(client.application.config, "WTF_CSRF_ENABLED", True)
    page = client.get("/gemeente/aanbod/nieuw")
    assert page.status_code == 200
    assert client.post("/gemeente/aanbod/nieuw", data={"kind": "work_placement"}).status_code == 400
    with_token = {"kind": "work_placement", "csrf_token": hidden(page.text, "csrf_token")}
    assert client.post("/gemeente/aanbod/nieuw", data=with_token).status_code == 302


def test_no_page_of_the_wizard_asks_the_database_more_than_twenty_times(
    client: Client, home: Organisation, count_queries: Callable[[], QueryCount]
) -> None:
    for _ in range(3):
        people.team(home)
    one = start(client, Kind.LECTURE)
    for page in (f"{one}/soort", f"{one}/wat", f"{one}/voor-wie", f"{one}/wanneer", f"{one}/controle", one):
        db.session.expire_all()
        with count_queries() as queries:
            assert client.get(page).status_code == 200
        assert queries.number <= 20, page
