"""Making and changing organisations, their mail domains and their desk."""

import re

from sqlalchemy import delete, select

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.organisations.models import Desk, EmailDomain, Organisation
from matchmaker.organisations.queries import organisation_by_code
from matchmaker.reference import find_place, fold, municipality
from matchmaker.vocabulary import OrganisationKind, Sector

TO_MAKE = frozenset({OrganisationKind.REGION, OrganisationKind.INSTITUTION, OrganisationKind.PROVIDER})
_DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
OPEN_TO_ALL = frozenset(
    {
        "gmail.com", "googlemail.com", "hotmail.com", "hotmail.nl", "outlook.com", "live.nl", "live.com", "msn.com",
        "icloud.com", "me.com", "yahoo.com", "yahoo.nl", "ziggo.nl", "kpnmail.nl", "kpnplanet.nl", "planet.nl",
        "home.nl", "xs4all.nl", "hetnet.nl", "proton.me", "protonmail.com", "gmx.net", "gmx.com", "aol.com",
    }
)  # fmt: skip


def create_organisation(
    kind: OrganisationKind, *, name: str, place: str, by: Account, sector: Sector | None = None
) -> Organisation:
    """A region, a school or a provider that is in no register. A region starts with one desk.

    Raises InvalidValue: a kind that only comes from a register, an unknown place, a name that is taken.
    """
    if kind not in TO_MAKE:
        raise InvalidValue("kind", "unknown_code")
    seat = find_place(place)
    if seat is None:
        raise InvalidValue("place", "unknown_place")
    slug = fold(name).replace(" ", "-")[:150]
    if not slug or _is_taken(slug):
        raise InvalidValue("name", "taken")
    made = Organisation(
        kind=kind,
        code=slug[:60],
        name=name,
        slug=slug,
        sector=(sector or Sector.VO) if kind is OrganisationKind.INSTITUTION else None,
        place=seat.name,
        province=municipality(seat.municipality_code).province_code,
        latitude=seat.lat,
        longitude=seat.lon,
    )
    db.session.add(made)
    db.session.flush()
    if kind is OrganisationKind.REGION:
        made.desk_id = _add_desk(made).id
        db.session.flush()
    record("create_organisation", about=made, by=by, organisation=made, kind=kind)
    return made


def _is_taken(slug: str) -> bool:
    there = select(Organisation.id).where((Organisation.slug == slug) | (Organisation.code == slug[:60]))
    return db.session.scalar(there.limit(1)) is not None


def change_organisation(
    organisation: Organisation,
    *,
    about: str,
    theme: str,
    by: Account,
    no_places_for: list[str] | None = None,
    crowded: list[str] | None = None,
) -> None:
    """The text on its page and its house style. For a municipality also where no places are and where it is crowded
    (codes of fields of work and of study); None leaves that as it is.
    """
    organisation.about, organisation.theme = about, theme
    if no_places_for is not None:
        organisation.no_places_for = sorted(no_places_for)
    if crowded is not None:
        organisation.crowded = sorted(crowded)
    db.session.flush()
    record("change_organisation", about=organisation, by=by, organisation=organisation)


def set_active(organisation: Organisation, *, active: bool, by: Account) -> None:
    """Close an organisation, or open it again. The platform itself cannot be closed."""
    if organisation.kind is OrganisationKind.PLATFORM:
        raise InvalidValue("organisation", "in_use")
    organisation.active = active
    db.session.flush()
    record(
        "open_organisation" if active else "close_organisation", about=organisation, by=by, organisation=organisation
    )


def add_domain(organisation: Organisation, domain: str, *, shared: bool, by: Account) -> None:
    """Addresses of this domain belong here. Only the platform may let organisations share one (`shared`)."""
    name = domain.strip().lower().lstrip("@").rstrip(".")
    if not _DOMAIN.fullmatch(name):
        raise InvalidValue("domain", "not_a_domain")
    if name in OPEN_TO_ALL:
        raise InvalidValue("domain", "public_domain")
    holders = set(db.session.scalars(select(EmailDomain.organisation_id).where(EmailDomain.domain.in_(_around(name)))))
    exact = db.session.get(EmailDomain, (name, organisation.id))
    if exact or (holders - {organisation.id} and not shared):
        raise InvalidValue("domain", "taken")
    db.session.add(EmailDomain(domain=name, organisation_id=organisation.id))
    db.session.flush()
    record("add_domain", about=organisation, by=by, organisation=organisation, domain=name)


def _around(domain: str) -> list[str]:
    """The domain and those above it: who holds `school.nl` also holds `student.school.nl`."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def remove_domain(organisation: Organisation, domain: str, *, by: Account) -> None:
    """Addresses of this domain no longer lead here."""
    gone = db.session.execute(
        delete(EmailDomain).where(EmailDomain.domain == domain, EmailDomain.organisation_id == organisation.id)
    )
    if gone.rowcount:
        record("remove_domain", about=organisation, by=by, organisation=organisation, domain=domain)


def open_desk(organisation: Organisation, *, by: Account) -> Desk:
    """Give a municipality or region a desk of its own; raises InvalidValue when it is served already."""
    if organisation.kind not in (OrganisationKind.MUNICIPALITY, OrganisationKind.REGION):
        raise InvalidValue("organisation", "unknown_code")
    if organisation.desk_id is not None:
        raise InvalidValue("organisation", "has_own_desk")
    existing = db.session.scalar(select(Desk).where(Desk.holder_id == organisation.id))
    desk = existing or _add_desk(organisation)
    organisation.desk_id = desk.id
    db.session.flush()
    record("open_desk", about=desk, by=by, organisation=organisation)
    return desk


def _add_desk(holder: Organisation) -> Desk:
    desk = Desk(holder_id=holder.id, name=f"Loket {holder.name}")
    db.session.add(desk)
    db.session.flush()
    return desk


def change_desk(
    desk: Desk,
    *,
    name: str,
    first_answer_days: int,
    route_days: int,
    checks_before_publishing: bool,
    takes_from_neighbours: bool,
    blind_until_talk: bool | None = None,
    by: Account,
) -> None:
    """The promise of a desk, in working days, and how it works; what is None stays as it is."""
    desk.name = name
    desk.first_answer_days, desk.route_days = first_answer_days, route_days
    desk.checks_before_publishing, desk.takes_from_neighbours = checks_before_publishing, takes_from_neighbours
    if blind_until_talk is not None:
        desk.blind_until_talk = blind_until_talk
    db.session.flush()
    record("change_desk", about=desk, by=by, organisation=desk.holder)


def add_to_region(desk: Desk, joining: Organisation | None, *, by: Account) -> None:
    """Let a municipality share the desk of a region; raises InvalidValue when it has one."""
    if joining is None or not joining.is_municipality:
        raise InvalidValue("municipality", "unknown_municipality")
    if joining.desk_id is not None:
        raise InvalidValue("municipality", "has_own_desk")
    joining.desk_id = desk.id
    db.session.flush()
    record("join_desk", about=desk, by=by, organisation=joining)


def remove_from_region(desk: Desk, code: str, *, by: Account) -> None:
    """A municipality leaves the desk; what the desk was doing for it, it finishes."""
    leaving = organisation_by_code(code)
    if leaving is None or leaving.desk_id != desk.id or leaving.id == desk.holder_id:
        raise InvalidValue("municipality", "unknown_municipality")
    leaving.desk_id = None
    db.session.flush()
    record("leave_desk", about=desk, by=by, organisation=leaving)
