"""Keyed digests of this package: of codes on paper, of challenges, and of who someone is to an authenticator."""

from collections.abc import Iterator

from matchmaker import keys

PURPOSE = "factors"


def digest(purpose: str, value: bytes) -> bytes:
    """32 bytes that cannot be made without the secret key."""
    return keys.digest(PURPOSE, _said(purpose, value))


def digests(purpose: str, value: bytes) -> Iterator[bytes]:
    """The same under each key that is known, that of now first."""
    return keys.digests(PURPOSE, _said(purpose, value))


def mark_of_now() -> str:
    """By which the key of now is known again."""
    return known_marks()[0]


def known_marks() -> list[str]:
    """The marks of the keys that are known, that of now first."""
    return [keys.mark_of(each) for each in keys.keys_for(PURPOSE)]


def _said(purpose: str, value: bytes) -> bytes:
    return purpose.encode() + b"\0" + value
