"""What an administrator looks at. Every question takes the role they act in: what lies beyond it does not exist."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.organisations.models import (
    Desk,
    EmailDomain,
    Faculty,
    Membership,
    MembershipStatus,
    Organisation,
    Programme,
    Team,
)
from matchmaker.reference import fold
from matchmaker.vocabulary import OrganisationKind, Role

Part = TypeVar("Part", Team, Faculty)


def people(
    by: Membership,
    *,
    organisation: Organisation | None = None,
    search: str = "",
    role: Role | None = None,
    status: MembershipStatus | None = None,
    limit: int,
    offset: int = 0,
) -> tuple[Sequence[Membership], int]:
    """People with their role, those who wait for a decision first, then by name; and how many there are in all.

    Ended roles are left out unless asked for.
    """
    chosen = _within(by, select(Membership).join(Membership.account))
    if organisation is not None:
        chosen = chosen.where(Membership.organisation_id == organisation.id)
    if search:
        words = f"%{_escaped(search)}%"
        chosen = chosen.where(
            or_(Account.display_name.ilike(words, escape="\\"), Account.email.ilike(words, escape="\\"))
        )
    if role is not None:
        chosen = chosen.where(Membership.role == role)
    wanted = Membership.status == status if status else Membership.status != MembershipStatus.ENDED
    chosen = chosen.where(wanted)
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    waiting_first = Membership.status != MembershipStatus.ASKED
    rows = db.session.scalars(
        chosen.order_by(waiting_first, Account.display_name, Membership.id)
        .limit(limit)
        .offset(offset)
        .options(
            joinedload(Membership.account),
            joinedload(Membership.organisation),
            joinedload(Membership.team),
            joinedload(Membership.faculty),
        )
    ).all()
    return rows, total


def waiting_sign_ups(by: Membership) -> int:
    """How many people wait for this administrator's decision."""
    waiting = _within(by, select(func.count(Membership.id))).where(Membership.status == MembershipStatus.ASKED)
    return db.session.scalar(waiting) or 0


def person(by: Membership, membership_id: int) -> Membership:
    """One role of one person; raises NotFound."""
    found = db.session.scalar(
        _within(by, select(Membership))
        .where(Membership.id == membership_id)
        .options(joinedload(Membership.account), joinedload(Membership.organisation).joinedload(Organisation.desk))
    )
    if found is None:
        raise NotFound()
    return found


def other_roles(membership: Membership) -> Sequence[Membership]:
    """The other roles this person has in the same organisation now."""
    return db.session.scalars(
        select(Membership)
        .where(
            Membership.account_id == membership.account_id,
            Membership.organisation_id == membership.organisation_id,
            Membership.is_active,
            Membership.id != membership.id,
        )
        .order_by(Membership.id)
    ).all()


def organisations(
    *, search: str = "", kind: OrganisationKind | None = None, limit: int, offset: int = 0
) -> tuple[Sequence[Organisation], int]:
    """All organisations, closed ones too, by name; and how many there are in all. For the platform alone."""
    chosen = select(Organisation)
    if search:
        words = f"%{_escaped(search)}%"
        chosen = chosen.where(
            or_(Organisation.name.ilike(words, escape="\\"), Organisation.code.ilike(words, escape="\\"))
        )
    if kind is not None:
        chosen = chosen.where(Organisation.kind == kind)
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    rows = db.session.scalars(
        chosen.order_by(Organisation.name, Organisation.id)
        .limit(limit)
        .offset(offset)
        .options(joinedload(Organisation.desk).joinedload(Desk.holder))
    ).all()
    return rows, total


def organisation_for(by: Membership, organisation_id: int | None) -> Organisation:
    """The organisation an administrator works on: their own, or any for the platform; raises NotFound."""
    wanted = organisation_id or by.organisation_id
    if by.role is not Role.PLATFORM_ADMIN and wanted != by.organisation_id:
        raise NotFound()
    found = db.session.scalar(
        select(Organisation)
        .where(Organisation.id == wanted)
        .options(
            joinedload(Organisation.desk).joinedload(Desk.holder),
            selectinload(Organisation.teams),
            selectinload(Organisation.faculties).selectinload(Faculty.programmes),
        )
    )
    if found is None:
        raise NotFound()
    return found


def team_for(by: Membership, team_id: int) -> Team:
    """A team within reach; raises NotFound."""
    return _part(by, db.session.get(Team, team_id))


def faculty_for(by: Membership, faculty_id: int) -> Faculty:
    """A faculty within reach; raises NotFound."""
    return _part(by, db.session.get(Faculty, faculty_id))


def programme_for(by: Membership, programme_id: int) -> Programme:
    """A programme within reach; raises NotFound."""
    found = db.session.get(Programme, programme_id)
    if found is None:
        raise NotFound()
    _part(by, found.faculty)
    return found


def domains_of(organisation: Organisation) -> Sequence[str]:
    """The mail domains of an organisation, by name."""
    return db.session.scalars(
        select(EmailDomain.domain).where(EmailDomain.organisation_id == organisation.id).order_by(EmailDomain.domain)
    ).all()


def desk_held_by(organisation: Organisation) -> Desk | None:
    """The desk this organisation holds itself, with the municipalities it serves."""
    return db.session.scalar(select(Desk).where(Desk.holder_id == organisation.id).options(selectinload(Desk.serves)))


def organisation_names(*kinds: OrganisationKind) -> Sequence[str]:
    """Names to suggest while someone types; without kinds all but the platform."""
    wanted = kinds or tuple(kind for kind in OrganisationKind if kind is not OrganisationKind.PLATFORM)
    return db.session.scalars(
        select(Organisation.name)
        .where(Organisation.active, Organisation.kind.in_(wanted))
        .order_by(Organisation.name, Organisation.id)
    ).all()


def organisation_named(name: str, *kinds: OrganisationKind) -> Organisation | None:
    """The active organisation people mean by this name, forgiving case and accents; `Gemeente` may stand before it."""
    wanted = kinds or tuple(kind for kind in OrganisationKind if kind is not OrganisationKind.PLATFORM)
    rows = db.session.scalars(
        select(Organisation)
        .where(Organisation.active, Organisation.kind.in_(wanted))
        .order_by(Organisation.kind.desc(), Organisation.id)
    )
    typed = fold(name)
    by_name = {fold(each.name): each for each in rows}
    return by_name.get(typed) or by_name.get(typed.removeprefix("gemeente "))


def _within(by: Membership, statement: Select[Any]) -> Select[Any]:
    if by.role is Role.PLATFORM_ADMIN:
        return statement
    return statement.where(Membership.organisation_id == by.organisation_id)


def _part(by: Membership, found: Part | None) -> Part:
    if found is None or (by.role is not Role.PLATFORM_ADMIN and found.organisation_id != by.organisation_id):
        raise NotFound()
    return found


def _escaped(text: str) -> str:
    """The text for a LIKE: its own signs count as themselves."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
