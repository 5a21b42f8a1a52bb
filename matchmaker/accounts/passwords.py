"""Passwords: Argon2id, and the few rules that help."""

from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from matchmaker.accounts.breached import is_breached
from matchmaker.accounts.guessing import bits
from matchmaker.errors import InvalidValue

SHORTEST, LONGEST = 12, 128
STRONG_ENOUGH = 30.0
"""The binary logarithm of the tries a password must take: about a thousand million."""
_hasher = PasswordHasher()
OF_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$aWq7Ki0qdPE3EqeZryADZQ"
    "$eHqIlp7OovjvnPF/hZy0jAzHIFRLZ6/kuFGzW5q2Pe0"
)  # fmt: skip
"""What an unknown person's password is compared with; made beforehand, or each start would wait for it."""


def check_strength(password: str, *, email: str = "", about: Iterable[str] = ()) -> None:
    """Refuse what is guessed first; raises InvalidValue on `password` (too_short, too_long, too_common,
    about_you, breached).

    `about`: what someone and their organisations are called.
    """
    if len(password) < SHORTEST:
        raise InvalidValue("password", "too_short", n=SHORTEST)
    if len(password) > LONGEST:
        raise InvalidValue("password", "too_long", n=LONGEST)
    if bits(password) < STRONG_ENOUGH:
        raise InvalidValue("password", "too_common")
    if bits(password, about=(email, *email.split("@"), *about)) < STRONG_ENOUGH:
        raise InvalidValue("password", "about_you")
    if is_breached(password):
        raise InvalidValue("password", "breached")


def hash_password(password: str) -> str:
    """The Argon2id hash to keep."""
    return _hasher.hash(password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """Whether the password is right; takes as long for an unknown person as for a known one."""
    try:
        _hasher.verify(password_hash or OF_NOBODY, password)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False
    return password_hash is not None
