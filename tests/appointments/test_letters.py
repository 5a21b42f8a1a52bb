"""Every letter about a date, rendered as it is sent."""

import re
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from config import ROOT
from matchmaker.appointments.scheduled import ask_confirmations
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.delivery import render
from matchmaker.mail.models import Letter
from matchmaker.matches import dates, speakers
from matchmaker.matches.closing import withdraw
from matchmaker.vocabulary import Kind, Party, Role
from matchmaker.words.brief import wording_of
from tests.factories import people
from tests.factories.dates import Meeting, meeting, moment, period

OURS = {
    "appointment_agreed", "appointment_cancelled", "appointment_changed", "appointment_confirm", "appointment_moved",
    "appointment_reopened", "dates_proposed", "someone_cannot_come", "speaker_changed", "standby_asked",
    "standby_needed", "standby_released", "standby_took_over",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel("2026-11-24 10:00:00+01:00"):
        yield


def whole_life(language: str) -> Meeting:
    """A lecture to which everything happens that can happen."""
    there = meeting(details={"group_size": 30, "minutes": 90, "preparation": "Lees de casus.", "course": "Recht 2"})
    for person in (there.lecturer, there.colleague, there.officer):
        person.language = language
    there.wording = wording_of(there.match, people=["Ruben Westra"])
    appointment = there.agree(moment(20))
    dates.reopen(there.match, by=there.lecturer, as_party=Party.SCHOOL, note="Tentamens")
    there.agree(moment(30))
    dates.change_details(
        there.match, appointment, location="Zaal 3", online_url="https://vergader.example/x",
        arrangements="Beamer", wording=there.wording, by=there.officer,
    )  # fmt: skip
    for name in ("Noor Bakker", "Jan Smit"):
        extra = people.member(
            Role.COLLEAGUE, there.match.municipality, who=people.account(display_name=name, language=language)
        )
        speakers.put_on_standby(there.match, appointment, extra.memberships[0], by=there.officer)
    with time_machine.travel("2026-12-22 09:00:00+01:00"):
        ask_confirmations(now())
        speaker = next(each for each in appointment.people if each.account_id == there.colleague.id)
        speakers.answer_confirmation(there.match, speaker, coming=False, note="Griep", by=there.colleague)
        standby = next(each for each in appointment.people if each.standby)
        speakers.step_in(there.match, standby, wording=there.wording, by=standby.account)
        withdraw(there.match, note="Toch niet", by=there.lecturer, as_party=Party.SCHOOL)
    return there


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_letter_can_be_read_in_both_languages(app: Flask, language: str) -> None:
    whole_life(language)
    letters = db.session.query(Letter).order_by(Letter.id).all()
    assert {letter.template for letter in letters} >= OURS
    for letter in letters:
        rendered = render(letter)
        assert rendered.subject, letter.template
        for text in (rendered.text, rendered.html):
            assert not re.search(r"\bNone\b|Undefined|\{\{|\{%", text), (letter.template, text)


def test_the_first_line_says_what_is_asked(app: Flask) -> None:
    whole_life("nl")
    asked = db.session.query(Letter).filter_by(template="appointment_confirm").first()
    assert render(asked).text.splitlines()[2] == (
        "Laat nu weten of het doorgaat: donderdag 24 december, 10.00 tot 11.30 uur. Eén klik is genoeg."
    )


def test_no_letter_holds_the_address_of_another(app: Flask) -> None:
    there = whole_life("nl")
    everyone = {there.lecturer.email, there.colleague.email, there.officer.email}
    for letter in db.session.query(Letter).order_by(Letter.id):
        rendered = render(letter)
        calendar = (letter.calendar or b"").decode().replace("\r\n ", "")
        for other in everyone - {letter.to_address}:
            assert other not in rendered.text + rendered.html + calendar, letter.template


def test_a_place_is_told_with_its_first_and_last_day(app: Flask) -> None:
    there = meeting(Kind.WORK)
    there.agree(period(now().date().replace(month=12), now().date().replace(year=2027, month=4)))
    text = render(db.session.query(Letter).filter_by(template="appointment_agreed").first()).text
    assert "Wanneer: donderdag 24 december" in text
    assert "Tot en met: zaterdag 24 april 2027" in text


def test_each_letter_has_a_text_and_an_html_form() -> None:
    folder = Path(ROOT) / "templates" / "mail"
    assert [
        name for name in OURS if not (folder / f"{name}.txt").exists() or not (folder / f"{name}.html").exists()
    ] == []
