"""The page of what is sought in vain, and the form that counts a search."""

from datetime import timedelta

import pytest

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.insights.models import SearchSignal
from matchmaker.insights.unmet import WAIT_DAYS
from matchmaker.listings.models import Offer
from matchmaker.reference import work_field
from matchmaker.vocabulary import Kind, Role
from tests.factories import listings, people
from tests.factories.client import Client
from tests.factories.forms import PageReader


def test_opening_an_empty_list_counts_for_nothing_and_its_form_counts_once(client: Client) -> None:
    page = client.get("/aanbod?werkveld=W20&plaats=Utrecht").text
    assert db.session.query(SearchSignal).count() == 0
    [form] = [each for each in PageReader(page).forms if each.action == "/aanbod/tellen"]
    for _ in range(2):
        answer = client.post(form.action, data={"werkveld": "W20", "plaats": "Utrecht", "km": "30"})
        assert answer.status_code == 302
    assert "Gemeenten in de buurt zien dat dit gezocht wordt." in client.get(answer.location).text
    [row] = db.session.query(SearchSignal)
    assert (row.work_field, row.area, row.number) == ("W20", "GM0344", 1)
    assert set(form.inputs) == {"csrf_token", "submission_key", "werkveld", "plaats", "km"}


def test_a_form_with_anything_in_it_never_breaks(client: Client) -> None:
    for nasty in ("\x00", "\ud83d", "a" * 5000, "%00", "<script>"):
        body = {"q": nasty.encode("utf-8", "surrogatepass"), "werkveld": nasty.encode("utf-8", "surrogatepass")}
        assert client.post("/aanbod/tellen", data=body).status_code == 302


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HR_PLANNER, Role.ORG_ADMIN, Role.BOARD])
def test_the_page_says_how_many_programmes_look_for_what(client: Client, role: Role) -> None:
    town = people.municipality()
    listings.need(published_at=now() - timedelta(days=WAIT_DAYS + 1), work_fields=["W20"])
    client.sign_in(people.member(role, town))
    page = client.get("/inzicht/gezocht").text
    assert "1 opleiding binnen 30 km zoekt iets dat niemand aanbiedt" in page
    assert work_field("W20").name_nl in page
    assert ("Plaats aanbod" in page) is (role is Role.OFFICER)


def test_the_button_opens_the_wizard_with_kind_and_field_filled_in(client: Client) -> None:
    town = people.municipality()
    listings.need(published_at=now() - timedelta(days=WAIT_DAYS + 1), work_fields=["W20"])
    client.sign_in(people.member(Role.OFFICER, town))
    [address] = [each for each in PageReader(client.get("/inzicht/gezocht").text).links if "/aanbod/nieuw" in each]
    form = next(each for each in PageReader(client.get(address).text).forms if "kind" in each.inputs)
    assert form.inputs["kind"].values == [Kind.LECTURE.value]
    client.post(address, data={"kind": Kind.LECTURE.value})
    [made] = db.session.query(Offer).filter_by(organisation_id=town.id)
    assert (made.kind, made.work_fields) == (Kind.LECTURE, ["W20"])


def test_a_field_the_address_made_up_is_left_out(client: Client) -> None:
    town = people.municipality()
    client.sign_in(people.member(Role.OFFICER, town))
    client.post("/gemeente/aanbod/nieuw?werkveld=W99", data={"kind": Kind.LECTURE.value})
    [made] = db.session.query(Offer).filter_by(organisation_id=town.id)
    assert made.work_fields == []
