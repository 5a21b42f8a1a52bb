"""How much may come in: a quota for each person and for everyone without an account, and room left on the disk.

Looked at when files come in. Two that come in at the same moment may pass the quota by one file.
"""

from datetime import timedelta

from sqlalchemy import func, select

from matchmaker.clock import now
from matchmaker.database import Identified, db
from matchmaker.errors import InvalidValue
from matchmaker.files.actions import free_bytes
from matchmaker.files.models import StoredFile

A_DAY = timedelta(days=1)
MOST_OF_ONE = 200 * 1024**2
"""Bytes one person hands in within a day."""
MOST_WITHOUT_ACCOUNT = 2 * 1024**3
"""Bytes that all who act from a link hand in together within a day."""
LEAST_FREE = 512 * 1024**2
"""Bytes that stay free on the disk: the database and the letters need them more."""


def check_room(size: int, *, by: Identified | None, field: str) -> None:
    """Whether `size` more bytes may come in; raises InvalidValue at `field` (no_room, quota_of_day)."""
    if free_bytes() - size < LEAST_FREE:
        raise InvalidValue(field, "no_room")
    most = MOST_OF_ONE if by else MOST_WITHOUT_ACCOUNT
    came_in = select(func.coalesce(func.sum(StoredFile.size), 0)).where(
        StoredFile.created_by_id == (by.id if by else None), StoredFile.created_at > now() - A_DAY
    )
    if (db.session.scalar(came_in) or 0) + size > most:
        raise InvalidValue(field, "quota_of_day", n=most // 1024**2)
