"""Keyed digests of this package: of codes on paper, of challenges, and of who someone is to an authenticator."""

import hashlib
import hmac

_key = b""


def use_factor_key(secret: str) -> None:
    """Set what the digests are made with; called once when the application is made."""
    global _key
    _key = hashlib.sha256(b"factors:" + secret.encode()).digest()


def digest(purpose: str, value: bytes) -> bytes:
    """32 bytes that cannot be made without the secret key."""
    return hmac.new(_key, purpose.encode() + b"\0" + value, hashlib.sha256).digest()
