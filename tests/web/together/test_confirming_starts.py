"""Two working days ahead of the first day of a place or the start of a seat: it is right, or what is not."""

from datetime import date

import pytest
import time_machine

from matchmaker.appointments.models import Answer, Appointment
from matchmaker.appointments.scheduled import ask_confirmations
from matchmaker.clock import now
from matchmaker.delivery import render
from matchmaker.vocabulary import Kind
from tests.factories.client import Client
from tests.factories.dates import Meeting, meeting, period
from tests.factories.letters import letters, path_in

MONDAY, LAST = date(2027, 2, 8), date(2027, 7, 2)
THURSDAY_BEFORE = "2027-02-04 09:00:00+01:00"


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-24 10:00:00+01:00"):
        yield


def agreed(kind: Kind = Kind.WORK) -> tuple[Meeting, Appointment]:
    there = meeting(kind)
    return there, there.agree(period(MONDAY, LAST))


def test_a_place_that_begins_on_monday_is_asked_about_on_thursday_and_once(client: Client):
    agreed()
    with time_machine.travel("2027-02-03 16:00:00+01:00"):
        assert ask_confirmations(now()) == 0
    with time_machine.travel(THURSDAY_BEFORE):
        assert (ask_confirmations(now()), ask_confirmations(now())) == (1, 0)
    asked = letters("appointment_confirm")
    assert len(asked) == 2
    sent = render(asked[0])
    assert "De eerste dag is maandag 8 februari" in sent.text and "Klopt alles?" in sent.subject


def test_a_seat_is_asked_about_in_its_own_words(client: Client):
    agreed(Kind.SEAT)
    with time_machine.travel(THURSDAY_BEFORE):
        assert ask_confirmations(now()) == 1
    assert "begint de termijn in de commissie" in render(letters("appointment_confirm")[0]).text


def test_a_start_agreed_within_two_working_days_is_not_asked_about(client: Client):
    there = meeting(Kind.WORK)
    there.agree(period(date(2026, 11, 26), date(2026, 12, 18)))
    with time_machine.travel("2026-11-25 09:00:00+01:00"):
        assert ask_confirmations(now()) == 0


def test_the_state_line_shows_who_confirmed(client: Client):
    there, _ = agreed()
    with time_machine.travel(THURSDAY_BEFORE):
        client.sign_in(there.lecturer)
        page = client.get(f"/samen/{there.match.id}").text
        assert "8 feb 2027</span>" in page and f"/samen/{there.match.id}/gaat-door" not in page
        ask_confirmations(now())
        page = client.get(f"/samen/{there.match.id}").text
        assert "Zeg of alles klopt" in page and f"/samen/{there.match.id}/gaat-door" in page
        for number, line in enumerate(("8 feb 2027, 1 van 2 bevestigd", "8 feb 2027, bevestigd")):
            client.post(path_in(letters("appointment_confirm")[number]), data={"coming": "yes"})
            assert line in client.get(f"/samen/{there.match.id}").text


def test_what_is_wrong_has_to_be_said_and_reaches_the_other_side_and_the_desk(client: Client):
    there, appointment = agreed()
    with time_machine.travel(THURSDAY_BEFORE):
        ask_confirmations(now())
        path = path_in(letters("appointment_confirm")[0])
        refused = client.post(path, data={"coming": "no", "note": "  "})
        assert "Schrijf op wat er niet klopt." in refused.text
        assert appointment.people[0].answer is None
        client.post(path, data={"coming": "no", "note": "De overeenkomst is nog niet getekend."})
        assert "Uw antwoord: er klopt iets niet" in client.get(path).text
        assert appointment.people[0].answer is Answer.NOT_COMING
        page = client.sign_in(there.officer).get(f"/samen/{there.match.id}").text
    assert "8 feb 2027, er klopt iets niet" in page
    assert "er klopt iets niet: De overeenkomst is nog niet getekend." in page
    told = letters("someone_cannot_come")
    assert [letter.to_address for letter in told] == [there.colleague.email, there.officer.email]
    sent = render(told[1])
    assert "Er klopt iets niet" in sent.subject and "nog niet getekend" in sent.text


def test_the_desk_can_answer_on_the_page_without_the_letter(client: Client):
    there, appointment = agreed()
    with time_machine.travel(THURSDAY_BEFORE):
        ask_confirmations(now())
        client.sign_in(there.colleague)
        assert "Begint het zoals afgesproken?" in client.get(f"/samen/{there.match.id}/gaat-door").text
        client.post(f"/samen/{there.match.id}/gaat-door", data={"coming": "yes"})
    assert [each.answer for each in appointment.people] == [None, Answer.COMING]


def test_another_date_forgets_what_was_said_of_the_first(client: Client):
    there, appointment = agreed()
    with time_machine.travel(THURSDAY_BEFORE):
        ask_confirmations(now())
        client.post(path_in(letters("appointment_confirm")[0]), data={"coming": "no", "note": "Pas een week later."})
        client.sign_in(there.lecturer).post(f"/samen/{there.match.id}/andere-datum", data={})
        there.agree(period(date(2027, 2, 15), LAST))
        assert [(each.answer, each.answer_note) for each in appointment.people] == [(None, ""), (None, "")]
    with time_machine.travel("2027-02-11 09:00:00+01:00"):
        assert ask_confirmations(now()) == 1


def test_a_place_has_no_stand_by(client: Client):
    there, _ = agreed()
    client.sign_in(there.officer)
    assert f"/samen/{there.match.id}/reserve" not in client.get(f"/samen/{there.match.id}").text
    assert client.get(f"/samen/{there.match.id}/reserve").status_code == 409
