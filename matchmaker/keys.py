"""The keys of this installation: one for each purpose, from the secret key of now and from those of before.

What is made is made with the key of now. What is read may have been made with any of them: the key of now is tried
first, then the others in the order of `SECRET_KEYS_BEFORE`.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from functools import cache

_secrets: tuple[bytes, ...] = (b"",)
_MARK = 16


def use_keys(now: str, before: Sequence[str] = ()) -> None:
    """Set the secret keys everything follows from; called once when the application is made."""
    global _secrets
    _secrets = tuple(each.encode() for each in (now, *before))
    keys_for.cache_clear()


def secret_keys() -> tuple[bytes, ...]:
    """The secret keys themselves, that of now first: for a derivation of one's own, and for nothing else."""
    return _secrets


@cache
def keys_for(purpose: str) -> tuple[bytes, ...]:
    """32 bytes for each secret key, that of now first."""
    return tuple(hashlib.sha256(purpose.encode() + b":" + each).digest() for each in _secrets)


def digest(purpose: str, said: bytes) -> bytes:
    """32 bytes that cannot be made without the secret key of now (HMAC-SHA-256)."""
    return hmac.digest(keys_for(purpose)[0], said, "sha256")


def digests(purpose: str, said: bytes) -> Iterator[bytes]:
    """The same under each key, that of now first; one of before costs nothing until it is asked for."""
    return (hmac.digest(key, said, "sha256") for key in keys_for(purpose))


def is_digest(purpose: str, said: bytes, given: bytes) -> bool:
    """Whether this digest was made under one of the keys; each comparison takes the same time."""
    return any(hmac.compare_digest(each, given) for each in digests(purpose, said))


def mark_of(key: bytes) -> str:
    """Sixteen signs by which a key is known again and that say nothing about it."""
    return hmac.digest(key, b"which key this is", "sha256").hex()[:_MARK]
