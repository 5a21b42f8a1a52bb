"""A student, the school and the municipality, each in a browser of their own, from signing up to a place."""

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.applications.models import Application
from matchmaker.applications.states import State
from matchmaker.database import db, read_only
from matchmaker.mail.models import Letter
from matchmaker.organisations.models import EmailDomain, Membership, Programme
from matchmaker.students.models import ProgrammeRules
from matchmaker.vocabulary import Kind, Role
from tests.factories import people
from tests.factories.students import MOTIVATION
from tests.journeys.visitors import Town, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.committed]

ADDRESS = "noor@vechtland.example"


def prepare(town: Town) -> Account:
    """The school has a mail domain, a coordinator, and a programme that looks first and hides names."""
    db.session.rollback()
    read_only(False)
    school = db.session.scalars(select(Membership).where(Membership.account_id == town.lecturer.id)).one().organisation
    programme = db.session.scalars(select(Programme)).one()
    db.session.add(EmailDomain(domain="vechtland.example", organisation_id=school.id))
    db.session.add(ProgrammeRules(programme_id=programme.id, school_approves=True, blind_until_talk=True))
    coordinator = people.member(Role.COORDINATOR, school, who=people.account(display_name="Ria Smit"))
    db.session.commit()
    read_only(True)
    return coordinator


def sign_up(town: Town) -> Visitor:
    """Name and address of the school, the link in the letter, and the first questions."""
    student = town.visit()
    student.go("/aanmelden").fill("Uw naam", "Noor Visser").fill("E-mailadres", ADDRESS).press("Ga verder")
    db.session.rollback()
    letter = db.session.scalars(select(Letter).where(Letter.to_address == ADDRESS)).one()
    student.go(town.link_in(letter))
    student.page.select_option("[name=role]", Role.STUDENT.value)
    student.fill("Kies een wachtwoord", people.PASSWORD).press("Meld mij aan")
    student.sign_in(ADDRESS).sees("Hoe oud ben je?").choose("18 jaar of ouder")
    student.page.select_option("[name=programme]", label="Rechten")
    student.page.select_option("[name=level]", "hbo_bachelor")
    student.press("Verder").sees("Wat zoek je?").fill("Vanuit welke plaats", "Utrecht")
    return student.press("Bewaar en zoek").sees("1 plek past bij je")


def state_now() -> State:
    db.session.rollback()
    return db.session.scalars(select(Application)).one().state


def test_a_student_signs_up_applies_and_takes_the_place(town: Town) -> None:
    town.offer(Kind.WORK, "Meewerken aan het omgevingsplan")
    coordinator = prepare(town)
    student = sign_up(town)
    student.press("Reageer op deze plek").fill("Waarom wil je deze plek?", MOTIVATION).press("Verstuur je reactie")
    student.sees("Hogeschool Vechtland is aan zet")
    mine = student.path
    school = town.visit(coordinator)
    (letter,) = town.letters(coordinator, "application_to_approve")
    school.go(town.link_in(letter)).sees("Noor Visser").press("Ja, dit is goed").sees("Bij de gemeente")
    assert state_now() is State.SENT
    colleague = town.visit(town.colleague)
    (letter,) = town.letters(town.colleague, "application_received")
    colleague.go(town.link_in(letter)).sees("Student 1").sees(MOTIVATION)
    assert "Noor Visser" not in colleague.page.content()
    colleague.press("Nodig uit voor een gesprek").fill("Wat stelt u voor?", "Dinsdag om 10.00 uur, online.")
    colleague.press("Stuur de uitnodiging").sees("Noor Visser").press("Bied de plek aan").press("Bied de plek aan")
    student.go(mine).sees("Je kunt deze plek krijgen").press("Ja, ik neem deze plek").sees("De plek is van jou")
    assert state_now() is State.ACCEPTED
