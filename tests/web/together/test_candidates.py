"""Candidates with reasons, and the first step towards one."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.errors import InvalidMove
from matchmaker.listings.models import Need
from matchmaker.matches import actions
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind, ListingStatus, Refusal, Role
from tests.factories import listings, people
from tests.factories.client import Client


def school_with_need(number_of_offers: int = 2, **values: object) -> tuple[Account, Need]:
    school = people.institution(place="Utrecht")
    lecturer = people.member(Role.LECTURER, school)
    need = listings.need(school, owner_id=lecturer.id, levels=["hbo_bachelor"], **values)
    for number in range(number_of_offers):
        town = people.municipality(name=f"Dorp {number}")
        listings.offer(town, levels=["hbo_bachelor"], title=f"Les van dorp {number}", team_id=people.team(town).id)
    actions.propose_for(need)
    return lecturer, need


def test_the_heading_says_what_was_found(client: Client):
    lecturer, need = school_with_need(2)
    page = client.sign_in(lecturer).get(f"/samen/voorstellen/{need.reference}").text
    assert "2 gemeenten passen bij uw gastcollege" in page
    assert "Gemeente Dorp 0" in page and "Gemeente Dorp 1" in page
    assert "telt voor 35%" in page
    assert "Wij vergelijken gemeenten en teams, nooit personen" in page


def test_one_candidate_is_one_municipality(client: Client):
    lecturer, need = school_with_need(1)
    assert (
        "1 gemeente past bij uw gastcollege"
        in client.sign_in(lecturer).get(f"/samen/voorstellen/{need.reference}").text
    )


def test_without_candidates_there_is_a_next_step(client: Client):
    lecturer, need = school_with_need(0)
    page = client.sign_in(lecturer).get(f"/samen/voorstellen/{need.reference}").text
    assert "Nog niets past bij uw gastcollege" in page
    assert f"/samen/voorstellen/{need.reference}/loket" in page


@pytest.mark.parametrize("status", [ListingStatus.DRAFT, ListingStatus.CLOSED, ListingStatus.EXPIRED])
def test_no_desk_is_asked_what_nobody_can_read(client: Client, status: ListingStatus):
    lecturer, need = school_with_need(0)
    town, need.status = people.municipality(code="GM0310", name="De Bilt"), status
    db.session.flush()
    candidates = f"/samen/voorstellen/{need.reference}"
    page = client.sign_in(lecturer).get(candidates).text
    assert "Wij zoeken alleen voor wat online staat." in page
    assert f"{candidates}/loket" not in page and f"/school/vragen/{need.reference}" in page
    for answer in (
        client.get(f"{candidates}/loket"),
        client.post(f"{candidates}/loket", data={"municipality": "GM0310"}),
    ):
        assert answer.headers["Location"] == candidates
    with pytest.raises(InvalidMove):
        actions.ask_desk(need, town, by=lecturer)
    assert db.session.scalars(select(Match)).all() == []


def test_a_desk_is_asked_a_need_and_never_an_offer(client: Client):
    school = people.institution()
    offer = listings.offer(school, kind=Kind.QUESTION)
    client.sign_in(people.member(Role.LECTURER, school))
    assert client.get(f"/samen/voorstellen/{offer.reference}").status_code == 200
    assert client.get(f"/samen/voorstellen/{offer.reference}/loket").status_code == 404


def test_the_candidates_of_another_school_do_not_exist(client: Client):
    _, need = school_with_need(1)
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    assert client.get(f"/samen/voorstellen/{need.reference}").status_code == 404
    assert client.post(f"/samen/voorstellen/{need.reference}").status_code == 404
    assert client.get(f"/samen/voorstellen/{need.reference}/loket").status_code == 404


def test_asking_brings_the_question_to_the_desk_once(client: Client):
    lecturer, need = school_with_need(1)
    match = db.session.scalars(select(Match).where(Match.need_id == need.id)).one()
    client.sign_in(lecturer)
    form = {"note": "Graag in maart.", "submission_key": "b" * 32}
    for _ in range(2):
        answer = client.post(f"/samen/{match.id}/vraag", data=form)
        assert answer.headers["Location"] == f"/samen/{match.id}"
    assert (match.state, match.note) == (State.REQUESTED, "Graag in maart.")
    assert client.post(f"/samen/{match.id}/vraag").status_code == 409


def test_only_a_school_asks_and_only_a_municipality_offers(client: Client):
    lecturer, need = school_with_need(1)
    match = db.session.scalars(select(Match).where(Match.need_id == need.id)).one()
    assert client.sign_in(lecturer).post(f"/samen/{match.id}/hulp").status_code == 403
    client.post("/uitloggen")
    officer = people.member(Role.OFFICER, match.municipality)
    assert client.sign_in(officer).post(f"/samen/{match.id}/vraag").status_code == 403
    client.post(f"/samen/{match.id}/hulp", data={"note": "Wij doen mee."})
    assert match.state is State.OFFERED


def test_a_note_that_is_too_long_stays_on_the_page(client: Client):
    lecturer, need = school_with_need(1)
    match = db.session.scalars(select(Match).where(Match.need_id == need.id)).one()
    answer = client.sign_in(lecturer).post(f"/samen/{match.id}/vraag", data={"note": "zeer " * 500})
    assert "Gebruik hier hoogstens 2000 tekens" in answer.text
    assert "zeer zeer zeer" in answer.text
    assert match.state is State.PROPOSED


def test_the_municipality_sees_the_needs_that_fit_its_offer(client: Client):
    _, need = school_with_need(1)
    match = db.session.scalars(select(Match).where(Match.need_id == need.id)).one()
    officer = people.member(Role.OFFICER, match.municipality)
    page = client.sign_in(officer).get(f"/samen/voorstellen/{match.offer.reference}").text
    assert "1 vraag past bij uw gastles" in page
    assert "Zeg dat u kunt helpen" in page


def test_looking_again_finds_what_was_posted_since(client: Client):
    lecturer, need = school_with_need(1)
    listings.offer(people.municipality(name="Nieuwdorp"), levels=["hbo_bachelor"])
    answer = client.sign_in(lecturer).post(f"/samen/voorstellen/{need.reference}", follow_redirects=True)
    assert "Gemeente Nieuwdorp" in answer.text


def test_a_desk_without_offer_can_be_asked(client: Client):
    lecturer, need = school_with_need(0)
    people.municipality(name="Bunnik", latitude=52.07, longitude=5.2)
    far = people.municipality(name="Sluis", latitude=51.3, longitude=3.4)
    client.sign_in(lecturer)
    page = client.get(f"/samen/voorstellen/{need.reference}/loket").text
    assert page.index("Bunnik") < page.index("Sluis")
    client.post(f"/samen/voorstellen/{need.reference}/loket", data={"municipality": far.code})
    match = db.session.scalars(select(Match).where(Match.need_id == need.id)).one()
    assert (match.municipality_id, match.state, match.offer_id) == (far.id, State.REQUESTED, None)


@pytest.mark.parametrize("code", ["", "GM9999", "' OR 1=1"])
def test_a_municipality_that_does_not_exist_cannot_be_asked(client: Client, code: str):
    lecturer, need = school_with_need(0)
    people.municipality(name="Bunnik")
    answer = client.sign_in(lecturer).post(f"/samen/voorstellen/{need.reference}/loket", data={"municipality": code})
    assert answer.status_code == 200
    assert db.session.query(Match).count() == 0


def test_a_municipality_without_any_desk_in_reach_is_an_honest_no(client: Client):
    lecturer, need = school_with_need(0)
    town = people.municipality(with_desk=False, name="Verweg")
    answer = client.sign_in(lecturer).post(
        f"/samen/voorstellen/{need.reference}/loket", data={"municipality": town.code}, follow_redirects=True
    )
    match = db.session.scalars(select(Match).where(Match.need_id == need.id)).one()
    assert (match.state, match.refusal) == (State.REFUSED, Refusal.NO_DESK)
    assert "Er is geen loket in de buurt dat dit kan oppakken." in answer.text


def test_a_school_asks_about_an_offer_with_a_need_made_from_it(client: Client):
    school = people.institution(place="Utrecht")
    lecturer = people.member(Role.LECTURER, school)
    offer = listings.offer(people.municipality(), title="Rondleiding langs de rioolgemalen")
    client.sign_in(lecturer).post(f"/samen/reageer/{offer.reference}", data={"own": "new", "note": "Graag"})
    match = db.session.scalars(select(Match).where(Match.offer_id == offer.id)).one()
    assert (match.state, match.need.title, match.need.status) == (
        State.REQUESTED,
        "Rondleiding langs de rioolgemalen",
        ListingStatus.PUBLISHED,
    )
    assert match.school_id == school.id


def test_a_school_asks_about_an_offer_with_its_own_need(client: Client):
    school = people.institution()
    lecturer = people.member(Role.LECTURER, school)
    need, other_kind = listings.need(school), listings.need(school, kind=Kind.SEAT, title="Zetel")
    offer = listings.offer(people.municipality())
    page = client.sign_in(lecturer).get(f"/samen/reageer/{offer.reference}").text
    assert need.title in page and other_kind.title not in page
    client.post(f"/samen/reageer/{offer.reference}", data={"own": need.reference})
    again = client.post(f"/samen/reageer/{offer.reference}", data={"own": need.reference})
    assert "Dit bestaat al" in again.text
    assert db.session.query(Match).filter_by(need_id=need.id, offer_id=offer.id).count() == 1


def test_a_municipality_helps_with_a_need_without_an_offer(client: Client):
    town = people.municipality()
    need = listings.need(people.institution())
    client.sign_in(people.member(Role.OFFICER, town)).post(f"/samen/reageer/{need.reference}", data={"own": "new"})
    match = db.session.scalars(select(Match).where(Match.need_id == need.id)).one()
    assert (match.state, match.municipality_id, match.school_id) == (State.OFFERED, town.id, need.organisation_id)


def test_a_school_takes_up_the_open_question_of_a_municipality(client: Client):
    town = people.municipality()
    question = listings.need(town, kind=Kind.QUESTION, title="Hoe vergroenen wij de markt?")
    school = people.institution()
    client.sign_in(people.member(Role.LECTURER, school)).post(
        f"/samen/reageer/{question.reference}", data={"own": "new"}
    )
    match = db.session.scalars(select(Match).where(Match.need_id == question.id)).one()
    assert (match.state, match.municipality_id, match.school_id) == (State.REQUESTED, town.id, school.id)


def test_nobody_responds_to_their_own_posting_or_to_a_closed_one(client: Client):
    school = people.institution()
    need = listings.need(school)
    full = listings.offer(people.municipality(), places=1, places_taken=1)
    draft = listings.offer(people.municipality(), status=ListingStatus.DRAFT, published_at=None)
    client.sign_in(people.member(Role.LECTURER, school))
    assert client.post(f"/samen/reageer/{need.reference}", data={"own": "new"}).status_code == 404
    assert client.get(f"/samen/reageer/{full.reference}").status_code == 409
    assert client.get(f"/samen/reageer/{draft.reference}").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_candidates_asks_as_often_for_one_as_for_three(
    client: Client, count_queries: Callable, number: int
):
    lecturer, need = school_with_need(number)
    client.sign_in(lecturer)
    reference = need.reference
    db.session.expire_all()
    with count_queries() as queries:
        assert client.get(f"/samen/voorstellen/{reference}").status_code == 200
    assert queries.number == CANDIDATE_QUERIES


CANDIDATE_QUERIES = 5


def test_a_municipality_with_two_postings_is_one_candidate(client: Client):
    lecturer, need = school_with_need(1)
    town = db.session.scalars(select(Match).where(Match.need_id == need.id)).one().municipality
    listings.offer(town, levels=["hbo_bachelor"], title="Tweede les van het dorp")
    actions.propose_for(need)
    page = client.sign_in(lecturer).get(f"/samen/voorstellen/{need.reference}").text
    assert "1 gemeente past bij uw gastcollege" in page
    assert page.count('class="mm-cand') == page.count('class="mm-cand mm-cand--first"') + page.count('class="mm-cand__')
    assert "Ook van deze gemeente:" in page
