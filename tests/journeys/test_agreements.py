"""An agreement from the list of the school to the final file, and an amendment of it, in a real browser."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.agreements.models import Agreement
from matchmaker.agreements.states import AgreementState
from matchmaker.database import db, read_only
from matchmaker.jobs.actions import claim_job, finish_job
from matchmaker.mail.models import Letter
from matchmaker.scheduled import HANDLERS
from matchmaker.vocabulary import Sector
from tests.agreements import scenes
from tests.agreements.scenes import World
from tests.documents.accessible import assert_accessible
from tests.journeys.visitors import Town, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.committed]


def written(do: Callable[[], None]) -> None:
    """Something the test itself does: a scene before the visit, or what the worker would do."""
    db.session.rollback()
    read_only(False)
    do()
    db.session.commit()
    read_only(True)


def made_world(sector: Sector, prepare: Callable[[World], object]) -> World:
    """A school and a municipality, with the scene that the visit starts from."""
    worlds = list[World]()

    def make() -> None:
        worlds.append(World(sector))
        prepare(worlds[0])

    written(make)
    return worlds[0]


def work() -> None:
    """The worker takes what waits."""

    def take() -> None:
        while (job := claim_job()) is not None:
            HANDLERS[job.task](job)
            finish_job(job)

    written(take)


def link_to(town: Town, address: str, template: str = "agreement_to_sign") -> str:
    """The path in the newest letter to someone without an account."""
    db.session.rollback()
    query = select(Letter).where(Letter.to_address == address, Letter.template == template)
    letter = db.session.scalars(query.order_by(Letter.id.desc()).limit(1)).one()
    return town.link_in(letter)


def newest() -> Agreement:
    db.session.rollback()
    return db.session.scalars(select(Agreement).order_by(Agreement.id.desc()).limit(1)).one()


def sign_here(visitor: Visitor, name: str) -> None:
    visitor.fill("Uw naam", name).choose("Ik heb het document gelezen").press("Teken").sees("U hebt getekend.")


def make_from_list(town: Town, coordinator: Account) -> Visitor:
    """The school ticks the student and the file is made."""
    visitor = town.visit(coordinator).go("/overeenkomsten/?stand=maken")
    visitor.page.locator("input[name=plek]").first.check()
    visitor.press("Maak wat u koos").sees("Het maken begint zo.")
    work()
    return visitor.go(visitor.path).sees("ligt klaar om te tekenen")


def test_a_practice_agreement_of_a_minor_is_signed_by_four(town: Town) -> None:
    world = made_world(Sector.MBO, lambda made: scenes.approved(made, minor=True))
    coordinator = make_from_list(town, world.coordinator)
    for address, name in (("sanne@student.example", "Sanne de Vries"), ("ouder@thuis.example", "Joke de Vries")):
        sign_here(town.visit().go(link_to(town, address)).sees("Praktijkovereenkomst"), name)
    coordinator.go("/overeenkomsten/").choose("Kies Sanne").choose("Ik heb alles gelezen")
    coordinator.press("Teken wat u koos").sees("U hebt 1 overeenkomst getekend.")
    officer = town.visit(world.officer).go(f"/overeenkomsten/{newest().id}")
    sign_here(officer, "Piet Pieters")
    assert newest().state is AgreementState.SIGNED
    work()
    officer.go(officer.path).sees("Door iedereen getekend")
    with officer.page.expect_download() as download:
        officer.page.get_by_role("link", name="Download (PDF)").click()
    content = download.value.path().read_bytes()
    text = assert_accessible(content, title="Praktijkovereenkomst").root.whole_text()
    assert all(name in text for name in ("Sanne de Vries", "Joke de Vries", "Piet Pieters"))
    guest = town.visit().go("/controleer")
    guest.page.set_input_files("input[type=file]", download.value.path())
    guest.press("Controleer").sees("Dit is een document van ons").sees("met alle handtekeningen")


def test_a_graduation_is_amended_and_only_those_sign_whom_it_touches(town: Town) -> None:
    world = made_world(Sector.HBO, scenes.signed)
    first = newest()
    coordinator = town.visit(world.coordinator).go(f"/overeenkomsten/{first.id}").press("Wijzig de overeenkomst")
    coordinator.fill("Vergoeding per maand", "600").press("Bekijk het verschil")
    coordinator.sees("500 euro per maand").sees("600 euro per maand").press("Verstuur om te tekenen")
    work()
    sign_here(town.visit().go(link_to(town, "sanne@student.example")).sees("Wijziging van de stageovereenkomst"), "S")
    sign_here(town.visit(world.officer).go(f"/overeenkomsten/{newest().id}"), "Piet Pieters")
    amendment = newest()
    assert (amendment.state, amendment.placement.allowance) == (AgreementState.SIGNED, 600)
    assert amendment.amends is not None
    assert amendment.amends.state is AgreementState.REPLACED
