"""The registers in the database."""

from flask import Flask
from sqlalchemy import func, select

from matchmaker.database import db
from matchmaker.organisations.models import EmailDomain, Organisation
from matchmaker.organisations.queries import organisation_by_code, organisations_with_domain, platform
from matchmaker.organisations.registers import load_registers
from matchmaker.reference import institutions
from matchmaker.vocabulary import OrganisationKind, Sector


def number_of(kind: OrganisationKind) -> int:
    return db.session.scalar(select(func.count(Organisation.id)).where(Organisation.kind == kind)) or 0


def test_every_municipality_and_school_has_a_row_after_loading(app: Flask) -> None:
    counts = load_registers()
    assert counts.municipalities == number_of(OrganisationKind.MUNICIPALITY) == 342
    assert counts.institutions == number_of(OrganisationKind.INSTITUTION) == len(institutions())
    assert counts.institutions >= 100
    assert platform().name == "Matchmaker"


def test_a_municipality_comes_with_its_code_place_and_position(app: Flask) -> None:
    load_registers()
    utrecht = organisation_by_code("GM0344")
    assert utrecht is not None
    assert (utrecht.name, utrecht.slug, utrecht.place, utrecht.province) == ("Utrecht", "utrecht", "Utrecht", "PV26")
    assert utrecht.desk_id is None and utrecht.active


def test_loading_twice_changes_nothing(app: Flask) -> None:
    load_registers()
    versions = dict(db.session.execute(select(Organisation.id, Organisation.version)).all())
    domains = db.session.scalar(select(func.count()).select_from(EmailDomain))
    assert load_registers().changed == 0
    assert dict(db.session.execute(select(Organisation.id, Organisation.version)).all()) == versions
    assert db.session.scalar(select(func.count()).select_from(EmailDomain)) == domains


def test_what_an_organisation_wrote_itself_stays_and_a_wrong_name_is_mended(app: Flask) -> None:
    load_registers()
    houten = organisation_by_code("GM0321")
    assert houten is not None
    houten.about, houten.theme, houten.name = "Houten groeit.", "polder", "Houtn"
    db.session.flush()
    assert load_registers().changed == 1
    assert (houten.about, houten.theme, houten.name) == ("Houten groeit.", "polder", "Houten")


def test_a_mail_domain_leads_to_its_school_also_from_a_domain_below_it(app: Flask) -> None:
    load_registers()
    found = organisations_with_domain("student.hu.nl")
    assert [each.sector for each in found] == [Sector.HBO]
    assert organisations_with_domain("gmail.com") == []
    assert organisations_with_domain("nl") == []


def test_the_command_says_how_many(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["registers", "load"])
    assert answer.exit_code == 0, answer.output
    assert answer.output.startswith(f"342 municipalities, {len(institutions())} institutions, ")
