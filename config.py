"""Settings, read once from the environment, typed, checked at start.

A wrong value stops the start with one line that says which setting and why.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import BinaryIO

import pyrage
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent
THEMES = ROOT / "static" / "css" / "themes"
DEFAULT_SECRET = "only-for-development"  # noqa: S105  # nosec B105  # refused in production
BETWEEN_1_AND_1000 = (
    "session_hours", "link_days", "first_answer_days", "route_days", "upload_megabytes", "request_seconds",
)  # fmt: skip
_COMMA = re.compile(r"(?<!\\),")
"""Between two values; a comma within one has a backslash before it."""
_MAILBOX = re.compile(r"[A-Za-z0-9._-]{1,20}@[A-Za-z0-9.-]+")
_SENDER = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
_ORIGIN = re.compile(r"https?://(\[[0-9A-Fa-f:.]+\]|[\w.-]+)(:[0-9]{1,5})?")

_SCANNER = re.compile(r"/\S+|(\[[0-9A-Fa-f:.]+\]|[\w.-]+):[0-9]{1,5}")
_DIGEST = re.compile(r"([0-9A-F]{40}):[0-9]+")
PLACES, LONGEST_LINE = 50, 64
"""Where the file of passwords known from breaches is looked at, and how long its lines are at most."""
_CONTACT = re.compile(r"(mailto:[^\s@]+@[^\s@]+|https://\S+)")


class ConfigurationError(Exception):
    """A setting that cannot be used; the message names it and says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting of the product. The name in the environment is the field's name in capitals."""

    production: bool = False
    demo: bool = False
    secret_key: str = field(default=DEFAULT_SECRET, repr=False)
    secret_keys_before: tuple[str, ...] = field(default=(), repr=False)
    database_url: str = f"sqlite:///{ROOT / 'instance' / 'matchmaker.db'}"
    files_folder: Path = ROOT / "instance" / "files"
    public_url: str = "http://localhost:5000"
    theme: str = "matchmaker"
    site_name: str = "Matchmaker"
    mail_from: str = "loket@matchmaker.example"
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_starttls: bool = False
    reply_to: str = ""
    imap_host: str = ""
    imap_port: int = 993
    imap_user: str = ""
    imap_password: str = field(default="", repr=False)
    imap_tls: bool = True
    imap_folder: str = "INBOX"
    security_contact: str = "mailto:security@matchmaker.example"
    controller: str = ""
    privacy_officer: str = ""
    processors: str = ""
    trusted_proxies: int = 0
    session_hours: int = 12
    idle_minutes: int = 120
    link_days: int = 14
    first_answer_days: int = 2
    route_days: int = 5
    upload_megabytes: int = 32
    limits: bool = True
    request_seconds: int = 10
    log_json: bool = False
    metrics_token: str = field(default="", repr=False)
    backup_key: str = ""
    scanner: str = ""
    outgoing_loopback: bool = False
    second_step: bool = True
    pwned_passwords: str = ""

    @property
    def secure(self) -> bool:
        """Whether visitors come over https."""
        return self.public_url.startswith("https://")


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; raises ConfigurationError on the first value that cannot be used."""
    environ = os.environ if environ is None else environ
    values: dict[str, object] = {}
    for each in fields(Settings):
        name = each.name.upper()
        if name in environ:
            values[each.name] = _convert(name, environ[name], each.default)
    settings = Settings(**values)  # type: ignore[arg-type]
    _check(settings)
    if settings.production and environ.get("FLASK_DEBUG", "0").lower() not in {"", "0", "false", "no"}:
        raise ConfigurationError("FLASK_DEBUG cannot be used together with PRODUCTION")
    return settings


def _convert(name: str, text: str, default: object) -> object:
    text = text.strip()
    if isinstance(default, bool):
        if text.lower() not in {"0", "1", "true", "false", "yes", "no"}:
            raise ConfigurationError(f"{name} must be 1 or 0, not {text!r}")
        return text.lower() in {"1", "true", "yes"}
    if isinstance(default, int):
        if not text.isascii() or not text.isdigit():
            raise ConfigurationError(f"{name} must be a whole number, not {text!r}")
        return int(text)
    if isinstance(default, Path):
        if not text:
            raise ConfigurationError(f"{name} must be the path of a folder, not empty")
        return Path(text)
    if isinstance(default, tuple):
        return tuple(each.replace("\\,", ",").strip() for each in _COMMA.split(text)) if text else ()
    return text


def _check(settings: Settings) -> None:
    _check_database(settings.database_url)
    if not settings.public_url.startswith(("http://", "https://")) or settings.public_url.endswith("/"):
        raise ConfigurationError("PUBLIC_URL must start with http:// or https:// and not end with /")
    if not _ORIGIN.fullmatch(settings.public_url):
        raise ConfigurationError("PUBLIC_URL must be a host and no more, as in https://loket.example")
    themes = sorted(path.stem for path in THEMES.glob("*.css"))
    if settings.theme not in themes:
        raise ConfigurationError(f"THEME must be one of {', '.join(themes)}")
    if not 1 <= settings.smtp_port <= 65535:
        raise ConfigurationError("SMTP_PORT must be between 1 and 65535")
    for name in BETWEEN_1_AND_1000:
        if not 1 <= getattr(settings, name) <= 1000:
            raise ConfigurationError(f"{name.upper()} must be between 1 and 1000")
    if not 15 <= settings.idle_minutes <= 1440:
        raise ConfigurationError("IDLE_MINUTES must be between 15 and 1440")
    if not _SENDER.fullmatch(settings.mail_from):
        raise ConfigurationError("MAIL_FROM must be one e-mail address without a name, as in loket@loket.example")
    _check_keys(settings)
    _check_replies(settings)
    _check_operation(settings)
    if settings.production:
        _check_production(settings)


def _check_database(address: str) -> None:
    if not address.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ConfigurationError("DATABASE_URL must start with sqlite:/// or postgresql://")
    try:
        port = make_url(address).port
    except (ArgumentError, ValueError) as wrong:
        raise ConfigurationError("DATABASE_URL cannot be read: look at its port and its signs") from wrong
    if port is not None and not 1 <= port <= 65535:
        raise ConfigurationError("DATABASE_URL must have a port between 1 and 65535")


def _check_keys(settings: Settings) -> None:
    before = settings.secret_keys_before
    if not settings.secret_key:
        raise ConfigurationError("SECRET_KEY must not be empty: leave it out in development")
    if not all(before):
        raise ConfigurationError("SECRET_KEYS_BEFORE holds an empty key: give former keys with one comma between them")
    if settings.secret_key in before:
        raise ConfigurationError("SECRET_KEYS_BEFORE holds SECRET_KEY itself: a former key is another one")
    if len(set(before)) < len(before):
        raise ConfigurationError("SECRET_KEYS_BEFORE holds the same key twice")
    if settings.production and _is_weak(settings.secret_key):
        raise ConfigurationError("SECRET_KEY must be set to at least 32 characters of your own in production")
    if settings.production and any(map(_is_weak, before)):
        raise ConfigurationError("SECRET_KEYS_BEFORE must hold keys of at least 32 characters each in production")


def _is_weak(key: str) -> bool:
    return key == DEFAULT_SECRET or len(key) < 32


def _check_replies(settings: Settings) -> None:
    if settings.reply_to and not _MAILBOX.fullmatch(settings.reply_to):
        raise ConfigurationError("REPLY_TO must be one e-mail address without a +, as in antwoord@loket.example")
    if not 1 <= settings.imap_port <= 65535:
        raise ConfigurationError("IMAP_PORT must be between 1 and 65535")
    if settings.imap_host and not (settings.reply_to and settings.imap_user):
        raise ConfigurationError("IMAP_HOST needs REPLY_TO and IMAP_USER")
    if not settings.imap_folder or any(sign in settings.imap_folder for sign in '"\\\r\n'):
        raise ConfigurationError("IMAP_FOLDER must be the name of one folder")


def _check_operation(settings: Settings) -> None:
    if settings.metrics_token and len(settings.metrics_token) < 20:
        raise ConfigurationError("METRICS_TOKEN must be at least 20 characters")
    if not _CONTACT.fullmatch(settings.security_contact):
        raise ConfigurationError(
            "SECURITY_CONTACT must be one address, as in mailto:veilig@loket.example or https://..."
        )
    if settings.scanner and not _SCANNER.fullmatch(settings.scanner):
        raise ConfigurationError("SCANNER must be host:port or the path of a socket, as in /run/clamav/clamd.ctl")
    if settings.backup_key:
        _check_backup_key(settings.backup_key)
    if settings.pwned_passwords:
        _check_passwords(Path(settings.pwned_passwords))


def _check_backup_key(key: str) -> None:
    try:
        pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError as wrong:
        raise ConfigurationError("BACKUP_KEY must be a public age key, as in age1...") from wrong


def _check_passwords(file: Path) -> None:
    """Digests in ascending order, looked at in some places: the file is far too large to read."""
    try:
        with file.open("rb") as lines:
            size = lines.seek(0, os.SEEK_END)
            digests = [_digest_near(lines, size * part // PLACES) for part in range(PLACES)]
    except OSError as error:
        raise ConfigurationError(f"PWNED_PASSWORDS must be a file that can be read: {error.strerror}") from error
    if None in digests or digests != sorted(digests, key=str):
        raise ConfigurationError("PWNED_PASSWORDS must hold SHA-1 digests ordered by hash, as <40 digits>:<count>")


def _digest_near(lines: BinaryIO, place: int) -> str | None:
    """The digest of the line after a place, of the first line at the start; the last one when none comes after."""
    lines.seek(max(place - 2 * LONGEST_LINE, 0))
    whole = lines.read(4 * LONGEST_LINE).splitlines()
    inside = whole[0 if place <= 2 * LONGEST_LINE else 1 :]
    found = _DIGEST.fullmatch(inside[0].decode("ascii", "replace")) if inside else None
    return found[1] if found else None


def _check_production(settings: Settings) -> None:
    if settings.demo:
        raise ConfigurationError("DEMO cannot be used together with PRODUCTION")
    if not settings.secure:
        raise ConfigurationError("PUBLIC_URL must start with https:// in production")
    _check_trial(settings)
    if not settings.smtp_host:
        raise ConfigurationError("SMTP_HOST must be set in production")
    if settings.smtp_password and not settings.smtp_starttls:
        raise ConfigurationError("SMTP_PASSWORD needs SMTP_STARTTLS in production")
    if settings.imap_host and not settings.imap_tls:
        raise ConfigurationError("IMAP_TLS cannot be left out in production")


def _check_trial(settings: Settings) -> None:
    """What eases trying things out, and is for nobody's real people."""
    for name in ("limits", "second_step"):
        if not getattr(settings, name):
            raise ConfigurationError(f"{name.upper()} cannot be lifted in production")
    if settings.outgoing_loopback:
        raise ConfigurationError("OUTGOING_LOOPBACK cannot be used in production")
    for name in ("mail_from", "security_contact"):
        if getattr(settings, name) == getattr(Settings(), name):
            raise ConfigurationError(f"{name.upper()} must be an address of your own in production")
