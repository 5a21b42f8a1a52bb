"""Who may give which role, and who may change what of an organisation."""

from collections.abc import Iterable

from matchmaker.organisations.models import Membership, Organisation
from matchmaker.vocabulary import OrganisationKind, Role

ADMINISTRATORS = frozenset({Role.ORG_ADMIN, Role.PLATFORM_ADMIN})
ROLES_FOR_KIND: dict[OrganisationKind, frozenset[Role]] = {
    OrganisationKind.MUNICIPALITY: frozenset(
        {Role.COLLEAGUE, Role.OFFICER, Role.HR_PLANNER, Role.BROKER, Role.BOARD, Role.ORG_ADMIN}
    ),
    OrganisationKind.REGION: frozenset(
        {Role.OFFICER, Role.REGION_COORDINATOR, Role.BROKER, Role.BOARD, Role.ORG_ADMIN}
    ),
    OrganisationKind.INSTITUTION: frozenset(
        {Role.STUDENT, Role.LECTURER, Role.COORDINATOR, Role.BOARD, Role.ORG_ADMIN}
    ),
    OrganisationKind.PROVIDER: frozenset({Role.PROVIDER, Role.ORG_ADMIN}),
    OrganisationKind.PLATFORM: frozenset({Role.PLATFORM_ADMIN}),
}
NOT_TO_ASK = ADMINISTRATORS | {Role.BOARD}


def can_administer(giver: Membership, organisation: Organisation) -> bool:
    """An administrator of the platform for any organisation, one of an organisation for their own."""
    if giver.role is Role.PLATFORM_ADMIN:
        return True
    return giver.role is Role.ORG_ADMIN and giver.organisation_id == organisation.id


def can_renew_sign_in(giver: Membership, roles: Iterable[Membership]) -> bool:
    """Who may take away the second step of someone with these roles: an administrator of every organisation that
    person works for, so that one organisation opens no door to another."""
    return all(can_administer(giver, each.organisation) for each in roles)


def roles_to_grant(giver: Membership, organisation: Organisation) -> frozenset[Role]:
    """The roles someone may give here: those that fit this kind of organisation and lie within their own reach.

    A placement coordinator brings in the students of the own school, and nobody else.
    """
    if giver.role is Role.COORDINATOR and giver.organisation_id == organisation.id:
        return frozenset({Role.STUDENT})
    if not can_administer(giver, organisation):
        return frozenset()
    fitting = ROLES_FOR_KIND[organisation.kind]
    return fitting if giver.role is Role.PLATFORM_ADMIN else fitting - {Role.PLATFORM_ADMIN}


def can_grant(giver: Membership, role: Role, organisation: Organisation) -> bool:
    """Nobody gives a role above their own reach."""
    return role in roles_to_grant(giver, organisation)


def roles_to_ask(kind: OrganisationKind) -> frozenset[Role]:
    """The roles someone may ask for when signing up: administrators and board members are invited."""
    return ROLES_FOR_KIND[kind] - NOT_TO_ASK
