"""A group assignment of a university, from the question to what the municipality does with the result."""

from datetime import timedelta

import pytest

from matchmaker.assignments.models import Decision
from matchmaker.assignments.queries import assignment_of
from matchmaker.assignments.states import AssignmentState
from matchmaker.clock import local
from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind
from tests.journeys.test_journeys import ask_the_desk, post_need, route_to_colleague
from tests.journeys.visitors import Town, Visitor, entry, weekday_ahead

pytestmark = [pytest.mark.browser, pytest.mark.committed]

TITLE = "Groepen onderzoeken de waterkwaliteit in de wijk"


def agree_on_a_period(town: Town, number: int, lecturer: Visitor, colleague: Visitor) -> None:
    """The school proposes the period it asked for and the municipality takes it."""
    lecturer.go(f"/samen/{number}").press("Stel meteen momenten voor").press("Stel dit voor")
    colleague.go(f"/samen/{number}")
    colleague.page.locator("input[name=slot]").first.check()
    colleague.press("Spreek dit moment af").sees("Afgesproken:")


def add_group(lecturer: Visitor, name: str, students: int, topic: str) -> None:
    lecturer.press("Voeg een groep toe").fill("Naam van de groep", name).fill("Aantal studenten", str(students))
    lecturer.fill("Waaraan werkt deze groep?", topic).press("Bewaar").sees(topic)


def test_a_group_assignment_from_the_question_to_the_decision(town: Town) -> None:
    town.offer(Kind.GROUP, "Opdracht over schoon water", levels=["wo_bachelor"])
    lecturer, first = town.visit(town.lecturer), weekday_ahead(40)
    post_need(
        lecturer, Kind.GROUP, TITLE, level="wo_bachelor",
        starts_on=first.isoformat(), ends_on=(first + timedelta(weeks=18)).isoformat(),
    )  # fmt: skip
    number = ask_the_desk(town, lecturer, TITLE)
    route_to_colleague(town, number)
    colleague = town.visit(town.colleague)
    agree_on_a_period(town, number, lecturer, colleague)

    lecturer.go(f"/samen/{number}").press("Begin met het plan").sees("Maak het plan")
    add_group(lecturer, "Groep 1", 5, "Meten in de sloten")
    add_group(lecturer, "Groep 2", 4, "Wat bewoners merken")
    lecturer.sees("2 groepen, 9 studenten").press("Voeg een mijlpaal toe").fill("Wat is er dan klaar?", "Tussenstand")
    lecturer.page.fill("[name=day]", (first + timedelta(weeks=6)).isoformat())
    lecturer.press("Bewaar").sees("Tussenstand").press("Plan de presentatie")
    presented = weekday_ahead(150)
    lecturer.page.fill("[name=day]", presented.isoformat())
    lecturer.page.fill("[name=hour]", "14:00")
    lecturer.fill("Plaats", "Raadzaal").press("Bewaar").sees("Het plan is klaar")
    sent = [town.letters(each, "assignment_presentation")[0] for each in (town.lecturer, town.colleague)]
    files = [lecturer.calendar_file(), *(entry(each.calendar) for each in sent)]
    assert {local(each.decoded("dtstart")).date() for each in files} == {presented}
    assert len({str(each["uid"]) for each in files}) == 1
    lecturer.press("Laat de groepen beginnen").sees("De groepen zijn bezig")

    colleague.go(town.link_in(town.letters(town.colleague, "assignment_started")[0])).sees("Meten in de sloten")
    colleague.sees("Raadzaal").press("Het is klaar").sees("klaar")
    lecturer.go(f"/samen/{number}/opdracht").press("Lever het resultaat in")
    lecturer.press("Lever in").sees("Schrijf op wat eruit kwam.")
    lecturer.fill("Wat kwam eruit?", "Meet elke maand, op zes plekken.")
    report = {"name": "advies.txt", "mimeType": "text/plain", "buffer": b"Het hele advies"}
    lecturer.page.set_input_files("input[name=files]", report)
    lecturer.press("Lever in").sees("Ingeleverd.").sees("advies.txt")

    colleague.go(town.link_in(town.letters(town.colleague, "assignment_handed_in")[0])).sees("Het resultaat is er")
    colleague.press("Neem een besluit").sees("Meet elke maand, op zes plekken.").sees("advies.txt")
    with colleague.page.expect_download() as download:
        colleague.page.get_by_role("link", name="advies.txt").click()
    assert download.value.path().read_bytes() == b"Het hele advies"
    colleague.choose("Wij voeren een deel uit").fill("Leg het uit", "Vier plekken passen in de begroting.")
    colleague.press("Neem dit besluit").sees("Wij voeren een deel uit")

    lecturer.go(town.link_in(town.letters(town.lecturer, "assignment_decided")[0]))
    lecturer.sees("Vier plekken passen in de begroting.")
    match = town.match()
    work = assignment_of(match)
    assert work is not None
    assert (work.state, work.decision, match.state) == (AssignmentState.DECIDED, Decision.IN_PART, State.DONE)
    assert [each.reached_at is not None for each in work.milestones] == [True]
