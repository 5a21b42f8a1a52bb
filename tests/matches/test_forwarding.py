"""A question reaches a desk, the nearest willing one, or is closed honestly; and it can be passed on."""

import pytest
from flask import Flask

from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.mail.models import Letter, LetterStatus
from matchmaker.matches import actions
from matchmaker.matches.finding_desks import around
from matchmaker.matches.models import Match
from matchmaker.matches.queries import events_of, unmet_demand
from matchmaker.matches.states import Action, State
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Kind, OrganisationKind, Refusal, Role
from tests.factories import listings, people
from tests.matches.scenes import scene


def municipality(code: str, name: str, *, with_desk: bool = True, **desk_values: object) -> Organisation:
    made = people.municipality(with_desk=False, code=code, name=name, slug=name.lower().replace(" ", "-"))
    if with_desk:
        people.desk(made, **desk_values)
        people.member(Role.OFFICER, made)
    db.session.refresh(made)
    return made


def test_rings_go_outward_and_skip_desks_that_do_not_take_from_others(app: Flask) -> None:
    utrecht = municipality("GM0344", "Utrecht")
    municipality("GM0310", "De Bilt", takes_from_neighbours=False)
    stichtse_vecht = municipality("GM1904", "Stichtse Vecht")
    houten = municipality("GM0321", "Houten")
    municipality("GM0363", "Amsterdam")
    municipality("GM0014", "Groningen")
    found = [(each.municipality.code, each.ring) for each in around(utrecht)]
    assert {code for code, ring in found if ring == 1} == {stichtse_vecht.code, houten.code}
    assert [ring for _, ring in found] == sorted(ring for _, ring in found)
    assert "GM0310" not in dict(found) and "GM0014" not in dict(found)


def test_municipalities_that_share_the_desk_come_first(app: Flask) -> None:
    region = people.organisation(OrganisationKind.REGION)
    desk = people.desk(region)
    bunnik, de_bilt = (
        municipality("GM0312", "Bunnik", with_desk=False),
        municipality("GM0310", "De Bilt", with_desk=False),
    )
    bunnik.desk_id = de_bilt.desk_id = desk.id
    municipality("GM0344", "Utrecht")
    db.session.flush()
    db.session.expire_all()
    assert [(each.municipality.code, each.ring) for each in around(bunnik)][:2] == [("GM0310", 0), ("GM0344", 1)]


def test_a_municipality_without_a_desk_is_served_by_that_of_its_region(app: Flask) -> None:
    here = scene()
    region = people.organisation(OrganisationKind.REGION)
    desk, officer = people.desk(region), people.member(Role.OFFICER, region)
    bunnik = municipality("GM0312", "Bunnik", with_desk=False)
    bunnik.desk_id = desk.id
    db.session.flush()
    db.session.refresh(bunnik)
    match = actions.ask_desk(here.need, bunnik, by=here.lecturer)
    assert (match.municipality_id, match.desk_id, match.ring) == (bunnik.id, desk.id, 0)
    assert [letter.to_address for letter in db.session.query(Letter)] == [officer.email]


def test_without_any_desk_of_its_own_the_nearest_willing_one_takes_it_and_says_so(app: Flask) -> None:
    here = scene()
    de_bilt = municipality("GM0310", "De Bilt", with_desk=False)
    match = actions.ask_desk(here.need, de_bilt, by=here.lecturer)
    assert (match.municipality_id, match.desk_id, match.ring) == (here.municipality.id, here.desk.id, 1)
    assert match.events[0].values == {"asked": "De Bilt", "taken_by": "Utrecht"}


def test_without_a_desk_within_reach_it_is_closed_counted_and_an_invitation_is_put_to_print(app: Flask) -> None:
    here = scene()
    groningen = municipality("GM0014", "Groningen", with_desk=False)
    match = actions.ask_desk(here.need, groningen, by=here.lecturer)
    assert (match.state, match.refusal, match.desk_id) == (State.REFUSED, Refusal.NO_DESK, None)
    assert (unmet_demand(groningen), unmet_demand(here.municipality)) == (1, 0)
    sent = [
        (letter.template, letter.to_address, letter.status) for letter in db.session.query(Letter).order_by(Letter.id)
    ]
    assert sent == [
        ("match_refused", here.lecturer.email, LetterStatus.QUEUED),
        ("invite_municipality", "", LetterStatus.PRINT),
    ]


def test_forwarding_ends_here_starts_there_with_credit_and_tells_the_asker(app: Flask) -> None:
    here = scene()
    houten = municipality("GM0321", "Houten")
    match = here.asked()
    moved = actions.forward(match, to=houten, note="Zij weten hier meer van.", by=here.officer)
    assert (match.state, moved.state) == (State.FORWARDED, State.REQUESTED)
    assert (moved.forwarded_from, moved.municipality, moved.desk, moved.ring) == (match, houten, houten.desk, 1)
    assert (moved.school_contact_id, moved.need_id) == (here.lecturer.id, here.need.id)
    assert match.events[-1].values == {"to": "Houten"}
    assert moved.events[-1].values == {"sender": "Utrecht"}
    assert [event.action for event in events_of(moved)] == [Action.REQUEST, Action.FORWARD, Action.REQUEST]
    templates = [letter.template for letter in db.session.query(Letter).order_by(Letter.id)]
    assert templates == ["match_requested", "match_requested", "match_forwarded"]


def test_a_proposal_of_the_next_municipality_becomes_the_question(app: Flask) -> None:
    here = scene()
    houten = municipality("GM0321", "Houten")
    listings.offer(houten, work_fields=["W22"])
    (proposal,) = actions.propose_for(here.need)
    moved = actions.forward(here.asked(), to=houten, by=here.officer)
    assert (moved.id, moved.state, moved.score) == (proposal.id, State.REQUESTED, proposal.score)


def test_a_question_never_returns_to_a_desk_that_had_it_nor_goes_out_of_reach(app: Flask) -> None:
    here = scene()
    houten, groningen = municipality("GM0321", "Houten"), municipality("GM0014", "Groningen")
    match = here.asked()
    with pytest.raises(InvalidValue):
        actions.forward(match, to=groningen, by=here.officer)
    moved = actions.forward(match, to=houten, by=here.officer)
    with pytest.raises(InvalidValue):
        actions.forward(moved, to=here.municipality, by=here.officer)
    with pytest.raises(InvalidMove):
        actions.forward(match, to=houten, by=here.officer)


def test_the_own_question_of_a_municipality_stays_with_it(app: Flask) -> None:
    here = scene()
    question = listings.need(here.municipality, kind=Kind.QUESTION)
    answer = listings.offer(here.school, kind=Kind.QUESTION, owner_id=here.lecturer.id)
    (match,) = actions.propose_for(question)
    assert (match.municipality, match.school, match.offer) == (here.municipality, here.school, answer)
    actions.request(match, by=here.lecturer)
    houten = municipality("GM0321", "Houten")
    with pytest.raises(InvalidMove):
        actions.forward(match, to=houten, by=here.officer)
    assert db.session.get(Match, match.id).state is State.REQUESTED  # type: ignore[union-attr]
