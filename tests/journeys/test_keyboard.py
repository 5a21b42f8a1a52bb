"""Without a mouse: posting, routing and accepting with Tab, Space, Enter and the keys of the alphabet alone."""

import pytest
from playwright.sync_api import Page

from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind
from tests.factories import people
from tests.journeys.visitors import Town, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.committed]

MOST_TABS = 150
TEXT = "Onze tweedejaars leren hoe een omgevingsplan tot stand komt. Zij willen horen hoe dat in de praktijk gaat."
FOCUSED = """() => {
    const it = document.activeElement
    const ringed = ['', '::after'].map((part) => getComputedStyle(it, part || null))
    return {
        name: it.name || '', value: it.value || '', path: it.getAttribute('href') || '',
        words: (it.innerText || (it.labels && it.labels.length ? it.labels[0].innerText : '')).trim(),
        seen: ringed.some((style) => style.outlineStyle !== 'none' || style.boxShadow !== 'none'),
    }
}"""


class Keyboard:
    """The keys of one visitor; nothing here clicks, fills or calls an element by itself."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page: Page = visitor.page

    def tab_to(self, *, name: str = "", value: str = "", words: str = "") -> "Keyboard":
        """Press Tab until the named field, or the button or link with these words, has a visible focus."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(FOCUSED)
            if found["name"] == name and (not value or found["value"] == value) and found["words"].startswith(words):
                assert found["seen"], f"nothing shows that the focus is on {name or words!r}"
                return self
        raise AssertionError(f"Tab does not reach {name or words!r} on {self.visitor.path}")

    def type(self, name: str, text: str) -> "Keyboard":
        self.tab_to(name=name).page.keyboard.type(text)
        return self

    def enter(self, words: str, name: str = "") -> "Keyboard":
        """Enter on a button or a link; the page that follows must be there."""
        self.tab_to(words=words, name=name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def space(self, name: str, value: str = "") -> "Keyboard":
        """Space on a box to tick."""
        self.tab_to(name=name, value=value).page.keyboard.press("Space")
        return self

    def arrow_to(self, name: str, words: str) -> "Keyboard":
        """Tab to a group of choices, then the arrow down until the one with these words is chosen."""
        self.tab_to(name=name).page.keyboard.press("Space")
        for _ in range(MOST_TABS):
            if self.page.evaluate(FOCUSED)["words"].startswith(words):
                return self
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {words!r} on {self.visitor.path}")


def signed_in(town: Town, email: str) -> Keyboard:
    keys = Keyboard(town.visit().go("/inloggen"))
    keys.type("email", email).type("password", people.PASSWORD).enter("Inloggen")
    return keys


def test_posting_routing_and_accepting_need_no_mouse(town: Town) -> None:
    town.offer(Kind.LECTURE, "Les over het omgevingsplan")
    lecturer = signed_in(town, town.lecturer.email)
    post(lecturer)
    number = ask_the_desk(town, lecturer)
    officer = signed_in(town, town.officer.email)
    officer.visitor.go(f"/loket/vraag/{number}")
    officer.arrow_to("to", "Ruben Westra").enter("Verstuur")
    assert town.match().state is State.ROUTED
    colleague = Keyboard(town.visit())
    colleague.visitor.go(town.link_in(town.letters(town.colleague, "match_routed")[0]))
    colleague.enter("Ja, ik doe dit", name="answer")
    assert town.match().state is State.OFFERED
    lecturer.visitor.go(f"/samen/{number}")
    lecturer.enter("Neem het aan")
    assert town.match().state is State.SCHEDULING


def post(lecturer: Keyboard) -> None:
    """The five steps of a need, and online."""
    lecturer.visitor.go("/school/vragen/nieuw")
    lecturer.arrow_to("kind", "Gastles of gastcollege").enter("Ga verder")
    lecturer.type("title", "Gastcollege over de Omgevingswet").type("text", TEXT).enter("Bewaar en ga verder")
    lecturer.space("levels", "hbo_bachelor").enter("Bewaar en ga verder")
    lecturer.type("minutes", "90").enter("Bewaar en ga verder")
    lecturer.enter("Zet online")


def ask_the_desk(town: Town, lecturer: Keyboard) -> int:
    lecturer.visitor.go("/school/vragen")
    lecturer.enter("Gastcollege over de Omgevingswet")
    reference = lecturer.visitor.path.rstrip("/").split("/")[-1]
    lecturer.visitor.go(f"/samen/voorstellen/{reference}")
    lecturer.enter("Vraag het loket van Nieuwegein")
    assert town.match().state is State.REQUESTED
    return town.match().id
