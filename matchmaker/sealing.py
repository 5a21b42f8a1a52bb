"""Secrets that must be read again (of an app that makes codes, of a provider), sealed before they are kept.

AES-256-GCM. The key of each purpose follows from the secret key by HKDF, so what was sealed for one purpose opens for
no other. What was sealed under a secret key of before opens as long as that one is known.
"""

import base64
import binascii
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from matchmaker.keys import secret_keys

_NONCE_BYTES = 12


class SealBroken(Exception):
    """Not sealed by us, not for this purpose, changed since, or sealed under a secret key that is not known here."""


def seal(text: str, *, purpose: str) -> str:
    """The text as letters that say nothing without the secret key; sealing twice gives two answers."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    key = _key(secret_keys()[0], purpose)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), purpose.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(text: str, *, purpose: str) -> str:
    """What was sealed; raises SealBroken."""
    return _open(text, purpose)[0]


def seal_again(text: str, *, purpose: str) -> str:
    """The same secret under the key of now; what is so already comes back as it is. Raises SealBroken."""
    plain, is_of_now = _open(text, purpose)
    return text if is_of_now else seal(plain, purpose=purpose)


def _open(text: str, purpose: str) -> tuple[str, bool]:
    """What was sealed, and whether under the key of now."""
    try:
        raw = base64.urlsafe_b64decode(text.encode())
    except (ValueError, binascii.Error) as broken:
        raise SealBroken(purpose) from broken
    for number, secret in enumerate(secret_keys()):
        cipher = AESGCM(_key(secret, purpose))
        try:
            opened = cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode())
        except (InvalidTag, ValueError):
            continue
        return opened.decode(), number == 0
    raise SealBroken(purpose)


@lru_cache(maxsize=64)
def _key(secret: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"sealing:" + purpose.encode()).derive(secret)
