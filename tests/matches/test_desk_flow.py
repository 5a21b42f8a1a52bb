"""From a question to an answer: who acts, who hears of it, and by when."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from matchmaker.audit.models import AuditEvent
from matchmaker.clock import local, now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotFound
from matchmaker.links.actions import find_link, token_of
from matchmaker.links.models import Purpose
from matchmaker.listings.models import VisitorRequest
from matchmaker.mail.models import Letter
from matchmaker.matches import actions
from matchmaker.matches.models import Match
from matchmaker.matches.readers import answer_link
from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind, Party, Refusal, Role
from tests.factories import listings, people
from tests.matches.scenes import Scene, membership_of, scene

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def letters(template: str) -> list[str]:
    rows = db.session.query(Letter).filter_by(template=template).order_by(Letter.id)
    return [letter.to_address for letter in rows]


def audited(match: Match) -> list[str]:
    rows = db.session.query(AuditEvent).filter_by(object_kind="Match", object_id=match.id).order_by(AuditEvent.id)
    return [event.action for event in rows]


def due(match: Match) -> str:
    assert match.due_at is not None
    return f"{local(match.due_at):%a %d %b %H.%M}"


@time_machine.travel(MONDAY, tick=False)
def test_a_question_reaches_every_officer_and_the_clock_of_the_first_answer_starts(app: Flask) -> None:
    here = scene()
    second = people.member(Role.OFFICER, here.municipality)
    match = here.asked()
    assert (match.state, match.desk_id, due(match)) == (State.REQUESTED, here.desk.id, "Wed 25 Nov 17.00")
    assert sorted(letters("match_requested")) == sorted([here.officer.email, second.email])
    assert audited(match) == ["match.request"]


@time_machine.travel(MONDAY, tick=False)
def test_asking_the_same_municipality_twice_gives_the_same_question(app: Flask) -> None:
    here = scene()
    assert here.asked().id == here.asked().id
    assert letters("match_requested") == [here.officer.email]


@time_machine.travel(MONDAY, tick=False)
def test_taking_tells_the_asker_who_and_starts_the_clock_of_routing_once(app: Flask) -> None:
    here = scene()
    match = here.asked()
    actions.take(match, by=here.officer)
    assert (match.owner_id, due(match), match.first_answered_at) == (here.officer.id, "Mon 30 Nov 17.00", now())
    assert letters("match_taken") == [here.lecturer.email]
    actions.take(match, by=here.officer)
    assert audited(match) == ["match.request", "match.take"]


@time_machine.travel(MONDAY, tick=False)
def test_a_second_officer_who_takes_over_does_not_give_more_time(app: Flask) -> None:
    here = scene()
    match = here.asked()
    actions.take(match, by=here.officer)
    before, second = match.due_at, people.member(Role.OFFICER, here.municipality)
    actions.take(match, by=second)
    assert (match.owner_id, match.due_at) == (second.id, before)
    assert letters("match_taken") == [here.lecturer.email]


@time_machine.travel(MONDAY, tick=False)
def test_a_question_back_gives_the_asker_five_working_days_and_the_reply_returns_the_turn(app: Flask) -> None:
    here = scene()
    match = here.asked()
    actions.ask(match, question="Mag het ook online?", by=here.officer)
    assert (match.state, due(match)) == (State.ASKED, "Mon 30 Nov 17.00")
    assert letters("match_asked") == [here.lecturer.email]
    with time_machine.travel(MONDAY + timedelta(days=7), tick=False):
        actions.reply(match, answer="Ja, graag.", by=here.lecturer)
        assert (match.state, due(match)) == (State.REQUESTED, "Wed 02 Dec 17.00")
    assert letters("match_replied") == [here.officer.email]


def test_an_empty_question_or_answer_is_refused(app: Flask) -> None:
    here = scene()
    match = here.asked()
    with pytest.raises(InvalidValue):
        actions.ask(match, question="  ", by=here.officer)
    actions.ask(match, question="Voor wie?", by=here.officer)
    with pytest.raises(InvalidValue):
        actions.reply(match, answer="", by=here.lecturer)


@time_machine.travel(MONDAY, tick=False)
def test_a_colleague_gets_three_working_days_and_a_link(app: Flask) -> None:
    here = scene()
    match = here.asked()
    actions.route(match, to=here.membership, note="Iets voor jou?", by=here.officer)
    assert (match.state, match.colleague_id, due(match)) == (State.ROUTED, here.colleague.id, "Thu 26 Nov 17.00")
    assert letters("match_routed") == [here.colleague.email]
    assert letters("match_passed_on") == [here.lecturer.email]
    link = answer_link(match)
    assert link is not None and find_link(token_of(link), Purpose.COLLEAGUE_ANSWER).account_id == here.colleague.id


def test_nobody_of_another_municipality_can_be_asked(app: Flask) -> None:
    here = scene()
    outsider = people.member(Role.COLLEAGUE, people.municipality())
    with pytest.raises(InvalidValue):
        actions.route(here.asked(), to=membership_of(outsider), by=here.officer)


def test_yes_of_the_colleague_offers_it_to_the_asker_and_tells_the_desk(app: Flask) -> None:
    here = scene()
    match = routed(here)
    actions.answer_as_colleague(match, answer="yes", note="Ik kan op dinsdag.", by=here.colleague)
    assert (match.state, match.colleague_id) == (State.OFFERED, here.colleague.id)
    assert letters("match_offered") == [here.lecturer.email]
    assert letters("match_colleague_answered") == [here.officer.email]
    assert answer_link(match) is None


def test_no_of_the_colleague_needs_a_reason_and_returns_it_to_the_desk(app: Flask) -> None:
    here = scene()
    match = routed(here)
    for refusal, note in ((None, ""), (Refusal.NO_DESK, ""), (Refusal.OTHER, " ")):
        with pytest.raises(InvalidValue):
            actions.answer_as_colleague(match, answer="no", refusal=refusal, note=note, by=here.colleague)
    actions.answer_as_colleague(match, answer="no", refusal=Refusal.NO_CAPACITY, by=here.colleague)
    assert (match.state, match.colleague) == (State.REQUESTED, None)


def test_not_me_but_someone_keeps_the_name_for_the_desk(app: Flask) -> None:
    here = scene()
    other = people.member(Role.COLLEAGUE, here.municipality)
    match = routed(here)
    with pytest.raises(InvalidValue):
        actions.answer_as_colleague(match, answer="other", by=here.colleague)
    actions.answer_as_colleague(match, answer="other", suggested=membership_of(other), by=here.colleague)
    assert match.state is State.REQUESTED
    assert match.events[-1].values == {"suggested": membership_of(other).id, "name": other.display_name}


def test_only_the_one_who_was_asked_or_the_cover_may_answer(app: Flask) -> None:
    here = scene()
    match, other = routed(here), people.member(Role.COLLEAGUE, here.municipality)
    with pytest.raises(NotFound):
        actions.answer_as_colleague(match, answer="yes", by=other)
    people.away(here.colleague, here.municipality, cover=other)
    actions.answer_as_colleague(match, answer="yes", by=other)
    assert match.state is State.OFFERED


def test_letters_to_someone_on_leave_go_to_the_cover(app: Flask) -> None:
    here = scene()
    cover = people.member(Role.OFFICER, here.municipality)
    match = here.asked()
    actions.take(match, by=here.officer)
    people.away(here.officer, here.municipality, cover=cover)
    actions.ask(match, question="Voor wie?", by=cover)
    actions.reply(match, answer="Jaar 2.", by=here.lecturer)
    assert letters("match_replied") == [cover.email]


def test_yes_with_an_own_posting_takes_over_the_reasons_of_its_proposal(app: Flask) -> None:
    here = scene()
    posting = listings.offer(here.municipality, work_fields=["W22"], owner_id=here.officer.id)
    proposal = actions.propose_for(here.need)[0]
    score, reasons = proposal.score, proposal.reasons
    match = here.asked()
    actions.offer(match, by=here.officer, note="Graag.", chosen=posting)
    assert (match.state, match.offer, match.score, match.reasons) == (State.OFFERED, posting, score, reasons)
    assert db.session.query(Match).count() == 1


def test_a_refusal_carries_a_coded_reason_that_fits_who_refuses(app: Flask) -> None:
    here = scene()
    match = here.asked()
    for refusal in (None, Refusal.NO_DESK, Refusal.FOUND_ELSEWHERE):
        with pytest.raises(InvalidValue):
            actions.refuse(match, refusal=refusal, by=here.officer, as_party=Party.MUNICIPALITY)
    with pytest.raises(InvalidMove):
        actions.refuse(match, refusal=Refusal.PERIOD, by=here.lecturer, as_party=Party.SCHOOL)
    actions.refuse(match, refusal=Refusal.CROWDED, by=here.officer, as_party=Party.MUNICIPALITY)
    assert (match.state, match.refusal, match.due_at) == (State.REFUSED, Refusal.CROWDED, None)
    assert match.ended_at is not None
    assert letters("match_refused") == [here.lecturer.email]


def test_accepting_takes_one_place_and_withdrawing_gives_it_back(app: Flask) -> None:
    here = scene(places=2)
    posting = listings.offer(here.municipality, work_fields=["W22"])
    match = actions.request(actions.propose_for(here.need)[0], by=here.lecturer)
    actions.offer(match, by=here.officer)
    assert (posting.places_taken, here.need.places_taken) == (0, 0)
    actions.accept(match, by=here.lecturer)
    assert (match.state, posting.places_taken, here.need.places_taken) == (State.SCHEDULING, 1, 1)
    with pytest.raises(InvalidMove):
        actions.accept(match, by=here.lecturer)
    assert posting.places_taken == 1
    actions.withdraw(match, note="Ziek", by=here.officer, as_party=Party.MUNICIPALITY)
    assert (match.state, posting.places_taken, here.need.places_taken) == (State.WITHDRAWN, 0, 0)
    assert letters("match_withdrawn") == [here.lecturer.email]


def test_withdrawing_before_acceptance_gives_nothing_back(app: Flask) -> None:
    here = scene()
    match = here.asked()
    actions.withdraw(match, by=here.lecturer, as_party=Party.SCHOOL)
    assert (match.state, here.need.places_taken) == (State.WITHDRAWN, 0)


def test_the_municipality_refuses_at_its_desk_and_does_not_withdraw(app: Flask) -> None:
    here = scene()
    with pytest.raises(InvalidMove):
        actions.withdraw(here.asked(), by=here.officer, as_party=Party.MUNICIPALITY)


def test_a_visitor_without_an_account_gets_letters_with_the_same_link(app: Flask) -> None:
    here = scene()
    need = listings.need(here.school, organisation_id=None, kind=Kind.QUESTION)
    visitor = VisitorRequest(
        municipality_id=here.municipality.id, name="Ada", email="ada@test.example", title="t", text="t", need_id=need.id
    )
    db.session.add(visitor)
    db.session.flush()
    match = actions.ask_desk(need, here.municipality, by=None)
    assert (match.initiated_by, match.school_id) == (Party.VISITOR, None)
    actions.take(match, by=here.officer)
    actions.ask(match, question="Voor wie?", by=here.officer)
    sent = db.session.query(Letter).filter_by(to_address="ada@test.example").all()
    assert [letter.template for letter in sent] == ["match_taken", "match_asked"]
    assert sent[0].link_id is not None and sent[0].link_id == sent[1].link_id


def test_everything_of_who_leaves_goes_to_a_colleague_in_one_act(app: Flask) -> None:
    here = scene()
    receiver = people.member(Role.OFFICER, here.municipality)
    match, posting = here.asked(), listings.offer(here.municipality, owner_id=here.officer.id)
    actions.take(match, by=here.officer)
    assert actions.hand_over(here.officer, receiver, here.municipality, by=receiver) == 2
    assert (match.owner_id, posting.owner_id) == (receiver.id, receiver.id)
    events = db.session.query(AuditEvent).filter_by(action="match.hand_over").all()
    assert [event.details["matches"] for event in events] == [1]
    assert letters("handed_over") == [receiver.email]


def test_work_is_never_handed_to_someone_outside(app: Flask) -> None:
    here = scene()
    with pytest.raises(InvalidValue):
        actions.hand_over(here.officer, here.lecturer, here.municipality, by=here.officer)


def test_an_item_of_the_desk_is_never_handed_to_someone_who_may_not_open_it(app: Flask) -> None:
    here = scene()
    actions.take(here.asked(), by=here.officer)
    for role in (Role.COLLEAGUE, Role.BOARD):
        with pytest.raises(InvalidValue):
            actions.hand_over(here.officer, people.member(role, here.municipality), here.municipality, by=here.officer)


def routed(here: Scene) -> Match:
    match = here.asked()
    return actions.route(match, to=here.membership, by=here.officer)
