"""A committee from its first seat to the dossier for accreditation, in a real browser."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.clock import today
from matchmaker.committees.meeting_models import Meeting
from matchmaker.database import db, read_only
from matchmaker.mail.models import Letter
from matchmaker.vocabulary import Role
from tests.documents.accessible import assert_accessible
from tests.factories import people
from tests.journeys.visitors import Town, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.committed]


def coordinator_of(town: Town) -> Account:
    """Someone who keeps the committees of the school."""
    db.session.rollback()
    read_only(False)
    [membership] = town.lecturer.memberships
    made = people.member(Role.COORDINATOR, membership.organisation, who=people.account(display_name="Desirée Blokland"))
    db.session.commit()
    read_only(True)
    return made


def letter_to(town: Town, address: str, template: str) -> Letter:
    """The letter someone without an account got."""
    db.session.rollback()
    return db.session.scalars(select(Letter).where(Letter.to_address == address, Letter.template == template)).one()


def let_the_day_come() -> None:
    """The meeting was yesterday."""
    db.session.rollback()
    read_only(False)
    meeting = db.session.scalars(select(Meeting)).one()
    meeting.starts_at -= timedelta(days=31)
    meeting.ends_at -= timedelta(days=31)
    db.session.commit()
    read_only(True)


def make_committee(keeper: Visitor) -> str:
    """A committee with one vacant seat; returns its page."""
    keeper.go("/commissies/").press("Maak een commissie")
    keeper.fill("Naam van de commissie", "Adviesraad Water").choose("Over de koers van de faculteit")
    keeper.fill("Wat doet de commissie?", "De raad kijkt vier jaar vooruit.").press("Bewaar")
    keeper.sees("Nog geen plekken").press("Voeg een plek toe")
    keeper.fill("Naam van de plek", "Iemand van water")
    keeper.page.select_option("[name=work_field]", "W20")
    keeper.page.select_option("[name=size]", "large")
    keeper.press("Bewaar").sees("1 van 1 plekken is vrij").sees("Er ontbreken mensen")
    return keeper.path


def test_a_committee_from_its_first_seat_to_the_dossier(town: Town) -> None:
    keeper, guest = town.visit(coordinator_of(town)), town.visit()
    page = make_committee(keeper)
    keeper.press("Vraag iemand").fill("Naam", "Hilde Bos").fill("Mailadres", "hilde@bos.example")
    keeper.press("Bewaar").sees("gevraagd, nog geen antwoord")
    guest.go(town.link_in(letter_to(town, "hilde@bos.example", "seat_asked"))).choose("Ja, ik doe mee")
    guest.press("Stuur antwoord").sees("Fijn dat u meedenkt.")
    keeper.go(page).sees("De plek is bezet").press("Plan een vergadering").fill("Titel", "Najaarsoverleg")
    keeper.page.fill("[name=day]", (today() + timedelta(days=30)).isoformat())
    keeper.page.fill("[name=start]", "15:00")
    keeper.fill("Agendapunten", "Opening\nHet eindniveau").press("Nodig de leden uit").sees("2. Het eindniveau")
    meeting = keeper.path
    guest.go(town.link_in(letter_to(town, "hilde@bos.example", "meeting_invited"))).choose("Ja, ik ben erbij")
    guest.press("Stuur antwoord").sees("U zei dat u komt")
    let_the_day_come()
    keeper.go(meeting).press("Noteer wie er waren").choose("Hilde Bos").fill("Verslag", "Wij spraken over veldwerk.")
    keeper.press("Bewaar").sees("was er")
    keeper.go(page).press("Schrijf een advies op").fill("Advies in één zin", "Meer veldwerk")
    keeper.fill("Wat adviseert de commissie?", "Studenten zien te weinig buiten.").press("Bewaar")
    keeper.press("Geef antwoord").choose("De school neemt het over").fill("Waarom?", "Dat past in jaar 2.")
    keeper.press("Geef antwoord").press("Rond af").fill("Wat is er van gekomen?", "Het staat in het rooster.")
    keeper.press("Rond af").sees("Het staat in het rooster.").press("Dossier").sees("Dit staat erin")
    with keeper.page.expect_download() as download:
        keeper.page.get_by_role("link", name="Download PDF").click()
    read = assert_accessible(download.value.path().read_bytes(), title="Dossier Adviesraad Water")
    said = read.root.whole_text()
    for text in ("Hilde Bos", "Wij spraken over veldwerk.", "Meer veldwerk", "Het staat in het rooster."):
        assert text in said
    keeper.press("Verzegel dit dossier").sees("Beide bestanden veranderen niet meer.").sees("kenmerk")
