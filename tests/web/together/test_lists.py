"""What runs, and who is next."""

from collections.abc import Callable

import pytest
import time_machine

from matchmaker.database import db
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from tests.factories import listings, matches
from tests.factories.client import Client
from tests.factories.dates import Meeting, meeting, moment


def more(there: Meeting, number: int, **values: object) -> list[Match]:
    """Other matches of the same school."""
    return [
        matches.match(
            listings.need(there.match.school, title=f"Vraag {each}"),
            state=State.REQUESTED,
            initiated_by="school",
            **values,
        )
        for each in range(number)
    ]


def test_the_list_says_how_much_runs_and_who_is_next(client: Client):
    there = meeting()
    page = client.sign_in(there.lecturer).get("/samen/").text
    assert "1 vraag loopt nu" in page
    assert "Nu aan zet: u" in page
    assert "Gemeente Nieuwegein" in page


def test_what_is_agreed_shows_when_it_is(client: Client):
    with time_machine.travel("2026-11-24 10:00:00+01:00"):
        there = meeting()
        there.agree(moment(20))
        page = client.sign_in(there.lecturer).get("/samen/?stand=afgesproken").text
    assert "maandag 14 december, 10.00 tot 11.30 uur" in page


def test_each_tab_holds_its_own_state(client: Client):
    there = meeting()
    more(there, 2)
    client.sign_in(there.lecturer)
    assert "Vraag 0" not in client.get("/samen/?stand=ja-gezegd").text
    assert "De Omgevingswet in de praktijk" not in client.get("/samen/?stand=bij-het-loket").text
    assert "Hier staat niets" in client.get("/samen/?stand=klaar").text


def test_searching_finds_title_and_municipality_and_nothing_else(client: Client):
    there = meeting()
    more(there, 1)
    client.sign_in(there.lecturer)
    assert "De Omgevingswet" in client.get("/samen/?q=nieuwegein+omgevingswet").text
    assert "Wij vinden niets met deze woorden" in client.get("/samen/?q=%25").text
    assert "Wij vinden niets met deze woorden" in client.get("/samen/?q=_").text


@pytest.mark.parametrize(
    "query",
    ["?pagina=0", "?pagina=-3", "?pagina=99999999999999999999", "?pagina=x", "?stand=../..", "?q=" + "a" * 5000],
)
def test_a_strange_address_gives_a_page(client: Client, query: str):
    assert client.sign_in(meeting().lecturer).get(f"/samen/{query}").status_code == 200


def test_the_twenty_first_is_on_the_second_page(client: Client):
    there = meeting()
    more(there, 20)
    client.sign_in(there.lecturer)
    first, second = client.get("/samen/").text, client.get("/samen/?pagina=2").text
    assert (
        first.count('class="mm-card mm-card--tight mm-run"'),
        second.count('class="mm-card mm-card--tight mm-run"'),
    ) == (20, 1)
    assert "21 tot 21 van 21" in second


def test_proposals_are_not_running(client: Client):
    there = meeting(state=State.PROPOSED)
    there.match.initiated_by = None
    db.session.flush()
    assert "Er loopt nu niets" in client.sign_in(there.lecturer).get("/samen/").text


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_three(client: Client, count_queries: Callable, number: int):
    there = meeting()
    more(there, number - 1)
    client.sign_in(there.lecturer)
    db.session.expire_all()
    with count_queries() as queries:
        assert client.get("/samen/").status_code == 200
    assert queries.number == 6
