"""Passwords: Argon2id, and the few rules that help."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from matchmaker.errors import InvalidValue

SHORTEST, LONGEST = 12, 128
_TOO_COMMON = frozenset(
    {
        "wachtwoord12", "wachtwoord123", "wachtwoord1234", "welkom123456", "welkom12345!", "123456789012",
        "password1234", "password12345", "qwertyuiop12", "qwerty123456", "gemeente1234", "gemeente2026",
        "matchmaker12", "matchmaker123", "zomer2026zomer", "winter2026winter", "abcdefghijkl", "aaaaaaaaaaaa",
        "111111111111", "000000000000", "iloveyou1234", "letmein12345", "administrator", "changeme1234",
    }
)  # fmt: skip
_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody has this password")


def check_strength(password: str, *, email: str = "") -> None:
    """Refuse what is guessed first; raises InvalidValue on `password` (too_short, too_long, too_common)."""
    if len(password) < SHORTEST:
        raise InvalidValue("password", "too_short", n=SHORTEST)
    if len(password) > LONGEST:
        raise InvalidValue("password", "too_long", n=LONGEST)
    lowered = password.lower()
    if lowered in _TOO_COMMON or len(set(lowered)) < 4 or (email and lowered in {email, email.split("@")[0]}):
        raise InvalidValue("password", "too_common")


def hash_password(password: str) -> str:
    """The Argon2id hash to keep."""
    return _hasher.hash(password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """Whether the password is right; takes as long for an unknown person as for a known one."""
    try:
        _hasher.verify(password_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False
    return password_hash is not None
