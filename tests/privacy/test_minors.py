"""Someone of 17: nothing of them is public, a municipality gets no address of theirs, and the school reads along."""

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from matchmaker.applications import actions as applying
from matchmaker.applications.models import Application
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.delivery import render
from matchmaker.mail.models import Letter
from matchmaker.placements import actions
from matchmaker.placements.conversation import write_message
from matchmaker.placements.parts import Part, PlacementSide
from matchmaker.placements.queries import Chosen, Tab, open_signals, tab_counts
from matchmaker.placements.signalling import HELPERS, signals_for
from matchmaker.threads.queries import messages_of
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.factories.letters import letters
from tests.factories.students import MOTIVATION, Campus, campus, membership_of, student
from tests.pages.walk import walk
from tests.placements.scenes import Stage, stage

NAME, ADDRESS = "Zonnebloem Achterberg", "zonnebloem@thuis.example"
OF_THE_PERSON = (NAME, "Zonnebloem", ADDRESS, "zonnebloem", MOTIVATION)
ASKED = (
    "/aanbod.csv", "/vragen.csv", "/aanbod.xlsx", "/vragen.xlsx", "/aanbod/feed", "/vragen/feed", "/sitemap.xml",
    "/aanbod?q=Achterberg", "/vragen?q=Achterberg", "/gemeenten?q=Achterberg", "/scholen?q=Achterberg",
)  # fmt: skip
"""Searches, feeds and exports; the pages are walked."""
STRANGERS = [None, *(role for role in Role if role is not Role.PLATFORM_ADMIN)]


@pytest.fixture
def here(app: Flask) -> Iterator[Campus]:
    yield campus(places=2)


def minor(here: Campus) -> Application:
    """Someone who turns 18 in half a year, and applied."""
    profile = here.student(NAME, adult_from=(today() + timedelta(days=180)).replace(day=1))
    profile.account.email = ADDRESS
    db.session.flush()
    assert profile.is_minor
    return applying.apply(profile, here.place, motivation=MOTIVATION)


def placed() -> Stage:
    """A placement of a minor, with a message and a signal to the municipality."""
    there = stage()
    there.student.email, there.student.display_name = f"placed.{ADDRESS}", NAME
    db.session.flush()
    there.begun(minor_until=(today() + timedelta(days=180)).replace(day=1))
    assert there.placement is not None
    write_message(there.placement, text=MOTIVATION, by=there.actor(Part.STUDENT))
    return there


def text_of(content: bytes) -> str:
    """What stands in an answer; a workbook is unpacked."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            content = b"\n".join(pack.read(name) for name in pack.namelist())
    return content.decode("utf-8", "replace")


def everything(client: Client) -> dict[str, str]:
    """Every address that is reached by links, and those that search, feed and export."""
    found = {path: client.get(path) for path in ASKED}
    found.update(walk(client.application, client, "/start"))
    return {path: text_of(answer.data) for path, answer in found.items()}


def shown(pages: dict[str, str], what: tuple[str, ...]) -> list[str]:
    return [f"{word} on {path}" for path, page in pages.items() for word in what if word in page]


@pytest.mark.parametrize("role", STRANGERS, ids=str)
def test_nothing_of_someone_of_17_is_shown_to_who_has_no_part_in_it(
    here: Campus, client: Client, role: Role | None
) -> None:
    minor(here)
    placed()
    if role is Role.STUDENT:
        client.sign_in(student(here.programme, name="Sem Bos").account)
    elif role is not None:
        client.sign_in(people.member(role, people.role_home(role)))
    pages = everything(client)
    assert len(pages) > 15
    assert shown(pages, OF_THE_PERSON) == []


def test_the_search_would_find_them_on_a_page_that_does_show_them(here: Campus, client: Client) -> None:
    """Else the test above would pass on empty pages."""
    made = minor(here)
    page = client.sign_in(here.coordinator).get(f"/school/studenten/reacties/{made.id}").text
    assert shown({"": page}, (NAME, MOTIVATION)) == [f"{NAME} on ", f"{MOTIVATION} on "]


def test_the_municipality_gets_no_address_before_there_is_a_place_nor_after_it(here: Campus, client: Client) -> None:
    made = minor(here)
    client.sign_in(here.officer)
    for step in (None, applying.invite, applying.offer):
        if step is not None:
            step(made, note="Dinsdag om tien uur?", by=here.officer)
        pages = {path: client.get(path).text for path in (f"/gemeente/studenten/{made.id}", "/gemeente/studenten")}
        assert NAME in pages[f"/gemeente/studenten/{made.id}"]
        assert shown({**everything(client), **pages}, (ADDRESS,)) == []
    sent = db.session.query(Letter).filter_by(to_address=here.officer.email).all()
    assert sent and [each.template for each in sent if ADDRESS in _whole(each)] == []


def _whole(letter: Letter) -> str:
    made = render(letter)
    return "\n".join((made.subject, made.text, made.html, str(letter.values)))


def test_what_the_municipality_writes_to_an_applicant_is_read_at_school(here: Campus, client: Client) -> None:
    made = minor(here)
    applying.invite(made, note="Kom dinsdag om tien uur langs.", by=here.officer)
    assert membership_of(here.coordinator).organisation_id == made.institution_id
    page = client.sign_in(here.coordinator).get(f"/school/studenten/reacties/{made.id}").text
    assert "Kom dinsdag om tien uur langs." in page


@pytest.mark.parametrize("writer", [Part.STUDENT, Part.OFFICER, Part.SUPERVISOR])
def test_the_school_reads_every_message_of_a_placement(app: Flask, client: Client, writer: Part) -> None:
    there = placed()
    assert there.placement is not None
    before = len(letters("message_posted"))
    write_message(there.placement, text="Tot morgen om negen uur.", by=there.actor(writer))
    readers = {each.to_address for each in letters("message_posted")[before:]}
    assert {there.coordinator.email, there.lecturer.email} <= readers
    assert "Tot morgen om negen uur." in [each.text for each in messages_of(there.placement.thread_id)]
    page = client.sign_in(there.coordinator).get(f"/plaatsingen/{there.placement.id}/berichten").text
    assert "Tot morgen om negen uur." in page


@pytest.mark.parametrize("to_side", HELPERS[PlacementSide.STUDENT])
def test_the_school_reads_every_signal_of_someone_of_17_and_its_answer(
    app: Flask, client: Client, to_side: PlacementSide
) -> None:
    there = placed()
    assert there.placement is not None
    signal = actions.raise_signal(there.placement, "Ik zit alleen.", to_side=to_side, by=there.actor(Part.STUDENT))
    told = [each for each in letters("placement_signal") if each.to_address == there.coordinator.email]
    assert len(told) == 1
    along = to_side is PlacementSide.WORK
    assert ("U leest mee" in render(told[0]).text) is along
    assert ("answers" in told[0].values) is not along
    answerer = Part.SUPERVISOR if along else Part.SCHOOL_SUPERVISOR
    actions.answer_signal(signal, "Ik kom straks.", by=there.actor(answerer))
    client.sign_in(there.coordinator)
    page = client.get(f"/plaatsingen/{there.placement.id}/signaal/{signal.id}").text
    assert "Ik zit alleen." in page and "Ik kom straks." in page


def test_a_student_of_17_is_told_that_the_school_reads_along_and_one_of_18_keeps_the_choice(client: Client) -> None:
    there = placed()
    assert there.placement is not None
    page = f"/plaatsingen/{there.placement.id}/signaal"
    client.sign_in(there.student)
    assert "Uw school leest mee" in client.get(page).text
    there.placement.minor_until = None
    db.session.flush()
    assert "De anderen lezen het niet" in client.get(page).text
    before = len(letters("placement_signal"))
    by = there.actor(Part.STUDENT)
    actions.raise_signal(there.placement, "Geen werk.", to_side=PlacementSide.WORK, by=by)
    assert there.coordinator.email not in {each.to_address for each in letters("placement_signal")[before:]}
    assert signals_for(there.placement, PlacementSide.SCHOOL) == []
    assert waiting_at_school(there) == 0


@pytest.mark.parametrize("to_side", HELPERS[PlacementSide.STUDENT])
def test_what_someone_of_17_said_waits_in_the_list_of_the_school_until_it_is_answered(
    app: Flask, to_side: PlacementSide
) -> None:
    there = placed()
    assert there.placement is not None
    assert waiting_at_school(there) == 0
    signal = actions.raise_signal(there.placement, "Ik zit alleen.", to_side=to_side, by=there.actor(Part.STUDENT))
    assert waiting_at_school(there) == 1
    answerer = Part.SUPERVISOR if to_side is PlacementSide.WORK else Part.SCHOOL_SUPERVISOR
    actions.answer_signal(signal, "Ik kom straks.", by=there.actor(answerer))
    assert waiting_at_school(there) == 0


def waiting_at_school(there: Stage) -> int:
    coordinator = membership_of(there.coordinator)
    count = tab_counts(coordinator, Chosen())[Tab.SIGNALS]
    assert there.placement is not None
    assert open_signals([there.placement.id], coordinator).get(there.placement.id, 0) == count
    return count
