"""What the claims of a provider say of a person. Each kind says it in its own way, and anything may be missing."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from matchmaker.accounts.mail_address import is_address, normal_form
from matchmaker.federation.errors import ArrivalRefused
from matchmaker.federation.models import IdentityProvider, ProviderKind
from matchmaker.federation.rules import proves_second_step, vouches_for_addresses

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Arrival:
    """Someone who signed in at a provider. `email` is empty when no confirmed address of theirs is known."""

    subject: str
    email: str
    name: str
    second_step: bool


def read_arrival(provider: IdentityProvider, claims: dict[str, Any], *, domains: Collection[str]) -> Arrival:
    """The person the claims are about; `domains` are the mail domains of the organisation.

    SURFconext has one issuer for every school, so the home organisation must be this one where it is told. Of Entra ID
    the tenant and the object in it count, and an address there can be typed by anyone: like SURFconext's it counts as
    confirmed only in a domain of the organisation. Others must say that they confirmed it. Raises ArrivalRefused.
    """
    home = claims.get("schac_home_organization")
    if provider.kind is ProviderKind.SURFCONEXT and home is not None and not within(str(home).lower(), domains):
        raise ArrivalRefused("other_home")
    return Arrival(
        subject=_subject(provider, claims),
        email=_confirmed_address(provider, claims, domains),
        name=_name(claims),
        second_step=proves_second_step(provider, claims),
    )


def within(domain: str, domains: Collection[str]) -> bool:
    """Whether a domain is one of these or lies under one."""
    return any(domain == each or domain.endswith(f".{each}") for each in domains)


def _subject(provider: IdentityProvider, claims: dict[str, Any]) -> str:
    if provider.kind is not ProviderKind.ENTRA:
        return str(claims["sub"])
    tenant, person = claims.get("tid"), claims.get("oid")
    if not (isinstance(tenant, str) and isinstance(person, str) and tenant and person):
        raise ArrivalRefused("claims")
    if tenant not in provider.issuer.split("/") or len(tenant) + len(person) > 200:
        raise ArrivalRefused("other_tenant")
    return f"{tenant}/{person}"


def _confirmed_address(provider: IdentityProvider, claims: dict[str, Any], domains: Collection[str]) -> str:
    said = claims.get("email")
    if not isinstance(said, str) or not said.isprintable() or not is_address(said):
        return ""
    address = normal_form(said)
    verified = claims.get("email_verified")
    if verified is False:
        return ""
    if vouches_for_addresses(provider.kind):
        return address if within(address.rpartition("@")[2], domains) else ""
    return address if verified is True else ""


def _name(claims: dict[str, Any]) -> str:
    said = claims.get("name")
    return said.strip()[:LONGEST_NAME] if isinstance(said, str) and said.isprintable() else ""
