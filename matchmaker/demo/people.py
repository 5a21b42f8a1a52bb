"""Organisations and people of the region, made by the platform's administrator as in a real start."""

from matchmaker.accounts.models import Account, AccountStatus
from matchmaker.accounts.passwords import hash_password
from matchmaker.audit.actions import record
from matchmaker.database import db
from matchmaker.demo import content
from matchmaker.demo.accounts import DEMO_PASSWORD
from matchmaker.demo.content import Row
from matchmaker.demo.world import World
from matchmaker.organisations.actions import (
    add_domain,
    add_to_region,
    change_desk,
    change_organisation,
    create_organisation,
    open_desk,
)
from matchmaker.organisations.models import Desk, Faculty, Membership, Organisation
from matchmaker.organisations.parts import save_faculty, save_programme, save_team
from matchmaker.organisations.queries import organisation_by_code, platform
from matchmaker.reference import fold
from matchmaker.vocabulary import OrganisationKind, Role, Sector

PLATFORM = "platform"
STATEMENTS = {"no_places": "no_places_for", "crowded": "crowded"}


def region_code() -> str:
    """The code of the demo's region: where it exists, the demo was loaded."""
    return fold(content.organisations()["region"]["name"]).replace(" ", "-")


def make_organisations_and_people(world: World) -> None:
    """Everyone, everywhere they work, and what their organisations are made of."""
    password = hash_password(DEMO_PASSWORD)
    rows = content.people()
    world.organisations[PLATFORM] = platform()
    first = next(row for row in rows if row["role"] == Role.PLATFORM_ADMIN)
    accounts = {first["key"]: _make_account(first, password)}
    administrator = accounts[first["key"]]
    faculties = _make_organisations(world, by=administrator)
    for row in rows:
        person = accounts.setdefault(row["key"], administrator) if row is first else _make_account(row, password)
        accounts[row["key"]] = person
        world.members[row["key"]] = _make_member(world, person, row, faculties, by=administrator)
    for row in rows:
        for other in row.get("also", ()):
            _make_member(world, accounts[row["key"]], {**row, **other}, faculties, by=administrator)
    _make_domains(world, rows, by=administrator)
    db.session.flush()


def _make_account(row: Row, password: str) -> Account:
    account = Account(email=row["email"], display_name=row["name"], password_hash=password, status=AccountStatus.ACTIVE)
    db.session.add(account)
    db.session.flush()
    return account


def _make_member(
    world: World, person: Account, row: Row, faculties: dict[tuple[str, str], Faculty], *, by: Account
) -> Membership:
    key = row["organisation"]
    member = Membership(
        account=person,
        organisation=world.organisations[key],
        role=Role(row["role"]),
        team=world.teams.get((key, row.get("team") or "")),
        faculty=faculties.get((key, row.get("faculty") or "")),
        job_title=row["function"],
        speaks_about=row.get("speaks_about") or [],
    )
    db.session.add(member)
    db.session.flush()
    record("accept_invitation", about=member, by=person)
    return member


def _make_organisations(world: World, *, by: Account) -> dict[tuple[str, str], Faculty]:
    rows = content.organisations()
    region = create_organisation(
        OrganisationKind.REGION, name=rows["region"]["name"], place=rows["region"]["place"], by=by
    )
    world.organisations[rows["region"]["key"]] = region
    _describe(region, rows["region"], by=by)
    assert region.desk is not None
    _promise(region.desk, rows["region"], checks=True, by=by)
    for row in rows["municipalities"]:
        _make_municipality(world, row, region.desk, by=by)
    for row in rows["providers"]:
        provider = create_organisation(OrganisationKind.PROVIDER, name=row["name"], place=row["place"], by=by)
        world.organisations[row["key"]] = provider
        _describe(provider, row, by=by)
    faculties: dict[tuple[str, str], Faculty] = {}
    for row in rows["institutions"]:
        faculties |= _make_school(world, row, by=by)
    return faculties


def _make_municipality(world: World, row: Row, regional: Desk, *, by: Account) -> None:
    here = organisation_by_code(row["code"])
    assert here is not None
    world.organisations[row["code"]] = here
    _describe(here, row, by=by)
    if row["desk"] == "own":
        _promise(open_desk(here, by=by), row, checks=row["checks_before_publishing"], by=by)
    elif row["desk"] == "region":
        add_to_region(regional, here, by=by)
    for team in row["teams"]:
        made = save_team(None, organisation=here, name=team["name"], work_fields=team["work_fields"], by=by)
        world.teams[row["code"], team["name"]] = made


def _make_school(world: World, row: Row, *, by: Account) -> dict[tuple[str, str], Faculty]:
    here = organisation_by_code(row["register"]) if row["register"] else None
    if here is None:
        kind, sector = OrganisationKind.INSTITUTION, Sector(row["sector"])
        here = create_organisation(kind, name=row["name"], place=row["place"], sector=sector, by=by)
    world.organisations[row["key"]] = here
    _describe(here, row, by=by)
    faculties = {}
    for part in row["faculties"]:
        faculty = save_faculty(None, organisation=here, name=part["name"], by=by)
        faculties[row["key"], part["name"]] = faculty
        for programme in part["programmes"]:
            world.programmes[row["key"], programme["name"]] = save_programme(
                None,
                faculty=faculty,
                name=programme["name"],
                levels=programme["levels"],
                isced=programme["isced"] or "",
                by=by,
            )
    return faculties


def _describe(organisation: Organisation, row: Row, *, by: Account) -> None:
    """The text of its page, and where it has no places or is crowded."""
    told = {
        name: [each["work_field"] for each in row.get("statements", ()) if each["kind"] == kind]
        for kind, name in STATEMENTS.items()
    }
    change_organisation(organisation, about=row["about"], theme="", by=by, **told)


def _promise(desk: Desk, row: Row, *, checks: bool, by: Account) -> None:
    change_desk(
        desk,
        name=desk.name,
        first_answer_days=row["first_answer_days"],
        route_days=row["route_days"],
        checks_before_publishing=checks,
        takes_from_neighbours=True,
        by=by,
    )


def _make_domains(world: World, rows: list[Row], *, by: Account) -> None:
    """The domain of everyone's address leads to their organisation."""
    domains = {(row["email"].partition("@")[2], row["organisation"]) for row in rows}
    for domain, key in sorted(domains):
        if key != PLATFORM:
            add_domain(world.organisations[key], domain, shared=False, by=by)
