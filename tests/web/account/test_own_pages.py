"""The pages about oneself."""

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.accounts.queries import event_preferences
from matchmaker.database import db
from matchmaker.links.actions import find_link
from matchmaker.links.models import Purpose
from matchmaker.listings.models import SavedSearch
from matchmaker.listings.saved import save_listing, save_search, saved_listings
from matchmaker.mail.models import Frequency
from matchmaker.organisations.models import Membership
from matchmaker.vocabulary import Role
from tests.conftest import QueryCount
from tests.factories import listings, people
from tests.factories.client import Client


@pytest.fixture
def person(client: Client) -> Account:
    signed_in = people.member(Role.LECTURER, people.institution())
    client.sign_in(signed_in)
    return signed_in


def profile(**changes: str) -> dict[str, str]:
    return {"display_name": "Anna", "language": "nl", "colour_mode": "dark", "one_key_actions": "y", **changes}


def test_the_profile_is_saved_and_the_page_turns_dark(client: Client, person: Account) -> None:
    assert client.post("/account", data=profile(version=str(person.version))).status_code == 302
    assert (person.display_name, person.colour_mode, person.one_key_actions) == ("Anna", "dark", True)
    assert 'data-mode="dark"' in client.get("/account").text


def test_opening_the_page_is_no_conflict(client: Client, person: Account) -> None:
    page = client.get("/account").text
    assert "data-focus" not in page
    assert f'name="version" type="hidden" value="{person.version}"' in page


def test_english_is_kept_for_the_next_page(client: Client, person: Account) -> None:
    assert client.post("/account", data=profile(language="en", version=str(person.version))).status_code == 302
    assert '<html lang="en"' in client.get("/account").text


def test_two_windows_do_not_overwrite_each_other(client: Client, person: Account) -> None:
    seen = str(person.version)
    client.post("/account", data=profile(version=seen, display_name="Een"))
    second = client.post("/account", data=profile(version=seen, display_name="Twee"))
    assert second.status_code == 200
    assert "Iemand anders heeft dit intussen veranderd." in second.text
    assert 'value="Twee"' in second.text and person.display_name == "Een"


def test_a_name_is_one_line_that_can_be_seen(client: Client, person: Account) -> None:
    typed = "Anna\r\nBcc: \u202eevil@x.example\u202c "
    client.post("/account", data=profile(display_name=typed, version=str(person.version)))
    assert person.display_name == "Anna Bcc: evil@x.example"


@pytest.mark.parametrize("name", ["", " ", "\u202e\u200b \u2066", "x" * 121, "a\x00b"])
def test_an_impossible_name_is_refused_at_the_field(client: Client, person: Account, name: str) -> None:
    answer = client.post("/account", data=profile(display_name=name, version=str(person.version)))
    assert answer.status_code == 200
    assert 'id="display_name-fout"' in answer.text


@pytest.mark.parametrize("changes", [{"language": "xx"}, {"colour_mode": "<script>"}])
def test_an_unknown_choice_is_refused(client: Client, person: Account, changes: dict[str, str]) -> None:
    assert client.post("/account", data=profile(**changes, version=str(person.version))).status_code == 200
    assert person.display_name != "Anna"


def test_another_browser_can_be_signed_out_from_afar(client: Client, person: Account) -> None:
    other = client.application.test_client()
    other.post("/inloggen", data={"email": person.email, "password": people.PASSWORD})
    page = client.get("/account").text
    number = page.split("/account/sessies/")[1].split("/")[0]
    client.post(f"/account/sessies/{number}/beeindigen")
    assert other.get("/account").status_code == 302
    assert client.get("/account").status_code == 200


def test_a_session_of_someone_else_does_not_exist(client: Client, person: Account) -> None:
    other = client.application.test_client()
    stranger = people.member(Role.LECTURER, people.institution())
    other.post("/inloggen", data={"email": stranger.email, "password": people.PASSWORD})
    number = other.get("/account").text
    assert "Dit apparaat" in number
    for each in range(1, 40):
        answer = client.post(f"/account/sessies/{each}/beeindigen")
        assert answer.status_code in (302, 404)
    assert other.get("/account").status_code == 200


def test_mail_is_chosen_per_topic_and_nonsense_is_refused(client: Client, person: Account) -> None:
    data = {"requests": "daily", "messages": "never", "listings": "weekly", "proposals": "now", "committees": "now"}
    assert client.post("/account/mail", data=data).status_code == 302
    page = client.get("/account/mail").text
    assert page.count(" checked") == 5
    assert client.post("/account/mail", data={**data, "requests": "hourly"}).status_code == 200


def test_an_event_is_chosen_by_itself_until_it_follows_its_topic_again(client: Client, person: Account) -> None:
    data = {"requests": "daily", "messages": "now", "listings": "now", "proposals": "now", "committees": "now"}
    page = client.get("/account/mail").text
    assert page.count("Kies per gebeurtenis") == 3 and "match_offered" in page
    assert "match_routed" not in page and "listing_to_check" not in page
    client.post("/account/mail", data={**data, "match_offered": "never", "listing_to_check": "never"})
    assert event_preferences(person) == {"match_offered": Frequency.NEVER}
    page = client.get("/account/mail").text
    assert page.count('<option selected value="never">') == page.count('<details class="mm-more" open>') == 1
    assert client.post("/account/mail", data={**data, "match_offered": "hourly"}).status_code == 200
    assert event_preferences(person) == {"match_offered": Frequency.NEVER}
    client.post("/account/mail", data={**data, "match_offered": ""})
    assert event_preferences(person) == {}


def test_another_of_ones_own_roles_can_be_chosen_and_no_one_elses(client: Client, person: Account) -> None:
    organisation = people.municipality()
    people.member(Role.COLLEAGUE, organisation, who=person)
    stranger = people.member(Role.ORG_ADMIN, organisation)
    mine = db.session.scalars(
        select(Membership).where(Membership.account_id == person.id, Membership.role == Role.COLLEAGUE)
    ).one()
    theirs = db.session.scalars(select(Membership).where(Membership.account_id == stranger.id)).one()
    assert client.post("/account/rol", data={"membership": str(mine.id)}).status_code == 302
    assert "medewerker gemeente" in client.get("/account").text
    for wrong in (str(theirs.id), "9" * 30, "x", ""):
        assert client.post("/account/rol", data={"membership": wrong}).status_code == 404


def test_the_calendar_address_is_shown_once(client: Client, person: Account) -> None:
    client.post("/account/agenda-link")
    page = client.get("/account").text
    token = page.split("/agenda/feed/")[1].split('"')[0]
    assert find_link(token, Purpose.FEED).account_id == person.id
    assert "/agenda/feed/" not in client.get("/account").text
    client.post("/account/agenda-link/intrekken")
    assert "Maak een link" in client.get("/account").text


def test_saved_postings_and_searches_are_ones_own(client: Client, person: Account) -> None:
    stranger = people.account()
    offer, search = listings.offer(), save_search(stranger, name="Van een ander", query="/aanbod?q=x", alert=False)
    save_listing(person, offer)
    mine = save_search(person, name="Water <i>", query="/aanbod?q=water&soort=gastles", alert=False)
    db.session.commit()
    page = client.get("/account/bewaard").text
    assert offer.title in page and "Water &lt;i&gt;" in page and "Van een ander" not in page
    assert client.post(f"/account/zoekopdrachten/{search.id}/weghalen").status_code == 404
    client.post(f"/account/zoekopdrachten/{mine.id}/bericht-aan")
    assert mine.alert
    client.post(f"/account/zoekopdrachten/{mine.id}/bericht-uit")
    assert not mine.alert
    client.post(f"/account/zoekopdrachten/{mine.id}/weghalen")
    client.post(f"/account/bewaard/{offer.reference}/weghalen")
    assert client.post("/account/bewaard/A99999/weghalen").status_code == 404
    assert list(saved_listings(person)) == []
    assert db.session.scalars(select(SavedSearch.name)).all() == ["Van een ander"]


def test_the_saved_page_asks_as_often_with_three_rows_as_with_one(
    client: Client, person: Account, count_queries: "type[QueryCount]"
) -> None:
    numbers = []
    for amount in (1, 2):
        for _ in range(amount):
            save_listing(person, listings.offer())
        db.session.expire_all()
        with count_queries() as queries:
            client.get("/account/bewaard")
        numbers.append(queries.number)
    assert numbers[0] == numbers[1] <= 20
