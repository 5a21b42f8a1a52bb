"""Where each role begins after signing in."""

import pytest

from matchmaker.database import db
from matchmaker.listings import saved
from matchmaker.organisations.models import Membership, MembershipStatus
from matchmaker.vocabulary import Kind, Role
from matchmaker.web.account.start import FIRST_PAGE
from tests.factories import listings, people
from tests.factories.client import Client


@pytest.mark.parametrize("role", [role for role in Role if role not in FIRST_PAGE])
def test_a_role_without_a_work_screen_has_a_page_with_steps_it_may_take(client: Client, role: Role) -> None:
    client.sign_in(people.member(role, people.role_home(role)))
    answer = client.get("/start")
    assert answer.status_code == 200
    part = answer.text.split("mm-card--next", 1)[1].split("</section>", 1)[0]
    links = [piece.split('"', 1)[0] for piece in part.split('href="')[1:]]
    assert len(links) >= 3
    for address in links:
        assert client.get(address.replace("&amp;", "&")).status_code == 200
    assert 'href="/start" aria-current="page"' in answer.text


def test_a_reader_sees_what_is_open_and_what_was_kept(client: Client) -> None:
    offer = listings.offer(people.municipality(), kind=Kind.WORK)
    planner = people.member(Role.HR_PLANNER, people.municipality())
    saved.save_listing(planner, offer)
    saved.save_search(planner, name="Stages in Zeist", query="/aanbod?plaats=Zeist", alert=False)
    db.session.commit()
    page = client.sign_in(planner).get("/start").text
    assert "Dit kunt u nu doen" in page
    assert f'href="/aanbod/{offer.reference}"' in page and 'href="/aanbod?plaats=Zeist"' in page


def test_who_has_no_role_any_more_reads_how_to_get_one(client: Client) -> None:
    person = people.member(Role.OFFICER, people.municipality())
    client.sign_in(person)
    db.session.query(Membership).filter_by(account_id=person.id).update({"status": MembershipStatus.ENDED})
    db.session.commit()
    assert "Uw account heeft nu geen rol" in client.get("/start").text
