"""One's own calendar and the address to subscribe to."""

from collections.abc import Callable

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar

from matchmaker.accounts.models import AccountStatus
from matchmaker.database import db
from matchmaker.matches.closing import withdraw
from matchmaker.vocabulary import Party, Role
from tests.factories import people
from tests.factories.client import Client
from tests.factories.dates import meeting, moment


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel("2026-11-24 10:00:00+01:00"):
        yield


def subscribe(client: Client) -> str:
    page = client.post("/samen/agenda/abonnement", follow_redirects=True).text
    start = page.index("/agenda/feed/")
    return page[start : page.index(".ics", start) + 4]


def test_a_month_shows_its_appointments(client: Client):
    there = meeting()
    there.agree(moment(20))
    page = client.sign_in(there.lecturer).get("/samen/agenda?maand=2026-12").text
    assert "1 afspraak in december 2026" in page
    assert "maandag 14 december" in page


def test_an_empty_month_leads_to_the_next_appointment(client: Client):
    there = meeting()
    there.agree(moment(90))
    page = client.sign_in(there.lecturer).get("/samen/agenda").text
    assert "Geen afspraken in november 2026" in page
    assert "/samen/agenda?maand=2027-02" in page


@pytest.mark.parametrize("month", ["2026-13", "0000-01", "99999999-01", "x", "2026-1", "-", "²026-01"])
def test_a_month_that_does_not_exist_is_this_month(client: Client, month: str):
    assert (
        "november 2026" in client.sign_in(meeting().lecturer).get("/samen/agenda", query_string={"maand": month}).text
    )


def test_the_feed_needs_no_account_and_holds_only_ones_own(client: Client):
    there, other = meeting(), meeting()
    mine, theirs = there.agree(), other.agree()
    address = subscribe(client.sign_in(there.colleague))
    client.post("/uitloggen")
    answer = client.get(address)
    assert answer.mimetype == "text/calendar"
    assert "no-store" in answer.headers["Cache-Control"] or "private" in answer.headers["Cache-Control"]
    uids = [str(event["uid"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")]
    assert uids == [mine.uid]
    assert theirs.uid not in uids


def test_what_is_cancelled_stays_in_the_feed_as_cancelled(client: Client):
    there = meeting()
    there.agree()
    withdraw(there.match, note="Ziek", by=there.lecturer, as_party=Party.SCHOOL)
    answer = client.get(subscribe(client.sign_in(there.lecturer)))
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert event["status"] == "CANCELLED"


def test_a_new_address_ends_the_old_one_and_stopping_ends_it_all(client: Client):
    there = meeting()
    client.sign_in(there.lecturer)
    first = subscribe(client)
    second = subscribe(client)
    assert (client.get(first).status_code, client.get(second).status_code) == (410, 200)
    client.post("/samen/agenda/abonnement/stop")
    assert client.get(second).status_code == 410


def test_the_feed_of_a_closed_account_is_closed(client: Client):
    there = meeting()
    address = subscribe(client.sign_in(there.lecturer))
    there.lecturer.status = AccountStatus.DISABLED
    db.session.flush()
    assert client.get(address).status_code == 410


@pytest.mark.parametrize("token", ["x", "a" * 43, "é", "..%2f", "a" * 4000])
def test_a_guessed_address_gives_nothing(client: Client, token: str):
    assert client.get(f"/agenda/feed/{token}.ics").status_code in (404, 410)


@pytest.mark.parametrize("number", [1, 3])
def test_the_calendar_asks_as_often_for_one_as_for_three(client: Client, count_queries: Callable, number: int):
    there = meeting()
    there.agree(moment(3))
    for _ in range(number - 1):
        other = meeting()
        other.match.school_contact_id = there.lecturer.id
        db.session.flush()
        db.session.refresh(other.match)
        other.agree(moment(4))
    client.sign_in(there.lecturer)
    db.session.expire_all()
    with count_queries() as queries:
        page = client.get("/samen/agenda").text
    assert f"{number} afspra" in page
    assert queries.number == 8


def test_colleagues_of_the_school_see_the_dates_of_each_other_and_no_other_school_does(
    client: Client, app: Flask
) -> None:
    there = meeting()
    day = there.agree(moment(3)).day
    path = f"/samen/agenda?maand={day:%Y-%m}&van=allen"
    colleague = people.member(Role.COORDINATOR, there.match.school)
    page = client.sign_in(colleague).get(path).text
    assert f"/samen/{there.match.id}" in page
    assert "van=allen" in page.partition("Andere maand")[2].partition("</nav>")[0]
    assert f"/samen/{there.match.id}" not in client.get(f"/samen/agenda?maand={day:%Y-%m}").text
    stranger = Client(app).sign_in(people.member(Role.COORDINATOR, people.institution()))
    assert f"/samen/{there.match.id}" not in stranger.get(path).text
