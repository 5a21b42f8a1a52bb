"""Whether each part is ready. Asked by whoever watches the servers, so it never waits long and never raises."""

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.files import scanner
from matchmaker.jobs.models import PeriodicRun
from matchmaker.mail.models import Letter, LetterStatus

SMALLEST_SPACE = 100 * 1024 * 1024
"""Bytes that must be free in the folder of files."""
LONGEST_SILENCE = timedelta(minutes=10)
"""A worker that works claims something every minute."""
LONGEST_WAIT = timedelta(minutes=30)
"""A letter that is due waits no longer than this when all is well."""


class Part(StrEnum):
    DATABASE = "database"
    MIGRATIONS = "migrations"
    FILES = "files"
    WORKER = "worker"
    LETTERS = "letters"
    SCANNER = "scanner"
    PASSWORDS = "passwords"  # noqa: S105  # nosec B105  # names a part


NEEDED = frozenset({Part.DATABASE, Part.MIGRATIONS, Part.FILES})
"""Without these a server can answer no one. A worker that is away makes letters late and no page fails; without a
scanner no file is taken, and without the file of passwords a new one is not looked up."""


def readiness(*, files: Path, migrations: Path, passwords: str = "") -> dict[Part, bool]:
    """Each part and whether it is ready. `passwords`: the file of those known from breaches, a part where it is set."""
    asked: dict[Part, Callable[[], bool]] = {
        Part.DATABASE: lambda: db.session.scalar(text("SELECT 1")) == 1,
        Part.MIGRATIONS: lambda: _revision() == _newest(migrations),
        Part.FILES: lambda: os.access(files, os.W_OK) and shutil.disk_usage(files).free >= SMALLEST_SPACE,
        Part.WORKER: _worker_works,
        Part.LETTERS: _letters_leave,
    }
    if scanner.is_in_use():
        asked[Part.SCANNER] = scanner.is_there
    if passwords:
        asked[Part.PASSWORDS] = lambda: os.path.isfile(passwords) and os.access(passwords, os.R_OK)
    found = {}
    for part, ask in asked.items():
        try:
            found[part] = ask()
        except (SQLAlchemyError, OSError):
            db.session.remove()
            found[part] = False
    return found


def is_ready(found: dict[Part, bool]) -> bool:
    """Whether a server in this state can answer visitors."""
    return all(found[part] for part in NEEDED)


def last_sign_of_worker() -> float | None:
    """Seconds since any worker claimed periodic work; None when none ever did."""
    at = db.session.scalar(select(func.max(PeriodicRun.at)))
    return None if at is None else (now() - at).total_seconds()


def _worker_works() -> bool:
    silence = last_sign_of_worker()
    return silence is not None and silence <= LONGEST_SILENCE.total_seconds()


def _letters_leave() -> bool:
    late = select(Letter.id).where(
        Letter.status == LetterStatus.QUEUED, Letter.next_attempt_at < now() - LONGEST_WAIT, Letter.attempts == 0
    )
    return db.session.scalar(late.limit(1)) is None


def _revision() -> str | None:
    revision: str | None = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


@cache
def _newest(migrations: Path) -> str | None:
    return ScriptDirectory(str(migrations)).get_current_head()
