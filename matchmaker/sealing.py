"""Secrets that must be read again (of an app that makes codes, of a provider), sealed before they are kept.

AES-256-GCM. The key of each purpose follows from the secret key by HKDF, so what was sealed for one purpose opens for
no other.
"""

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES = 12
_secret = b""


class SealBroken(Exception):
    """Not sealed by us, not for this purpose, changed since, or sealed under another secret key."""


def use_sealing_secret(secret: str) -> None:
    """Set what the keys follow from; called once when the application is made."""
    global _secret
    _secret = secret.encode()


def seal(text: str, *, purpose: str) -> str:
    """The text as letters that say nothing without the secret key; sealing twice gives two answers."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = _cipher(purpose).encrypt(nonce, text.encode(), purpose.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(text: str, *, purpose: str) -> str:
    """What was sealed; raises SealBroken."""
    try:
        raw = base64.urlsafe_b64decode(text.encode())
        return _cipher(purpose).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode()).decode()
    except (InvalidTag, ValueError, binascii.Error) as broken:
        raise SealBroken(purpose) from broken


def _cipher(purpose: str) -> AESGCM:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"sealing:" + purpose.encode()).derive(_secret)
    return AESGCM(key)
