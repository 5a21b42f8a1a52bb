"""The queue: what is due first, its parts, and several at once."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from matchmaker.database import db
from matchmaker.matches import actions
from matchmaker.matches.models import Match
from matchmaker.matches.queue import PAGE
from matchmaker.matches.states import State
from matchmaker.vocabulary import Role
from tests.conftest import QueryCount
from tests.factories import listings, people
from tests.factories.client import Client
from tests.matches.scenes import Scene, scene

TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


def ask(here: Scene, title: str, when: str = "2026-11-24T09:00") -> Match:
    with time_machine.travel(datetime.fromisoformat(when).replace(tzinfo=UTC), tick=False):
        need = listings.need(here.school, owner_id=here.lecturer.id, title=title)
        return actions.ask_desk(need, here.municipality, by=here.lecturer)


def heading(page: str) -> str:
    return page.split("<h1", 1)[1].split(">", 1)[1].split("</h1>", 1)[0].strip()


def test_the_heading_says_what_must_be_done(client: Client) -> None:
    here = scene()
    client.sign_in(here.officer)
    assert heading(client.get("/loket/").text) == "De wachtrij is leeg"
    ask(here, "Later")
    assert heading(client.get("/loket/").text) == "Vandaag hoeft er niets weg"
    ask(here, "Vandaag", "2026-11-20T09:00")
    assert heading(client.get("/loket/").text) == "Eén vraag moet vandaag weg"
    ask(here, "Ook vandaag", "2026-11-20T09:00")
    assert heading(client.get("/loket/").text) == "Twee vragen moeten vandaag weg"
    ask(here, "Te laat", "2026-11-19T09:00")
    assert heading(client.get("/loket/").text) == "Eén vraag is te laat"


def test_items_stand_under_the_day_they_are_due(client: Client) -> None:
    here = scene()
    ask(here, "Derde", "2026-11-24T09:00")
    ask(here, "Tweede", "2026-11-20T09:00")
    ask(here, "Eerste", "2026-11-19T09:00")
    page = client.sign_in(here.officer).get("/loket/").text
    order = [
        page.index(words) for words in ("Te laat</span>", "Eerste", "Vandaag</span>", "Tweede", "Later</span>", "Derde")
    ]
    assert order == sorted(order)
    assert "Antwoord voor 17.00 uur" in page and "Donderdag 26 november, 17.00 uur" in page


def test_another_desk_sees_none_of_it(client: Client) -> None:
    here = scene()
    ask(here, "Geheim")
    other = people.member(Role.OFFICER, people.municipality())
    assert "Geheim" not in client.sign_in(other).get("/loket/").text


def test_parts_of_the_queue_are_addresses_with_counts(client: Client) -> None:
    here = scene()
    routed, asked, taken = ask(here, "Bij collega"), ask(here, "Bij vrager"), ask(here, "Opgepakt")
    actions.route(routed, to=here.membership, by=here.officer)
    actions.ask(asked, question="Voor wie?", by=people.member(Role.OFFICER, here.municipality))
    actions.take(taken, by=here.officer)
    client.sign_in(here.officer)
    shown = {
        part: {
            title
            for title in ("Bij collega", "Bij vrager", "Opgepakt")
            if title in client.get(f"/loket/?deel={part}").text
        }
        for part in ("alles", "vandaag", "collega", "school", "van-mij", "onzin")
    }
    assert shown == {
        "alles": {"Bij collega", "Bij vrager", "Opgepakt"},
        "vandaag": set(),
        "collega": {"Bij collega"},
        "school": {"Bij vrager"},
        "van-mij": {"Bij collega", "Opgepakt"},
        "onzin": {"Bij collega", "Bij vrager", "Opgepakt"},
    }


def test_search_finds_title_school_and_asker(client: Client) -> None:
    here = scene()
    ask(here, "Water in de stad"), ask(here, "Schulden")
    client.sign_in(here.officer)
    assert "Schulden" not in client.get("/loket/?q=water").text
    for words in ("vechtland", "MARIT verhoef", "schul"):
        assert "Schulden" in client.get(f"/loket/?q={words}").text
    assert "Niets gevonden" in client.get("/loket/?q=100%25").text


def test_items_of_someone_on_leave_are_mine_when_i_cover(client: Client) -> None:
    here = scene()
    cover = people.member(Role.OFFICER, here.municipality, who=people.account(display_name="Noor el Amrani"))
    actions.take(ask(here, "Van Yusuf"), by=here.officer)
    people.away(here.officer, here.municipality, cover=cover)
    page = client.sign_in(cover).get("/loket/?deel=van-mij").text
    assert "Van Yusuf" in page and "waarneming voor Yusuf Bakker" in page
    client.post("/uitloggen")
    third = people.member(Role.OFFICER, here.municipality)
    assert "Yusuf Bakker is met verlof, Noor el Amrani neemt waar" in client.sign_in(third).get("/loket/").text
    assert "Van Yusuf" not in client.get("/loket/?deel=van-mij").text


def test_what_a_colleague_on_leave_was_asked_is_mine_when_i_cover(client: Client) -> None:
    here = scene()
    cover = people.member(Role.OFFICER, here.municipality, who=people.account(display_name="Noor el Amrani"))
    match = ask(here, "Van Saskia")
    actions.route(match, to=here.membership, by=here.officer)
    leave = people.away(here.colleague, here.municipality, cover=None)
    client.sign_in(cover)
    assert "Van Saskia" not in client.get("/loket/?deel=van-mij").text
    leave.cover_id = cover.id
    db.session.flush()
    page = client.get("/loket/?deel=van-mij").text
    assert "Van Saskia" in page and "waarneming voor Saskia Mulder" in page
    client.post(f"/samen/{match.id}/collega", data={"answer": "yes"})
    assert match.state is State.OFFERED
    assert "Van Saskia" not in client.get("/loket/?deel=van-mij").text


def test_a_colleague_who_covers_sees_what_was_asked_only_during_the_leave(client: Client) -> None:
    here = scene()
    other = people.member(Role.COLLEAGUE, here.municipality)
    match = ask(here, "Van Saskia")
    actions.route(match, to=here.membership, by=here.officer)
    client.sign_in(other)
    assert client.get(f"/samen/{match.id}").status_code == 404
    people.away(here.colleague, here.municipality, cover=other)
    assert "Kunt u dit doen?" in client.get(f"/samen/{match.id}").text
    with time_machine.travel(datetime(2026, 11, 25, 9, 0, tzinfo=UTC), tick=False):
        assert client.sign_in(other).get(f"/samen/{match.id}").status_code == 404


def test_the_pace_counts_working_days_of_real_answers(client: Client) -> None:
    here = scene()
    first, second = ask(here, "Vlot", "2026-11-23T09:00"), ask(here, "Traag", "2026-11-18T09:00")
    actions.take(first, by=here.officer), actions.take(second, by=here.officer)
    page = client.sign_in(here.officer).get("/loket/").text
    assert "gemiddeld antwoord na 2,5 werkdag · 50% op tijd" in page


def test_several_are_taken_in_one_act_and_what_went_on_is_left_alone(client: Client) -> None:
    here = scene()
    one, two, gone = ask(here, "Een"), ask(here, "Twee"), ask(here, "Weg")
    actions.offer(gone, by=here.officer)
    client.sign_in(here.officer)
    data = {"vraag": [str(one.id), str(two.id), str(gone.id), "9223372036854775808", "x"], "doe": "pak-op"}
    answer = client.post("/loket/samen", data=data, follow_redirects=True)
    assert [one.owner_id, two.owner_id, gone.owner_id] == [here.officer.id, here.officer.id, None]
    assert "2 vragen gedaan." in answer.text and "1 vraag was al verder" in answer.text


def test_several_go_to_one_colleague_or_get_one_reason(client: Client) -> None:
    here = scene()
    second = people.member(Role.OFFICER, here.municipality)
    one, two = ask(here, "Een"), ask(here, "Twee")
    client.sign_in(here.officer)
    page = client.post("/loket/samen", data={"vraag": str(one.id), "doe": "geef"}).text
    assert "Kies eerst een collega van het loket." in page
    client.post("/loket/samen", data={"vraag": str(one.id), "doe": "geef", "officer": str(second.id)})
    client.post("/loket/samen", data={"vraag": str(two.id), "doe": "nee", "refusal": "crowded"})
    assert (one.owner_id, two.state) == (second.id, State.REFUSED)


def test_a_choice_for_several_that_lacks_something_stays_and_no_item_opens(client: Client) -> None:
    here = scene()
    first, *chosen = ask(here, "Eerst", "2026-11-19T09:00"), ask(here, "Een"), ask(here, "Twee")
    data = {"vraag": [str(each.id) for each in chosen], "doe": "geef"}
    page = client.sign_in(here.officer).post("/loket/samen", data=data).text
    assert "U koos 2 vragen" in page and "<title>Fout: " in page and "Kies eerst een collega van het loket." in page
    assert 'id="vraag-titel"' not in page and "mm-qrow--open" not in page
    for match in (first, *chosen):
        assert (f'value="{match.id}" checked' in page) is (match in chosen)


def test_taking_one_and_taking_several_have_names_of_their_own(client: Client) -> None:
    here = scene()
    ask(here, "Een")
    page = client.sign_in(here.officer).get("/loket/").text
    assert page.count(">Pak op<") + page.count(">Pak op\n") == 1 and page.count("Pak op wat u koos") == 1


def test_nothing_ticked_says_so(client: Client) -> None:
    here = scene()
    ask(here, "Een")
    page = client.sign_in(here.officer).post("/loket/samen", data={"doe": "pak-op"}).text
    assert "Kies eerst een of meer vragen" in page


def test_items_of_another_desk_are_never_touched(client: Client) -> None:
    here = scene()
    match = ask(here, "Van Utrecht")
    other = people.member(Role.OFFICER, people.municipality())
    client.sign_in(other).post("/loket/samen", data={"vraag": str(match.id), "doe": "pak-op"})
    assert (match.owner_id, match.state) == (None, State.REQUESTED)


def test_a_long_queue_has_pages(client: Client) -> None:
    here = scene()
    for number in range(PAGE + 1):
        ask(here, f"Vraag {number:03d}")
    client.sign_in(here.officer)
    first, last = client.get("/loket/").text, client.get("/loket/?pagina=999").text
    assert f"1 tot {PAGE} van {PAGE + 1}" in first and f"Vraag {PAGE:03d}" not in first
    assert f"Vraag {PAGE:03d}" in last


def test_the_queue_asks_the_database_as_often_for_one_as_for_three(
    app: Flask, client: Client, count_queries: Callable[[], QueryCount]
) -> None:
    here = scene()
    client.sign_in(here.officer)
    numbers = []
    for rows in (1, 2):
        for _ in range(rows):
            actions.take(ask(here, "Een vraag"), by=here.officer)
        db.session.flush()
        db.session.expire_all()
        with count_queries() as queries:
            assert client.get("/loket/").status_code == 200
        numbers.append(queries.number)
    assert numbers[0] == numbers[1] <= 20, "\n".join(queries.statements)


def test_the_first_item_is_open_beside_the_queue_and_alone_on_its_own_page(client: Client) -> None:
    here = scene()
    ask(here, "Later")
    first = ask(here, "Eerst", "2026-11-19T09:00")
    page = client.sign_in(here.officer).get("/loket/").text
    assert 'id="vraag-titel">Eerst</h2>' in page and "mm-split--closed" in page
    assert f'action="/loket/vraag/{first.id}/vraag-iemand"' in page
    assert "mm-split--open" in client.get(f"/loket/vraag/{first.id}").text


def test_the_menu_counts_what_is_open_and_marks_every_page_of_the_desk(client: Client) -> None:
    here = scene()
    for title in ("Eén", "Twee"):
        match = ask(here, title)
    client.sign_in(here.officer)
    for address, current in (("/loket/", "page"), (f"/loket/vraag/{match.id}", "true"), ("/loket/verlof", "true")):
        menu = client.get(address).text.split("mm-nav", 1)[1].split("</nav>", 1)[0]
        entry = menu.split("</a>", 1)[0]
        assert f'href="/loket/" aria-current="{current}"' in entry and '<span class="mm-count">2<' in entry
        assert menu.count("aria-current") == 1


def test_the_menu_of_a_phone_counts_what_is_open_too(client: Client) -> None:
    here = scene()
    ask(here, "Eén")
    summary = client.sign_in(here.officer).get("/loket/").text.split("mm-menu--main", 1)[1].split("</summary>", 1)[0]
    assert "Menu" in summary and '<span class="mm-count">1<' in summary
