"""A lecture to its end: the speaker cannot come, the stand-by does, and both sides look back."""

import pytest

from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind
from tests.journeys.test_journeys import ask_the_desk, post_need, route_to_colleague
from tests.journeys.visitors import Town, weekday_ahead

pytestmark = [pytest.mark.browser, pytest.mark.committed]


def test_a_cancelled_lecture_is_given_by_the_stand_by_and_looked_back_on(town: Town) -> None:
    town.offer(Kind.LECTURE, "Les over het omgevingsplan")
    lecturer, officer = town.visit(town.lecturer), town.visit(town.officer)
    post_need(lecturer, Kind.LECTURE, "Gastcollege over de Omgevingswet", minutes="60")
    number = ask_the_desk(town, lecturer, "Gastcollege over de Omgevingswet")
    route_to_colleague(town, number)
    colleague = town.visit(town.colleague)
    colleague.go(f"/samen/{number}").press("Stel momenten voor")
    colleague.page.fill("[name=day_1]", weekday_ahead(30).isoformat())
    colleague.page.fill("[name=start_1]", "10:00")
    colleague.press("Stel dit voor")
    lecturer.go(f"/samen/{number}")
    lecturer.page.locator("input[name=slot]").first.check()
    lecturer.press("Spreek dit moment af").sees("Afgesproken:")
    lecturer.press("Voeg bestanden toe")
    file = {"name": "vragen.txt", "mimeType": "text/plain", "buffer": b"Vragen van de studenten"}
    lecturer.page.set_input_files("input[name=files]", file)
    lecturer.press("Voeg toe").sees("vragen.txt")
    officer.go(f"/samen/{number}/reserve")
    officer.page.select_option("[name=standby]", label="Noor Visser")
    officer.page.locator("main form[method=post] button[type=submit]").first.click()
    officer.page.wait_for_load_state()

    town.begins_in(24)
    guest = town.visit()
    guest.go(town.link_in(town.letters(town.colleague, "appointment_confirm")[0]))
    guest.choose("Nee, het lukt mij niet").press("Geef antwoord")
    guest.go(town.link_in(town.letters(town.second, "standby_needed")[0])).sees("Kunt u invallen?")
    guest.choose("Ja, het gaat door").press("Geef antwoord").sees("U valt in.")
    assert town.match().colleague == town.second
    assert len(town.letters(town.lecturer, "speaker_changed")) == 1

    town.begins_in(-3)
    assert town.letters(town.colleague, "session_after") == []
    guest.go(town.link_in(town.letters(town.second, "session_after")[0])).sees("vragen.txt")
    guest.press("Verstuur").sees("Vul dit in.")
    guest.choose("Ja, het ging door").fill("Hoeveel studenten waren er?", "24").choose("Goed")
    guest.page.check("input[name=again][value=yes]")
    guest.fill("Wilt u de ander nog iets laten weten?", "Scherpe vragen.").press("Verstuur")
    guest.sees("Ging door, met 24 studenten.").sees("na zeven dagen")
    assert town.match().state is State.DONE
    lecturer.go(f"/samen/{number}").press("Lees wat u allebei vond")
    assert "Scherpe vragen." not in lecturer.page.locator("main").inner_text()
    lecturer.choose("Goed")
    lecturer.page.check("input[name=again][value=maybe]")
    lecturer.press("Verstuur").sees("Dit zei de ander").sees("Scherpe vragen.")
    lecturer.go("/samen/lessen").sees("Ging door, met 24 studenten.")
