"""One match as both sides see it."""

from collections.abc import Callable

import pytest
import time_machine
from icalendar import Calendar

from matchmaker.appointments.models import Appointment, SlotProposal, SlotStatus
from matchmaker.appointments.queries import appointment_of, open_slots
from matchmaker.audit.models import AuditEvent
from matchmaker.database import db
from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind, Party, Refusal, Role
from tests.factories import people
from tests.factories.client import Client
from tests.factories.dates import meeting, moment
from tests.factories.letters import letters

DAY = "2027-03-02"
SLOT = {"day_1": DAY, "start_1": "10:00", "minutes_1": "90"}


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel("2026-11-24 10:00:00+01:00", tick=True):
        yield


def test_both_sides_open_the_same_page(client: Client):
    there = meeting()
    for person in (there.lecturer, there.colleague, there.officer):
        page = client.sign_in(person).get(f"/samen/{there.match.id}")
        assert page.status_code == 200
        assert "De Omgevingswet in de praktijk" in page.text
        client.post("/uitloggen")


def test_no_page_shows_an_address_of_the_other_side(client: Client):
    there = meeting()
    page = client.sign_in(there.lecturer).get(f"/samen/{there.match.id}").text
    assert there.colleague.email not in page
    assert there.officer.email not in page
    assert "Ruben Westra" in page


@pytest.mark.parametrize(
    "role", [Role.LECTURER, Role.COORDINATOR, Role.OFFICER, Role.COLLEAGUE, Role.REGION_COORDINATOR]
)
def test_a_match_of_others_does_not_exist(client: Client, role: Role):
    there = meeting(state=State.AGREED)
    client.sign_in(people.member(role, people.role_home(role)))
    base = f"/samen/{there.match.id}"
    for path in (
        "",
        "/data",
        "/antwoord",
        "/afslaan",
        "/stoppen",
        "/afspraak",
        "/afspraak.ics",
        "/gaat-door",
        "/andere-datum",
    ):
        assert client.get(base + path).status_code in ({404, 403} if path in {"/antwoord", "/afslaan"} else {404}), path
    for path in ("/kies", "/bericht", "/gelezen", "/geweest"):
        assert client.post(base + path, data={"slot": "1", "text": "x"}).status_code == 404, path


def test_a_colleague_who_was_not_asked_does_not_see_it(client: Client):
    there = meeting()
    other = people.member(Role.COLLEAGUE, there.match.municipality)
    assert client.sign_in(other).get(f"/samen/{there.match.id}").status_code == 404


def test_ids_beyond_the_database_do_not_exist(client: Client):
    client.sign_in(meeting().lecturer)
    for number in (2**63, 2**80, 0):
        assert client.get(f"/samen/{number}").status_code == 404


def test_the_municipality_proposes_and_the_school_picks(client: Client):
    there = meeting()
    client.sign_in(there.officer)
    client.post(
        f"/samen/{there.match.id}/data", data={**SLOT, "day_2": "2027-03-09", "start_2": "13:00", "minutes_2": "60"}
    )
    client.post("/uitloggen")
    assert len(letters("dates_proposed")) == 1
    first, second = open_slots(there.match.id)
    client.sign_in(there.lecturer)
    page = client.get(f"/samen/{there.match.id}").text
    assert "dinsdag 2 maart 2027" in page and "10.00 tot 11.30 uur" in page
    client.post(f"/samen/{there.match.id}/kies", data={"slot": second.id})
    appointment = appointment_of(there.match.id)
    assert appointment is not None and appointment.starts_at == second.starts_at
    assert there.match.state is State.AGREED
    assert (there.match.need.places_taken, there.match.offer.places_taken) == (1, 1)
    db.session.refresh(first)
    assert first.status is SlotStatus.DROPPED


def test_both_get_an_invitation_with_a_file_of_their_own(client: Client):
    there = meeting()
    (slot,) = there.propose()
    client.sign_in(there.lecturer).post(f"/samen/{there.match.id}/kies", data={"slot": slot.id})
    sent = letters("appointment_agreed")
    assert [letter.to_address for letter in sent] == [there.lecturer.email, there.colleague.email]
    assert {letter.calendar_method for letter in sent} == {"REQUEST"}
    files = [Calendar.from_ical(letter.calendar).walk("VEVENT")[0] for letter in sent]
    assert files[0]["uid"] == files[1]["uid"]
    assert "Onderwerp: De Omgevingswet in de praktijk" in files[0]["description"]
    assert "Ruben Westra" in files[0]["description"]


def test_a_second_choice_sees_what_the_first_chose(client: Client):
    there = meeting()
    one, two = there.propose(moment(20), moment(21))
    client.sign_in(there.lecturer)
    client.post(f"/samen/{there.match.id}/kies", data={"slot": one.id})
    answer = client.post(f"/samen/{there.match.id}/kies", data={"slot": two.id}, follow_redirects=True)
    assert answer.status_code == 200
    assert "net al gekozen" in answer.text
    appointment = appointment_of(there.match.id)
    assert appointment is not None and appointment.starts_at == one.starts_at


def test_nobody_chooses_their_own_proposal(client: Client):
    there = meeting(state=State.SCHEDULING)
    (slot,) = there.propose(moment(20), party=Party.SCHOOL)
    answer = client.sign_in(there.lecturer).post(
        f"/samen/{there.match.id}/kies", data={"slot": slot.id}, follow_redirects=True
    )
    assert "net al gekozen of vervallen" in answer.text
    assert there.match.state is State.SCHEDULING


def test_a_slot_of_another_match_cannot_be_chosen(client: Client):
    there, elsewhere = meeting(), meeting()
    (slot,) = elsewhere.propose()
    client.sign_in(there.lecturer)
    for value in (slot.id, "0", "x", "9" * 30, "-1"):
        assert client.post(f"/samen/{there.match.id}/kies", data={"slot": value}).status_code == 404


def test_a_double_click_makes_one_appointment_and_one_pair_of_letters(client: Client):
    there = meeting()
    (slot,) = there.propose()
    client.sign_in(there.lecturer)
    form = {"slot": slot.id, "submission_key": "a" * 32}
    places = [client.post(f"/samen/{there.match.id}/kies", data=form).headers["Location"] for _ in range(2)]
    assert places[0] == places[1]
    assert db.session.query(Appointment).count() == 1
    assert len(letters("appointment_agreed")) == 2


def test_the_school_counters_and_has_thereby_accepted(client: Client):
    there = meeting()
    (offered,) = there.propose()
    client.sign_in(there.lecturer).post(f"/samen/{there.match.id}/data", data=SLOT)
    assert there.match.state is State.SCHEDULING
    assert [slot.party for slot in open_slots(there.match.id)] == ["school"]
    db.session.refresh(offered)
    assert offered.status is SlotStatus.DROPPED


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"day_1": "2027-02-30"}, "Deze datum bestaat niet"),
        ({"day_1": "2026-11-23"}, "Deze datum is al geweest"),
        ({"day_1": "2029-11-25"}, "meer dan twee jaar vooruit"),
        ({"day_1": "2027-03-28", "start_1": "02:30"}, "gaat de klok een uur vooruit"),
        ({"start_1": "25:00"}, "Deze tijd bestaat niet"),
        ({"minutes_1": "0"}, "Kies een duur van 15 tot 480 minuten"),
        ({"minutes_1": "99999999999999999999999"}, "Kies een duur van 15 tot 480 minuten"),
        ({"minutes_1": "anderhalf uur"}, "met alleen cijfers"),
        ({"day_1": ""}, "Kies een datum"),
        ({"day_2": "2027-03-09"}, "Vul dit in"),
        ({"note": "x" * 2001}, "hoogstens 2000 tekens"),
        ({"note": "a\x00b"}, "tekens die wij niet kunnen bewaren"),
    ],
)
def test_moments_that_cannot_be_are_refused_in_words_and_nothing_typed_is_lost(client: Client, change, words):
    there = meeting()
    client.sign_in(there.lecturer)
    answer = client.post(f"/samen/{there.match.id}/data", data={**SLOT, "note": "Tot dan", **change})
    assert answer.status_code == 200
    assert words in answer.text
    assert db.session.query(SlotProposal).count() == 0
    if "note" not in change:
        assert "Tot dan" in answer.text
    if "day_1" not in change:
        assert DAY in answer.text


def test_a_holiday_is_said_to_both_but_not_forbidden(client: Client):
    there = meeting()
    client.sign_in(there.officer)
    answer = client.post(f"/samen/{there.match.id}/data", data={**SLOT, "day_1": "2027-04-27"}, follow_redirects=True)
    assert "Let op: Koningsdag" in answer.text
    client.post("/uitloggen")
    assert "Let op: Koningsdag" in client.sign_in(there.lecturer).get(f"/samen/{there.match.id}").text


def test_a_place_gets_a_first_and_a_last_day(client: Client):
    there = meeting(Kind.WORK)
    client.sign_in(there.officer)
    client.post(f"/samen/{there.match.id}/data", data={"first_1": "2027-02-08", "last_1": "2027-06-25"})
    client.post("/uitloggen")
    (slot,) = open_slots(there.match.id)
    page = client.sign_in(there.lecturer).get(f"/samen/{there.match.id}").text
    assert "maandag 8 februari 2027 tot en met vrijdag 25 juni 2027" in page
    client.post(f"/samen/{there.match.id}/kies", data={"slot": slot.id})
    appointment = appointment_of(there.match.id)
    assert appointment is not None and (str(appointment.first_day), appointment.starts_at) == ("2027-02-08", None)


def test_a_date_that_no_longer_suits_is_moved_with_the_same_entry(client: Client):
    there = meeting()
    appointment = there.agree()
    client.sign_in(there.lecturer).post(f"/samen/{there.match.id}/andere-datum", data={"note": "Tentamenweek"})
    assert there.match.state is State.SCHEDULING
    assert len(letters("appointment_reopened")) == 2
    client.post(f"/samen/{there.match.id}/data", data=SLOT)
    client.post("/uitloggen")
    (slot,) = open_slots(there.match.id)
    client.sign_in(there.officer).post(f"/samen/{there.match.id}/kies", data={"slot": slot.id})
    db.session.refresh(appointment)
    assert appointment.starts_at == slot.starts_at
    assert len(letters("appointment_moved")) == 2
    assert there.match.need.places_taken == 1


def test_stopping_takes_the_date_out_of_every_calendar_and_gives_the_place_back(client: Client):
    there = meeting()
    there.agree()
    client.sign_in(there.officer).post(f"/samen/{there.match.id}/stoppen", data={"note": "Spreker ziek"})
    assert there.match.state is State.WITHDRAWN
    assert [letter.calendar_method for letter in letters("appointment_cancelled")] == ["CANCEL", "CANCEL"]
    assert (there.match.need.places_taken, there.match.offer.places_taken) == (0, 0)
    page = client.get(f"/samen/{there.match.id}").text
    assert "Deze afspraak gaat niet door." in page


def test_stopping_without_a_reason_is_refused(client: Client):
    there = meeting(state=State.SCHEDULING)
    answer = client.sign_in(there.lecturer).post(f"/samen/{there.match.id}/stoppen", data={"note": " "})
    assert "Schrijf waarom u stopt" in answer.text
    assert there.match.state is State.SCHEDULING


def test_declining_needs_a_reason_from_the_list(client: Client):
    there = meeting()
    client.sign_in(there.lecturer)
    for form in ({}, {"refusal": "zomaar"}, {"refusal": Refusal.NO_DESK.value}, {"refusal": "other"}):
        assert client.post(f"/samen/{there.match.id}/afslaan", data=form).status_code == 200
        assert there.match.state is State.OFFERED
    client.post(f"/samen/{there.match.id}/afslaan", data={"refusal": Refusal.PERIOD.value})
    assert there.match.state is State.REFUSED
    assert "De periode past niet." in client.get(f"/samen/{there.match.id}").text


def test_the_asker_answers_the_question_of_the_desk(client: Client):
    there = meeting(state=State.ASKED)
    client.sign_in(there.lecturer)
    assert "Het loket wil nog iets weten" in client.get(f"/samen/{there.match.id}").text
    client.post(f"/samen/{there.match.id}/antwoord", data={"answer": "Het zijn 30 studenten."})
    assert there.match.state is State.REQUESTED


def test_a_signed_in_colleague_answers_too(client: Client):
    there = meeting(state=State.ROUTED)
    client.sign_in(there.colleague)
    assert "Kunt u dit doen?" in client.get(f"/samen/{there.match.id}").text
    assert client.post(f"/samen/{there.match.id}/collega", data={"answer": "no"}).status_code == 200
    client.post(f"/samen/{there.match.id}/collega", data={"answer": "yes"})
    assert there.match.state is State.OFFERED


def test_a_step_that_no_longer_exists_is_said_in_words(client: Client):
    there = meeting(state=State.DONE)
    client.sign_in(there.lecturer)
    for path in ("data", "stoppen", "afslaan", "antwoord"):
        assert client.get(f"/samen/{there.match.id}/{path}").status_code == 409, path
    assert client.post(f"/samen/{there.match.id}/aannemen").status_code == 409


def test_it_is_finished_only_after_its_day(client: Client):
    there = meeting()
    there.agree(moment(2))
    client.sign_in(there.lecturer)
    answer = client.post(f"/samen/{there.match.id}/geweest", follow_redirects=True)
    assert "Dit moment moet nog komen" in answer.text
    with time_machine.travel("2026-11-26 18:00:00+01:00"):
        client.post("/uitloggen")
        client.sign_in(there.lecturer).post(f"/samen/{there.match.id}/geweest")
    assert there.match.state is State.DONE


def test_place_and_arrangements_reach_both_calendars(client: Client):
    there = meeting()
    appointment = there.agree()
    client.sign_in(there.officer)
    form = {"location": "Zaal 3.14", "online_url": "https://vergader.example/x", "arrangements": "Beamer is er."}
    client.post(f"/samen/{there.match.id}/afspraak", data={**form, "version": str(appointment.version)})
    sent = letters("appointment_changed")
    assert len(sent) == 2
    event = Calendar.from_ical(sent[0].calendar).walk("VEVENT")[0]
    assert (str(event["location"]), event["sequence"]) == ("Zaal 3.14", 1)
    assert "Afspraken: Beamer is er." in event["description"]


def test_two_who_change_the_place_at_once_see_each_other(client: Client):
    there = meeting()
    appointment = there.agree()
    version = str(appointment.version)
    client.sign_in(there.officer)
    client.post(f"/samen/{there.match.id}/afspraak", data={"location": "Zaal 1", "version": version})
    answer = client.post(f"/samen/{there.match.id}/afspraak", data={"location": "Zaal 2", "version": version})
    assert "Iemand anders heeft dit intussen veranderd" in answer.text
    assert "Zaal 1" in answer.text and "Zaal 2" in answer.text
    db.session.refresh(appointment)
    assert appointment.location == "Zaal 1"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "geen adres", "https://"])
def test_a_link_to_join_online_must_be_a_web_address(client: Client, address: str):
    there = meeting()
    appointment = there.agree()
    form = {"online_url": address, "version": str(appointment.version)}
    answer = client.sign_in(there.officer).post(f"/samen/{there.match.id}/afspraak", data=form)
    assert "Dit is geen webadres" in answer.text
    assert letters("appointment_changed") == []


def test_each_choice_is_one_change_in_the_log(client: Client):
    there = meeting(state=State.SCHEDULING)
    (slot,) = there.propose()
    before = db.session.query(AuditEvent).count()
    client.sign_in(there.lecturer)
    signed_in = db.session.query(AuditEvent).count() - before
    client.post(f"/samen/{there.match.id}/kies", data={"slot": slot.id})
    assert db.session.query(AuditEvent).count() - before - signed_in == 1


def test_the_page_of_a_match_asks_the_database_a_bounded_number_of_times(client: Client, count_queries: Callable):
    there = meeting()
    there.agree()
    client.sign_in(there.lecturer)
    db.session.expire_all()
    with count_queries() as queries:
        assert client.get(f"/samen/{there.match.id}").status_code == 200
    assert queries.number <= 20, queries.statements


def test_the_calendar_file_can_be_downloaded(client: Client):
    there = meeting()
    appointment = there.agree()
    answer = client.sign_in(there.lecturer).get(f"/samen/{there.match.id}/afspraak.ics")
    assert answer.mimetype == "text/calendar"
    assert Calendar.from_ical(answer.data).walk("VEVENT")[0]["uid"] == appointment.uid
