"""Passkeys (WebAuthn): adding one, and signing in with it alone. It is possession and a check of the person in one."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import webauthn
from cryptography.exceptions import UnsupportedAlgorithm
from sqlalchemy import select
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
    parse_client_data_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import DomainError, InvalidValue
from matchmaker.factors.challenges import made_with, new_challenge, spend
from matchmaker.factors.keys import digests
from matchmaker.factors.models import Passkey
from matchmaker.factors.queries import passkey_by_credential, passkeys_of

MOST = 10
SIGN_IN = "sign_in"


class PasskeyRefused(DomainError):
    """An answer of an authenticator that is not one to our question, or not from a passkey we know."""

    code = "passkey_refused"


@dataclass(frozen=True, slots=True)
class Site:
    """Us, as an authenticator knows us: `origin` as in https://loket.example."""

    name: str
    origin: str

    @property
    def host(self) -> str:
        return urlsplit(self.origin).hostname or ""


def options_to_add(account: Account, site: Site) -> str:
    """What the browser asks an authenticator for a new passkey of this person, as JSON."""
    known = [PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.credential_id)) for each in passkeys_of(account)]
    return webauthn.options_to_json(
        webauthn.generate_registration_options(
            rp_id=site.host,
            rp_name=site.name,
            user_id=handles_of(account)[0],
            user_name=account.email,
            user_display_name=account.display_name,
            challenge=new_challenge(_adding(account)),
            exclude_credentials=known,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                require_resident_key=True,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
        )
    )


def options_to_sign_in(site: Site) -> str:
    """What the browser asks for signing in with any passkey of ours, as JSON: it names nobody."""
    return webauthn.options_to_json(
        webauthn.generate_authentication_options(
            rp_id=site.host,
            challenge=new_challenge(SIGN_IN),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


def add_passkey(account: Account, answer: str, *, name: str, site: Site) -> Passkey:
    """Keep the passkey an authenticator made; raises PasskeyRefused, or InvalidValue when there are too many."""
    db.session.execute(select(Account.id).where(Account.id == account.id).with_for_update())
    if len(passkeys_of(account)) >= MOST:
        raise InvalidValue("name", "too_many_passkeys", n=MOST)
    challenge, key = _challenge_in(answer, _adding(account))
    with _refusing():
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    credential_id = bytes_to_base64url(made.credential_id)
    if not spend(challenge) or passkey_by_credential(credential_id) is not None:
        raise PasskeyRefused()
    passkey = Passkey(
        account_id=account.id,
        name=name,
        credential_id=credential_id,
        public_key=bytes_to_base64url(made.credential_public_key),
        user_handle=bytes_to_base64url(handles_of(account)[key]),
        sign_count=made.sign_count,
    )
    db.session.add(passkey)
    db.session.flush()
    record("second_step.passkey_added", about=passkey, by=account)
    return passkey


def check_passkey(answer: str, *, site: Site) -> Passkey:
    """The passkey that signed our question, with its person; raises PasskeyRefused."""
    challenge, _key = _challenge_in(answer, SIGN_IN)
    with _refusing():
        asked = parse_authentication_credential_json(answer)
    passkey = passkey_by_credential(bytes_to_base64url(asked.raw_id))
    if passkey is None or not passkey.account.is_active:
        raise PasskeyRefused()
    if not _is_of(passkey, asked.response.user_handle):
        raise PasskeyRefused()
    with _refusing():
        signed = webauthn.verify_authentication_response(
            credential=asked,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    if not spend(challenge):
        raise PasskeyRefused()
    passkey.sign_count, passkey.last_used_at = signed.new_sign_count, now()
    db.session.flush()
    record("second_step.passkey_used", about=passkey, by=passkey.account)
    return passkey


def _challenge_in(answer: str, purpose: str) -> tuple[bytes, int]:
    """The question an answer is to, when it is ours, and with which key it was made; raises PasskeyRefused."""
    with _refusing():
        said = json.loads(answer)["response"]["clientDataJSON"]
        challenge = parse_client_data_json(base64url_to_bytes(said)).challenge
    key = made_with(challenge, purpose)
    if key is None:
        raise PasskeyRefused()
    return challenge, key


@contextmanager
def _refusing() -> Iterator[None]:
    """Whatever is wrong with what a browser sent, and however it was made up, is one refusal."""
    try:
        yield
    except (WebAuthnException, UnsupportedAlgorithm, ValueError, TypeError, LookupError, AttributeError) as wrong:
        raise PasskeyRefused() from wrong
    except (ArithmeticError, RecursionError) as wrong:
        raise PasskeyRefused() from wrong


def _adding(account: Account) -> str:
    return f"add:{account.id}"


def handles_of(account: Account) -> list[bytes]:
    """Who someone is to an authenticator: 32 bytes that say nothing, for each key that is known, that of now first."""
    return list(digests("handle", str(account.id).encode()))


def oldest_handle(account: Account) -> str:
    """Who someone is to a device that was added under the oldest key there is, as a passkey keeps it."""
    return bytes_to_base64url(handles_of(account)[-1])


def _is_of(passkey: Passkey, handle: bytes | None) -> bool:
    """Whether the person an authenticator names, if it names one, is whose passkey it is."""
    if not handle:
        return True
    if passkey.user_handle:
        return bytes_to_base64url(handle) == passkey.user_handle
    return handle in handles_of(passkey.account)
