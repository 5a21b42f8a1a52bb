"""Questions about organisations and the people in them. Always ordered, always scoped."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from sqlalchemy import Date, Select, bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.organisations.models import (
    Desk,
    EmailDomain,
    Faculty,
    Leave,
    Membership,
    MembershipStatus,
    Organisation,
    Programme,
    Team,
)
from matchmaker.vocabulary import OrganisationKind, Role


def organisation_by_code(code: str) -> Organisation | None:
    """By CBS code (GM0344) or register key."""
    return db.session.scalar(select(Organisation).where(Organisation.code == code))


def organisations_by_code() -> dict[str, Organisation]:
    """Every organisation under its code, with its desk."""
    rows = db.session.scalars(select(Organisation).order_by(Organisation.id).options(joinedload(Organisation.desk)))
    return {each.code: each for each in rows}


def organisation_by_slug(kind: OrganisationKind, slug: str) -> Organisation | None:
    """The organisation behind a public address, with teams or faculties loaded."""
    return db.session.scalar(
        select(Organisation)
        .where(Organisation.kind == kind, Organisation.slug == slug, Organisation.active)
        .options(
            joinedload(Organisation.desk).joinedload(Desk.holder),
            selectinload(Organisation.teams),
            selectinload(Organisation.faculties).selectinload(Faculty.programmes),
        )
    )


def organisations_of_kind(kind: OrganisationKind) -> Sequence[Organisation]:
    """All active organisations of a kind, by name."""
    return db.session.scalars(
        select(Organisation)
        .where(Organisation.kind == kind, Organisation.active)
        .order_by(Organisation.name, Organisation.id)
        .options(joinedload(Organisation.desk))
    ).all()


def platform() -> Organisation:
    """The organisation that runs this platform."""
    return db.session.scalars(select(Organisation).where(Organisation.kind == OrganisationKind.PLATFORM)).one()


def active_memberships(account: Account) -> Sequence[Membership]:
    """The roles someone has now, oldest first."""
    return db.session.scalars(_active_memberships(), {"account": account.id}).all()


def names_worked_for(account: Account) -> set[str]:
    """What the organisations of someone are called."""
    return {each.organisation.name for each in active_memberships(account)}


@cache
def _active_memberships() -> Select[tuple[Membership]]:
    """Every page asks it, so it is put together once."""
    return (
        select(Membership)
        .where(Membership.account_id == bindparam("account"), Membership.is_active)
        .order_by(Membership.created_at, Membership.id)
        .options(joinedload(Membership.organisation).joinedload(Organisation.desk))
    )


def pending_invitations(account: Account) -> Sequence[Membership]:
    """Invitations someone has not answered, oldest first."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.account_id == account.id, Membership.status == MembershipStatus.INVITED)
        .order_by(Membership.id)
        .options(joinedload(Membership.organisation), joinedload(Membership.account))
    ).all()


def members_with_role(organisation: Organisation, *roles: Role) -> Sequence[Membership]:
    """People who have one of these roles here, by name."""
    return db.session.scalars(_with_role(), {"organisation": organisation.id, "roles": list(roles)}).all()


@cache
def _with_role() -> Select[tuple[Membership]]:
    return (
        select(Membership)
        .join(Membership.account)
        .where(
            Membership.organisation_id == bindparam("organisation"),
            Membership.is_active,
            Membership.role.in_(bindparam("roles", expanding=True)),
        )
        .order_by(Account.display_name, Membership.id)
        .options(joinedload(Membership.account), joinedload(Membership.team))
    )


def desk_officers(desk: Desk) -> Sequence[Membership]:
    """The contact officers and region coordinators of a desk: those of its holder, by name."""
    return members_with_role(desk.holder, Role.OFFICER, Role.REGION_COORDINATOR)


def desk_of(membership: Membership) -> Desk | None:
    """The desk this person works at: the one that serves their organisation, its own or its region's."""
    return membership.organisation.desk


def programmes_of(organisation: Organisation) -> Sequence[Programme]:
    """Programmes of an institution, by name."""
    return db.session.scalars(
        select(Programme)
        .join(Programme.faculty)
        .where(Faculty.organisation_id == organisation.id)
        .order_by(Programme.name, Programme.id)
        .options(joinedload(Programme.faculty))
    ).all()


def teams_of(organisation: Organisation) -> Sequence[Team]:
    """Teams of a municipality, by name."""
    return db.session.scalars(
        select(Team).where(Team.organisation_id == organisation.id).order_by(Team.name, Team.id)
    ).all()


def names_of_programmes(organisation_ids: Iterable[int]) -> Sequence[tuple[int, int, str]]:
    """Of these institutions (organisation, number, name) of every programme, by name."""
    owner = Faculty.organisation_id
    query = select(owner, Programme.id, Programme.name).join(Programme.faculty).where(owner.in_(organisation_ids))
    return [tuple(row) for row in db.session.execute(query.order_by(Programme.name, Programme.id))]


def names_of_teams(organisation_ids: Iterable[int]) -> Sequence[tuple[int, int, str]]:
    """Of these municipalities (organisation, number, name) of every team, by name."""
    query = select(Team.organisation_id, Team.id, Team.name).where(Team.organisation_id.in_(organisation_ids))
    return [tuple(row) for row in db.session.execute(query.order_by(Team.name, Team.id))]


def leave_on(account_ids: Sequence[int], day: date) -> dict[int, Leave]:
    """Who of these people is away on a day, by account."""
    rows = db.session.scalars(_away_on(), {"accounts": list(account_ids), "day": day})
    return {row.account_id: row for row in rows}


@cache
def _away_on() -> Select[tuple[Leave]]:
    people, day = bindparam("accounts", expanding=True), bindparam("day", type_=Date)
    return (
        select(Leave)
        .where(Leave.account_id.in_(people), Leave.first_day <= day, Leave.last_day >= day)
        .order_by(Leave.id)
        .options(joinedload(Leave.cover))
    )


def organisations_with_domain(domain: str) -> Sequence[Organisation]:
    """Organisations that use this e-mail domain or a parent of it, by name."""
    parts = domain.lower().split(".")
    parents = {".".join(parts[start:]) for start in range(len(parts) - 1)}
    rows = db.session.scalars(
        select(Organisation)
        .join(EmailDomain, EmailDomain.organisation_id == Organisation.id)
        .where(Organisation.active, EmailDomain.domain.in_(parents))
        .order_by(Organisation.name, Organisation.id)
    )
    return rows.unique().all()


def number_of_desks() -> int:
    """How many desks are open in the country; one a municipality gave up for its region's is not."""
    return db.session.scalar(select(func.count(func.distinct(Organisation.desk_id)))) or 0
