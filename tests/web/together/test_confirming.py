"""Two days ahead: it goes on, it does not, someone steps in."""

from datetime import time, timedelta

import pytest
import time_machine
from icalendar import Calendar

from matchmaker.appointments.actions import speaker_of, standby_of
from matchmaker.appointments.models import Answer, Appointment
from matchmaker.appointments.scheduled import ask_confirmations
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.delivery import render
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.factories.dates import Meeting, meeting, moment
from tests.factories.letters import letters, path_in

TWO_DAYS_BEFORE = "2026-12-12 09:00:00+01:00"


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel("2026-11-24 10:00:00+01:00"):
        yield


def agreed() -> tuple[Meeting, Appointment]:
    there = meeting()
    return there, there.agree(moment(20))


def with_standby(client: Client, there: Meeting) -> people.Account:
    colleague = people.member(Role.COLLEAGUE, there.match.municipality, who=people.account(display_name="Noor Bakker"))
    membership = next(each for each in colleague.memberships)
    client.sign_in(there.officer).post(f"/samen/{there.match.id}/reserve", data={"standby": str(membership.id)})
    client.post("/uitloggen")
    return colleague


def test_everyone_is_asked_once_two_days_ahead(client: Client):
    agreed()
    assert ask_confirmations(now()) == 0
    with time_machine.travel("2026-12-11 23:30:00+01:00"):
        assert ask_confirmations(now()) == 0
    with time_machine.travel(TWO_DAYS_BEFORE):
        assert (ask_confirmations(now()), ask_confirmations(now())) == (1, 0)
    assert len(letters("appointment_confirm")) == 2
    assert "maandag 14 december, 10.00 tot 11.30 uur" in render(letters("appointment_confirm")[0]).text


def test_what_was_agreed_a_day_ahead_is_not_asked_about(client: Client):
    meeting().agree(moment(1))
    assert ask_confirmations(now()) == 0


def test_opening_the_link_changes_nothing_and_a_yes_is_kept(client: Client):
    _, appointment = agreed()
    with time_machine.travel(TWO_DAYS_BEFORE):
        ask_confirmations(now())
        path = path_in(letters("appointment_confirm")[0])
        assert client.get(path).status_code == 200
        assert [each.answer for each in appointment.people] == [None, None]
        client.post(path, data={"coming": "yes"})
        assert appointment.people[0].answer is Answer.COMING
        assert "Uw antwoord: komt." in client.get(path).text


def test_no_answer_is_asked_for_in_words(client: Client):
    agreed()
    with time_machine.travel(TWO_DAYS_BEFORE):
        ask_confirmations(now())
        for form in ({}, {"coming": "misschien"}):
            assert client.post(path_in(letters("appointment_confirm")[0]), data=form).status_code == 200


def test_without_a_stand_by_a_no_tells_the_other_side_and_the_desk(client: Client):
    there, _ = agreed()
    with time_machine.travel(TWO_DAYS_BEFORE):
        ask_confirmations(now())
        client.post(path_in(letters("appointment_confirm")[1]), data={"coming": "no", "note": "Griep"})
    told = letters("someone_cannot_come")
    assert [letter.to_address for letter in told] == [there.lecturer.email, there.officer.email]
    assert "Kies nu samen een nieuwe datum" in render(told[0]).text
    assert "Griep" in render(told[1]).text


def test_a_stand_by_is_asked_and_steps_in(client: Client):
    there, appointment = agreed()
    standby = with_standby(client, there)
    (asked,) = letters("standby_asked")
    event = Calendar.from_ical(asked.calendar).walk("VEVENT")[0]
    assert (asked.to_address, event["status"]) == (standby.email, "TENTATIVE")
    with time_machine.travel(TWO_DAYS_BEFORE):
        ask_confirmations(now())
        assert len(letters("appointment_confirm")) == 2
        client.post(path_in(letters("appointment_confirm")[1]), data={"coming": "no"})
        (needed,) = letters("standby_needed")
        assert needed.to_address == standby.email
        assert "De reserve is gevraagd" in render(letters("someone_cannot_come")[0]).text
        client.post(path_in(needed), data={"coming": "yes"})
    db.session.refresh(appointment)
    speaker = speaker_of(appointment)
    assert speaker is not None and speaker.account_id == standby.id
    assert there.match.colleague_id == standby.id
    assert standby_of(appointment) is None
    assert [letter.to_address for letter in letters("speaker_changed")] == [there.lecturer.email, standby.email]
    (let_off,) = letters("standby_took_over")
    assert (let_off.to_address, let_off.calendar_method) == (there.colleague.email, "CANCEL")


def test_a_stand_by_cannot_step_in_while_the_speaker_comes(client: Client):
    there, appointment = agreed()
    with_standby(client, there)
    path = path_in(letters("standby_asked")[0])
    assert "U bent reserve" in client.get(path).text
    assert client.post(path, data={"coming": "yes"}).status_code == 409
    speaker = speaker_of(appointment)
    assert speaker is not None and speaker.account_id == there.colleague.id


def test_someone_of_another_municipality_cannot_be_stand_by(client: Client):
    there, appointment = agreed()
    stranger = people.member(Role.COLLEAGUE, people.municipality())
    membership = stranger.memberships[0]
    client.sign_in(there.officer)
    for value in (str(membership.id), "0", "x", str(2**70)):
        assert client.post(f"/samen/{there.match.id}/reserve", data={"standby": value}).status_code == 200
    assert standby_of(appointment) is None


def test_a_link_of_someone_who_is_no_longer_invited_does_nothing(client: Client):
    _, appointment = agreed()
    with time_machine.travel(TWO_DAYS_BEFORE):
        ask_confirmations(now())
        path = path_in(letters("appointment_confirm")[1])
        appointment.people.pop()
        db.session.flush()
        assert client.get(path).status_code == 410


def test_the_link_ends_the_day_after(client: Client):
    agreed()
    with time_machine.travel(TWO_DAYS_BEFORE):
        ask_confirmations(now())
        path = path_in(letters("appointment_confirm")[0])
    with time_machine.travel("2026-12-20 09:00:00+01:00"):
        assert client.get(path).status_code == 410


@pytest.mark.parametrize("token", ["x", "a" * 43, "é"])
def test_a_guessed_link_gives_nothing(client: Client, token: str):
    assert client.get(f"/afspraak/{token}").status_code == 410
    assert client.post(f"/afspraak/{token}", data={"coming": "yes"}).status_code == 410


def test_the_moment_of_asking_follows_the_dutch_clock(client: Client):
    there = meeting()
    there.agree(moment(20, time(0, 30)))
    with time_machine.travel(now() + timedelta(days=18)):
        assert ask_confirmations(now()) == 1
