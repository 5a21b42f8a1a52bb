"""From the registers into the database: every municipality and school has a page on day one."""

from dataclasses import dataclass

from sqlalchemy import select

from matchmaker.audit.actions import record
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.organisations.models import EmailDomain, Organisation
from matchmaker.reference import Institution, Municipality, institutions, municipalities, municipality
from matchmaker.vocabulary import OrganisationKind

PLATFORM_CODE = "platform"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each the registers hold, and how many rows were new or different."""

    municipalities: int
    institutions: int
    domains: int
    changed: int


def load_registers() -> Counts:
    """Bring municipalities, schools, their mail domains and the platform itself up to date.

    Doing it again changes nothing. What people wrote themselves (text, teams, desk, colours) stays. A municipality
    that no longer exists is closed, not removed.
    """
    known = {each.code: each for each in db.session.scalars(select(Organisation))}
    platform = known.get(PLATFORM_CODE) or _add_platform()
    changed = 0
    for each in municipalities():
        changed += _bring_up_to_date(known.get(each.code), each.code, _of_municipality(each))
    for school in institutions():
        changed += _bring_up_to_date(known.get(school.key), school.key, _of_institution(school))
    db.session.flush()
    domains = _load_domains()
    if changed:
        record("load_registers", about=platform, by=None, changed=changed)
    return Counts(len(municipalities()), len(institutions()), domains, changed)


def _add_platform() -> Organisation:
    platform = Organisation(kind=OrganisationKind.PLATFORM, code=PLATFORM_CODE, name="Matchmaker", slug=PLATFORM_CODE)
    db.session.add(platform)
    db.session.flush()
    return platform


def _of_municipality(register: Municipality) -> dict[str, object]:
    return {
        "kind": OrganisationKind.MUNICIPALITY,
        "name": register.name,
        "slug": register.slug,
        "place": register.seat,
        "province": register.province_code,
        "latitude": register.lat,
        "longitude": register.lon,
        "active": register.is_valid_on(today()),
    }


def _of_institution(register: Institution) -> dict[str, object]:
    return {
        "kind": OrganisationKind.INSTITUTION,
        "sector": register.kind,
        "name": register.name,
        "slug": register.key,
        "place": register.place,
        "province": municipality(register.municipality_code).province_code,
        "latitude": register.lat,
        "longitude": register.lon,
    }


def _bring_up_to_date(existing: Organisation | None, code: str, values: dict[str, object]) -> bool:
    if existing is None:
        db.session.add(Organisation(code=code, **values))
        return True
    different = {name: value for name, value in values.items() if getattr(existing, name) != value}
    for name, value in different.items():
        setattr(existing, name, value)
    return bool(different)


def _load_domains() -> int:
    """Add the domains of the schools; a domain an administrator added stays."""
    ids = dict(db.session.execute(select(Organisation.code, Organisation.id)).all())
    wanted = {(domain.lower(), ids[school.key]) for school in institutions() for domain in school.domains}
    there = set(db.session.execute(select(EmailDomain.domain, EmailDomain.organisation_id)))
    db.session.add_all(EmailDomain(domain=domain, organisation_id=number) for domain, number in sorted(wanted - there))
    db.session.flush()
    return len(wanted)
