"""What a provider says of itself: where to sign in and with which keys it signs. Kept ten minutes in the process."""

import time
from dataclasses import dataclass, replace

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey
from joserfc.util import base64_to_int

from matchmaker.federation.errors import ArrivalRefused
from matchmaker.outgoing.addresses import read_address
from matchmaker.outgoing.client import fetch, is_loopback_allowed
from matchmaker.outgoing.errors import NoAnswer, NotSent

DISCOVERY = "/.well-known/openid-configuration"
KEPT_SECONDS = 600.0
KEYS_AGAIN_SECONDS = 30.0
"""A key nobody knows makes us look again, but not for each forged token."""
SHORTEST_RSA = 2048
MOST_KEYS = 50


@dataclass(frozen=True, slots=True)
class Metadata:
    """A provider's own description, checked: addresses a request or a browser may go to, and keys to verify with."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    userinfo_endpoint: str
    jwks_uri: str
    names_itself: bool
    keys: KeySet
    read_at: float


_kept: dict[str, Metadata] = {}


def describe(issuer: str) -> Metadata:
    """The description of an issuer, fresh or at most ten minutes old. Raises OutgoingFailed or ArrivalRefused."""
    kept = _kept.get(issuer)
    if kept is None or kept.read_at + KEPT_SECONDS < time.monotonic():
        kept = _kept[issuer] = read_description(issuer)
    return kept


def keys_again(metadata: Metadata) -> Metadata:
    """The same description with the keys of now, for a token signed with one that is not among those we have."""
    if metadata.read_at + KEYS_AGAIN_SECONDS > time.monotonic():
        return metadata
    renewed = replace(metadata, keys=_keys(metadata.jwks_uri), read_at=time.monotonic())
    _kept[metadata.issuer] = renewed
    return renewed


def forget_descriptions() -> None:
    """Ask every provider anew."""
    _kept.clear()


def read_description(issuer: str) -> Metadata:
    """Read a description from the provider itself; the issuer in it must be the one asked for, to the letter."""
    answer = fetch(issuer.rstrip("/") + DISCOVERY)
    if answer.status != 200:
        raise NoAnswer("broken")
    said = answer.json()
    if said.get("issuer") != issuer:
        raise ArrivalRefused("other_issuer")
    methods = said.get("code_challenge_methods_supported")
    if isinstance(methods, list) and methods and "S256" not in methods:
        raise ArrivalRefused("no_pkce")
    userinfo = said.get("userinfo_endpoint")
    jwks_uri = _usable(said.get("jwks_uri"))
    return Metadata(
        issuer=issuer,
        authorization_endpoint=_usable(said.get("authorization_endpoint")),
        token_endpoint=_usable(said.get("token_endpoint")),
        userinfo_endpoint=_usable(userinfo) if userinfo else "",
        jwks_uri=jwks_uri,
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
        keys=_keys(jwks_uri),
        read_at=time.monotonic(),
    )


def _usable(address: object) -> str:
    """An address as any we would go to: https, no user, no odd host."""
    if not isinstance(address, str) or "#" in address:
        raise ArrivalRefused("odd_address")
    try:
        read_address(address, loopback=is_loopback_allowed())
    except NotSent as wrong:
        raise ArrivalRefused("odd_address") from wrong
    return address


def _keys(jwks_uri: str) -> KeySet:
    """The public keys that can sign: RSA of 2048 bits or more, and elliptic curves. Shared secrets never count."""
    answer = fetch(jwks_uri)
    said = answer.json().get("keys")
    if answer.status != 200 or not isinstance(said, list):
        raise NoAnswer("broken")
    usable = [key for each in said[:MOST_KEYS] if isinstance(each, dict) and (key := _key(each))]
    if not usable:
        raise ArrivalRefused("no_keys")
    return KeySet(usable)


def _key(said: dict[str, object]) -> RSAKey | ECKey | None:
    if said.get("use", "sig") != "sig" or "d" in said:
        return None
    try:
        if said.get("kty") == "RSA":
            long_enough = base64_to_int(str(said.get("n", ""))).bit_length() >= SHORTEST_RSA
            return RSAKey.import_key(said) if long_enough else None  # type: ignore[arg-type]
        return ECKey.import_key(said) if said.get("kty") == "EC" else None  # type: ignore[arg-type]
    except (JoseError, ValueError, TypeError, KeyError):
        return None
