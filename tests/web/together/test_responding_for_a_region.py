"""The officer of a region responds to a need for one of its municipalities, and for no other."""

from dataclasses import dataclass

import pytest

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.listings.models import Need
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import OrganisationKind, Role
from tests.factories import listings, people
from tests.factories.client import Client


@dataclass
class Shared:
    """A region whose desk serves two municipalities, its officer, and a need of a school."""

    region: Organisation
    one: Organisation
    two: Organisation
    officer: Account
    need: Need

    @property
    def address(self) -> str:
        return f"/samen/reageer/{self.need.reference}"


@pytest.fixture
def shared(app: object) -> Shared:
    region = people.organisation(OrganisationKind.REGION, name="Regio Vechtland")
    desk = people.desk(region)
    one, two = (people.municipality(with_desk=False, name=name) for name in ("Bovenveen", "Ondermeer"))
    one.desk_id = two.desk_id = desk.id
    db.session.flush()
    db.session.refresh(desk)
    return Shared(region, one, two, people.member(Role.OFFICER, region), listings.need())


def matches_of(need: Need) -> list[Match]:
    return db.session.query(Match).filter_by(need_id=need.id).all()


def test_only_the_municipalities_of_the_region_can_be_chosen(client: Client, shared: Shared) -> None:
    people.municipality(name="Elders")
    page = client.sign_in(shared.officer).get(shared.address).text
    assert "Namens welke gemeente?" in page
    assert ">Bovenveen<" in page and ">Ondermeer<" in page
    assert ">Elders<" not in page and ">Regio Vechtland<" not in page


def test_the_match_is_that_of_the_chosen_municipality_at_the_desk_of_the_region(client: Client, shared: Shared) -> None:
    client.sign_in(shared.officer).post(shared.address, data={"own": "new", "municipality": shared.two.code})
    (match,) = matches_of(shared.need)
    assert (match.municipality_id, match.desk_id) == (shared.two.id, shared.two.desk_id)
    assert match.state is State.OFFERED


def test_without_a_choice_nothing_is_offered(client: Client, shared: Shared) -> None:
    for data in ({"own": "new"}, {"own": "new", "municipality": ""}):
        page = client.sign_in(shared.officer).post(shared.address, data=data)
        assert page.status_code == 200 and "Vul dit in." in page.text
        client.post("/uitloggen")
    assert matches_of(shared.need) == []


def test_a_municipality_outside_the_region_is_refused(client: Client, shared: Shared) -> None:
    outside = people.municipality(name="Elders")
    client.sign_in(shared.officer)
    for code in (outside.code, shared.region.code, "GM9999"):
        page = client.post(shared.address, data={"own": "new", "municipality": code})
        assert page.status_code == 200, code
        assert "mm-errors" in page.text
    assert matches_of(shared.need) == []


def test_an_own_posting_of_the_region_needs_no_choice(client: Client, shared: Shared) -> None:
    offer = listings.offer(shared.region, kind=shared.need.kind)
    client.sign_in(shared.officer).post(shared.address, data={"own": offer.reference})
    match = next(each for each in matches_of(shared.need) if each.offer_id == offer.id)
    assert (match.municipality_id, match.state) == (shared.region.id, State.OFFERED)


def test_an_officer_of_a_municipality_is_not_asked(client: Client, shared: Shared) -> None:
    officer = people.member(Role.OFFICER, people.municipality())
    assert "Namens welke gemeente?" not in client.sign_in(officer).get(shared.address).text
