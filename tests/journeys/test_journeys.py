"""From the first question to the end, in a real browser, with the letters people get."""

from datetime import timedelta

import pytest

from matchmaker.clock import local
from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind
from tests.journeys.visitors import Town, Visitor, entry, weekday_ahead

pytestmark = [pytest.mark.browser, pytest.mark.committed]

TEXT = (
    "Onze tweedejaars leren hoe een omgevingsplan tot stand komt. Zij willen horen hoe dat in de praktijk gaat. "
    "Een collega die ermee werkt vertelt het best waar het wringt."
)


def post_need(visitor: Visitor, kind: Kind, title: str, *, level: str = "hbo_bachelor", **when: str) -> None:
    """The five steps of posting a need, and online."""
    visitor.go("/school/vragen/nieuw")
    visitor.page.check(f"input[name=kind][value={kind.value}]")
    visitor.press("Ga verder")
    visitor.fill("Titel", title).fill("Tekst", TEXT).press("Bewaar en ga verder")
    visitor.page.check(f"input[name=levels][value={level}]")
    visitor.press("Bewaar en ga verder")
    for name, value in when.items():
        visitor.page.fill(f"[name={name}]", value)
    visitor.press("Bewaar en ga verder").press("Zet online")


def ask_the_desk(town: Town, visitor: Visitor, title: str) -> int:
    """From one's own list to the candidates, and ask the first; returns the number of the match."""
    visitor.go("/school/vragen").press(title)
    visitor.page.goto(f"{town.address}/samen/voorstellen/{visitor.path.rstrip('/').split('/')[-1]}")
    visitor.sees("1 gemeente past bij uw").sees("Gemeente Nieuwegein").press("Vraag het loket van Nieuwegein")
    visitor.sees("Uw vraag ligt bij het loket.")
    assert town.match().state is State.REQUESTED
    return town.match().id


def route_to_colleague(town: Town, number: int) -> None:
    """The officer asks Ruben, who says yes from the letter without signing in."""
    officer = town.visit(town.officer)
    officer.go(f"/loket/vraag/{number}").choose("Ruben Westra").press("Verstuur")
    assert town.match().state is State.ROUTED
    (letter,) = town.letters(town.colleague, "match_routed")
    guest = town.visit()
    guest.go(town.link_in(letter)).press("Ja, ik doe dit")
    assert town.match().state is State.OFFERED


def test_a_lecturer_posts_and_both_have_the_lecture_in_their_calendar(town: Town) -> None:
    town.offer(Kind.LECTURE, "Les over het omgevingsplan")
    lecturer = town.visit(town.lecturer)
    post_need(lecturer, Kind.LECTURE, "Gastcollege over de Omgevingswet", minutes="90")
    number = ask_the_desk(town, lecturer, "Gastcollege over de Omgevingswet")
    route_to_colleague(town, number)
    colleague, day = town.visit(town.colleague), weekday_ahead(30)
    colleague.go(f"/samen/{number}").press("Stel momenten voor")
    for slot, moved in ((1, 0), (2, 7), (3, 14)):
        colleague.page.fill(f"[name=day_{slot}]", (day + timedelta(days=moved)).isoformat())
        colleague.page.fill(f"[name=start_{slot}]", "10:00")
    colleague.press("Stel dit voor").sees("De ander krijgt nu bericht")
    lecturer.go(town.link_in(town.letters(town.lecturer, "dates_proposed")[0])).sees("Kies een moment")
    lecturer.page.locator("input[name=slot]").nth(1).check()
    lecturer.press("Spreek dit moment af").sees("Afgesproken:")
    assert town.match().state is State.AGREED
    chosen = day + timedelta(days=7)
    sent = [entry(town.letters(each, "appointment_agreed")[0].calendar) for each in (town.lecturer, town.colleague)]
    downloaded = [lecturer.calendar_file(), colleague.go(f"/samen/{number}").calendar_file()]
    for event in (*sent, *downloaded):
        start, end = local(event.decoded("dtstart")), local(event.decoded("dtend"))
        assert (start.date(), start.hour, end - start) == (chosen, 10, timedelta(minutes=90))
    assert len({str(event["uid"]) for event in (*sent, *downloaded)}) == 1
    assert "Omgevingswet" in sent[1]["summary"]
    month = f"/samen/agenda?maand={chosen:%Y-%m}"
    for visitor in (lecturer, colleague):
        visitor.go(month).sees("Gastcollege over de Omgevingswet")


def test_an_internship_gets_its_first_day(town: Town) -> None:
    town.offer(Kind.WORK, "Meewerken aan veilige fietsroutes")
    lecturer = town.visit(town.lecturer)
    first, last = weekday_ahead(60), weekday_ahead(60) + timedelta(weeks=20, days=3)
    post_need(
        lecturer,
        Kind.WORK,
        "Meewerkstage verkeer voor een derdejaars",
        hours_min="24",
        hours_max="32",
        starts_on=first.isoformat(),
        ends_on=last.isoformat(),
    )
    number = ask_the_desk(town, lecturer, "Meewerkstage verkeer voor een derdejaars")
    officer = town.visit(town.officer)
    officer.go(f"/loket/vraag/{number}").press("Ja, wij doen dit")
    officer.page.locator("main form[method=post] button[type=submit]").first.click()
    officer.page.wait_for_load_state()
    assert town.match().state is State.OFFERED
    lecturer.go(f"/samen/{number}").press("Neem het aan").sees("U zegt allebei ja")
    lecturer.press("Stel momenten voor")
    assert lecturer.page.input_value("[name=first_1]") == first.isoformat()
    lecturer.press("Stel dit voor")
    officer.go(f"/samen/{number}")
    officer.page.locator("input[name=slot]").first.check()
    officer.press("Spreek dit moment af").sees("Afgesproken:")
    event = lecturer.go(f"/samen/{number}").calendar_file()
    assert event.decoded("dtstart") == first
    assert str(event["summary"]).startswith("Eerste dag")
    match = town.match()
    assert (match.state, match.need.places_taken, match.offer.places_taken) == (State.AGREED, 1, 1)


def test_a_committee_seat_gets_its_term(town: Town) -> None:
    town.offer(Kind.SEAT, "Adviseur wil meepraten over een opleiding")
    lecturer = town.visit(town.lecturer)
    first = weekday_ahead(60)
    post_need(
        lecturer, Kind.SEAT, "Lid voor onze werkveldcommissie", term_years="3", meetings_per_year="2",
        starts_on=first.isoformat(),
    )  # fmt: skip
    number = ask_the_desk(town, lecturer, "Lid voor onze werkveldcommissie")
    route_to_colleague(town, number)
    lecturer.go(f"/samen/{number}").press("Stel meteen momenten voor").press("Stel dit voor")
    assert town.match().state is State.SCHEDULING
    colleague = town.visit(town.colleague)
    colleague.go(f"/samen/{number}")
    colleague.page.locator("input[name=slot]").first.check()
    colleague.press("Spreek dit moment af").sees("Afgesproken:")
    event = entry(town.letters(town.colleague, "appointment_agreed")[0].calendar)
    assert event.decoded("dtstart") == first
    assert "werkveldcommissie" in str(event["summary"])


def test_a_refusal_ends_with_a_reason_the_asker_can_read(town: Town) -> None:
    town.offer(Kind.LECTURE, "Les over het omgevingsplan")
    lecturer = town.visit(town.lecturer)
    post_need(lecturer, Kind.LECTURE, "Gastcollege over de Omgevingswet", minutes="90")
    number = ask_the_desk(town, lecturer, "Gastcollege over de Omgevingswet")
    officer = town.visit(town.officer)
    officer.go(f"/loket/vraag/{number}").press("Nee, met reden")
    officer.page.check("input[name=refusal][value=no_capacity]")
    officer.fill("Toelichting", "Na de zomer kan het wel.")
    officer.page.locator("main form[method=post] button[type=submit]").first.click()
    officer.page.wait_for_load_state()
    assert town.match().state is State.REFUSED
    lecturer.go(f"/samen/{number}").sees("Er is nu geen plek.").sees("Na de zomer kan het wel.")
    assert len(town.letters(town.lecturer, "match_refused")) == 1


def test_a_forwarded_request_is_answered_by_the_neighbour(town: Town) -> None:
    lecturer = town.visit(town.lecturer)
    post_need(lecturer, Kind.LECTURE, "Gastcollege over de Omgevingswet", minutes="90")
    lecturer.go("/school/vragen").press("Gastcollege over de Omgevingswet")
    lecturer.go(f"/samen/voorstellen/{lecturer.path.rstrip('/').split('/')[-1]}/loket").choose("Nieuwegein")
    lecturer.press("Vraag dit loket")
    first = town.match()
    officer = town.visit(town.officer)
    officer.go(f"/loket/vraag/{first.id}").choose("IJsselstein").press("Verstuur")
    second = town.match()
    assert (second.forwarded_from_id, second.municipality.name) == (first.id, "IJsselstein")
    neighbour = town.visit(town.other_officer)
    neighbour.go(f"/loket/vraag/{second.id}").press("Ja, wij doen dit")
    neighbour.page.locator("main form[method=post] button[type=submit]").first.click()
    neighbour.page.wait_for_load_state()
    assert town.match().state is State.OFFERED
    lecturer.go(f"/samen/{second.id}").sees("IJsselstein wil u helpen").sees("Doorgestuurd naar IJsselstein")
    lecturer.press("Neem het aan")
    assert town.match().state is State.SCHEDULING
