"""The clock of the desk over weekends and holidays: remind before, report after, never lapse."""

from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask

from matchmaker.clock import local, now
from matchmaker.database import db
from matchmaker.mail.models import Letter
from matchmaker.matches import actions
from matchmaker.matches.models import Match
from matchmaker.matches.states import Action, State
from matchmaker.vocabulary import ListingStatus, Party, Role
from tests.factories import matches, people
from tests.matches.scenes import scene

THURSDAY_BEFORE_EASTER = datetime(2027, 3, 25, 16, 0, tzinfo=UTC)


def letters() -> list[tuple[str, str]]:
    rows = db.session.query(Letter).order_by(Letter.id)
    return [(letter.template, letter.to_address) for letter in rows]


def due(match: Match) -> str:
    assert match.due_at is not None
    return f"{local(match.due_at):%a %d %b %H.%M}"


def at(text: str) -> time_machine.travel:
    return time_machine.travel(datetime.fromisoformat(text).replace(tzinfo=UTC), tick=False)


def test_a_question_just_before_easter_is_due_after_it(app: Flask) -> None:
    with time_machine.travel(THURSDAY_BEFORE_EASTER, tick=False):
        assert due(scene().asked()) == "Tue 30 Mar 17.00"


def test_a_promise_of_the_desk_itself_counts(app: Flask) -> None:
    here = scene()
    here.desk.first_answer_days = 4
    with at("2026-11-23T09:30"):
        assert due(here.asked()) == "Fri 27 Nov 17.00"


def test_the_desk_is_reminded_on_the_morning_of_the_last_day_and_once(app: Flask) -> None:
    here = scene()
    with at("2026-11-26T09:30"):
        match = here.asked()
        assert due(match) == "Mon 30 Nov 17.00"
    for moment in ("2026-11-26T15:00", "2026-11-27T07:00", "2026-11-28T07:00", "2026-11-29T07:00"):
        with at(moment):
            assert actions.remind_due(now()) == 0
    with at("2026-11-30T07:00"):
        assert (actions.remind_due(now()), actions.remind_due(now())) == (1, 0)
    assert letters()[-1] == ("match_due", here.officer.email)
    assert match.events[-1].action is Action.REMIND


def test_a_question_left_alone_gives_one_reminder_and_one_report(app: Flask) -> None:
    here = scene()
    administrator = people.member(Role.ORG_ADMIN, here.municipality)
    with at("2026-11-23T09:30"):
        here.asked()
    before = len(letters())
    moment = datetime(2026, 11, 23, 7, tzinfo=UTC)
    while moment < datetime(2026, 12, 7, tzinfo=UTC):
        with time_machine.travel(moment, tick=False):
            actions.remind_due(now())
            actions.escalate_late(now())
        moment += timedelta(hours=1)
    assert letters()[before:] == [("match_due", here.officer.email), ("match_late", administrator.email)]


def test_a_colleague_is_reminded_on_the_last_day(app: Flask) -> None:
    here = scene()
    with at("2026-11-23T09:30"):
        match = here.asked()
        actions.route(match, to=here.membership, by=here.officer)
        assert due(match) == "Thu 26 Nov 17.00"
    with at("2026-11-25T07:00"):
        assert actions.remind_due(now()) == 0
    with at("2026-11-26T07:00"):
        assert actions.remind_due(now()) == 1
    assert letters()[-1] == ("match_routed", here.colleague.email)


def test_a_late_question_is_reported_to_coordinator_and_administrator_and_stays_open(app: Flask) -> None:
    here = scene()
    coordinator = people.member(Role.REGION_COORDINATOR, here.municipality)
    administrator = people.member(Role.ORG_ADMIN, here.municipality)
    with at("2026-11-23T09:30"):
        match = here.asked()
    with at("2026-11-25T15:59"):
        assert actions.escalate_late(now()) == 0
    before = len(letters())
    with at("2026-11-25T16:01"):
        assert (actions.escalate_late(now()), actions.escalate_late(now())) == (1, 0)
        assert match.escalated_at == now()
    assert match.state is State.REQUESTED
    assert sorted(letters()[before:]) == sorted(
        [("match_late", coordinator.email), ("match_late", administrator.email)]
    )


def test_a_new_turn_starts_a_new_clock_that_can_be_late_again(app: Flask) -> None:
    here = scene()
    with at("2026-11-23T09:30"):
        match = here.asked()
    with at("2026-11-25T16:01"):
        actions.escalate_late(now())
        actions.route(match, to=here.membership, by=here.officer)
        assert (match.escalated_at, due(match)) == (None, "Tue 01 Dec 17.00")
    with at("2026-12-01T16:01"):
        assert actions.escalate_late(now()) == 1
    assert [letter for letter in letters() if letter[0] == "match_routed"] == [
        ("match_routed", here.colleague.email),
        ("match_routed", here.colleague.email),
    ]


def test_a_late_asker_is_asked_again_and_the_desk_knows(app: Flask) -> None:
    here = scene()
    with at("2026-11-23T09:30"):
        match = here.asked()
        actions.ask(match, question="Voor wie?", by=here.officer)
    before = len(letters())
    with at("2026-11-30T16:01"):
        assert actions.escalate_late(now()) == 1
    assert letters()[before:] == [
        ("match_due", here.lecturer.email),
        ("match_other_side_late", here.officer.email),
    ]
    assert match.state is State.ASKED


def test_what_has_ended_is_never_reported(app: Flask) -> None:
    here = scene()
    with at("2026-11-23T09:30"):
        match = here.asked()
        actions.withdraw(match, by=here.lecturer, as_party=Party.SCHOOL)
    with at("2026-12-23T09:30"):
        assert (actions.escalate_late(now()), actions.remind_due(now())) == (0, 0)


def test_a_proposal_ends_when_its_listing_has_closed_and_an_open_one_stays(app: Flask) -> None:
    closed, still_open = matches.match(), matches.match()
    closed.need.status = ListingStatus.CLOSED
    db.session.flush()
    assert actions.lapse_closed(now()) == 1
    assert (closed.state, still_open.state) == (State.LAPSED, State.PROPOSED)


def test_what_someone_asked_does_not_end_because_the_listing_closed(app: Flask) -> None:
    asked = matches.match(state=State.REQUESTED)
    asked.need.status = ListingStatus.EXPIRED
    db.session.flush()
    assert actions.lapse_closed(now()) == 0
    assert asked.state is State.REQUESTED
