"""OpenID Connect with a code, PKCE, state and nonce. Trusts nothing that is not signed for us, now, for this visit.

No function here touches the database: the caller lets go of it first, so that a provider that hangs holds nothing up.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwt import JWTClaimsRegistry, Token

from matchmaker.clock import now
from matchmaker.federation.errors import ArrivalRefused
from matchmaker.federation.metadata import Metadata, describe, keys_again
from matchmaker.federation.models import ProviderKind
from matchmaker.outgoing.client import fetch
from matchmaker.outgoing.errors import NoAnswer

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Only with a key pair: `none` and the HMAC family, which a public key can forge, are not among them."""
SCOPE = "openid profile email"
LEEWAY_SECONDS = 60
OLDEST_SECONDS = 600
"""A token was made for this visit, and a visit lasts no longer."""
LONGEST_TOKEN = 50_000
LONGEST_SUBJECT = 255
LONGEST_CODE = 4000


@dataclass(frozen=True, slots=True)
class Registration:
    """How a provider knows us: values only. `back` is the whole address people come back to, another for each."""

    issuer: str
    kind: ProviderKind
    client_id: str
    client_secret: str = field(repr=False)
    back: str


@dataclass(frozen=True, slots=True)
class Return:
    """What a browser brought back from a provider: the code, and the issuer it names itself (RFC 9207)."""

    code: str = field(repr=False)
    issuer: str


def address_to_sign_in(registration: Registration, *, state: str, nonce: str, verifier: str) -> str:
    """Where to send someone. Raises OutgoingFailed or ArrivalRefused when the provider cannot be asked."""
    address: str = prepare_grant_uri(
        describe(registration.issuer).authorization_endpoint,
        registration.client_id,
        "code",
        redirect_uri=registration.back,
        scope=SCOPE,
        state=state,
        nonce=nonce,
        code_challenge=create_s256_code_challenge(verifier),
        code_challenge_method="S256",
        response_mode="query",
    )
    return address


def claims_for(registration: Registration, returned: Return, *, verifier: str, nonce_hash: str) -> dict[str, Any]:
    """Change the code for claims: those of the token, with those of userinfo beside them where the token has none.

    Raises ArrivalRefused (it cannot be trusted) or OutgoingFailed (the provider does not answer).
    """
    metadata = describe(registration.issuer)
    if returned.issuer != registration.issuer and (returned.issuer or metadata.names_itself):
        raise ArrivalRefused("mix_up")
    if not returned.code or len(returned.code) > LONGEST_CODE:
        raise ArrivalRefused("no_code")
    tokens = _change_code(registration, metadata, returned.code, verifier)
    access_token = tokens.get("access_token")
    claims = _checked(registration, metadata, tokens.get("id_token"), nonce_hash, access_token)
    if not (metadata.userinfo_endpoint and isinstance(access_token, str)):
        return claims
    return {**_userinfo(metadata, access_token, str(claims["sub"])), **claims}


def _change_code(registration: Registration, metadata: Metadata, code: str, verifier: str) -> dict[str, Any]:
    pair = f"{quote_plus(registration.client_id)}:{quote_plus(registration.client_secret)}"
    answer = fetch(
        metadata.token_endpoint,
        form={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": registration.back,
            "code_verifier": verifier,
        },
        headers={
            "Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}",
            "Accept": "application/json",
        },
    )
    if answer.status >= 500:
        raise NoAnswer("broken")
    if answer.status != 200:
        raise ArrivalRefused("code_refused")
    return answer.json()


def _checked(
    registration: Registration, metadata: Metadata, id_token: object, nonce_hash: str, access_token: object
) -> dict[str, Any]:
    if not isinstance(id_token, str) or len(id_token) > LONGEST_TOKEN:
        raise ArrivalRefused("no_token")
    token = _verified(metadata, id_token)
    claims, moment = token.claims, int(now().timestamp())
    registry = JWTClaimsRegistry(
        now=moment,
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": registration.issuer},
        sub={"essential": True},
        aud={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        registry.validate(claims)
    except JoseError as wrong:
        raise ArrivalRefused("claims") from wrong
    if claims["aud"] not in (registration.client_id, [registration.client_id]):
        raise ArrivalRefused("audience")
    if claims.get("azp", registration.client_id) != registration.client_id:
        raise ArrivalRefused("audience")
    if claims["iat"] < moment - OLDEST_SECONDS:
        raise ArrivalRefused("claims")
    if not _is_nonce(claims.get("nonce"), nonce_hash):
        raise ArrivalRefused("nonce")
    if not 0 < len(claims["sub"]) <= LONGEST_SUBJECT or not claims["sub"].isprintable():
        raise ArrivalRefused("claims")
    if "at_hash" in claims and not _is_half_hash(claims["at_hash"], access_token, str(token.header["alg"])):
        raise ArrivalRefused("at_hash")
    return claims


def _verified(metadata: Metadata, id_token: str) -> Token:
    """The token, when a key of the provider signed it; a key we do not know makes us look once more."""
    try:
        try:
            return jwt.decode(id_token, metadata.keys, algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            return jwt.decode(id_token, keys_again(metadata).keys, algorithms=ALGORITHMS)
    except (JoseError, ValueError, TypeError, AttributeError, RecursionError) as wrong:
        raise ArrivalRefused("signature") from wrong


def _is_nonce(said: object, nonce_hash: str) -> bool:
    return isinstance(said, str) and hmac.compare_digest(digest(said), nonce_hash)


def _is_half_hash(said: object, access_token: object, algorithm: str) -> bool:
    if not isinstance(said, str) or not isinstance(access_token, str) or not access_token.isascii():
        return False
    return hmac.compare_digest(said.encode("utf-8", "surrogatepass"), create_half_hash(access_token, algorithm))


def _userinfo(metadata: Metadata, access_token: str, subject: str) -> Mapping[str, Any]:
    """What the provider tells beside the token; it must be about the same subject."""
    if not access_token.isascii() or not access_token.isprintable():
        raise ArrivalRefused("no_token")
    answer = fetch(metadata.userinfo_endpoint, headers={"Authorization": f"Bearer {access_token}"})
    if answer.status != 200:
        raise NoAnswer("broken")
    said = answer.json()
    if said.get("sub") != subject:
        raise ArrivalRefused("other_subject")
    return said


def digest(secret: str) -> str:
    """The hash under which a state, a nonce or the mark of a browser is kept."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
