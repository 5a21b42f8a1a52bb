"""Keeping and reading files."""

import hashlib
import logging
import os
import secrets
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from matchmaker.database import Identified, db
from matchmaker.errors import NotFound
from matchmaker.files.models import StoredFile
from matchmaker.private import make_folder, new_file

logger = logging.getLogger(__name__)
UNUSED_FOR = timedelta(days=1)
AT_ONCE = 500
_folder = Path()


def use_folder(folder: Path) -> None:
    """Set where the bytes live; called once when the application is made. Raises OSError when it cannot be written."""
    global _folder
    make_folder(folder)
    tempfile.TemporaryFile(dir=folder).close()
    _folder = folder


def keep(
    content: bytes, *, name: str, media_type: str, organisation_id: int | None, by: Identified | None
) -> StoredFile:
    """Store bytes and their row. The bytes reach the disk before the row can be committed."""
    key = secrets.token_hex(20)
    path = _path(key)
    make_folder(path.parent)
    with new_file(path) as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    row = StoredFile(
        key=key,
        name=Path(name.replace("\x00", "")).name[:200] or "bestand",
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        organisation_id=organisation_id,
        created_by_id=by.id if by else None,
    )
    db.session.add(row)
    db.session.flush()
    return row


def free_bytes() -> int:
    """How many bytes the store can still take."""
    return shutil.disk_usage(_folder).free


def read(row: StoredFile) -> bytes:
    """The bytes of a file; raises NotFound when the store has lost them."""
    try:
        return _path(row.key).read_bytes()
    except FileNotFoundError as lost:
        raise NotFound("file") from lost


def forget(row: StoredFile) -> None:
    """The file is no longer anyone's; its bytes go at night, once nothing can bring the row back."""
    db.session.delete(row)
    db.session.flush()


def forget_unused(moment: datetime) -> int:
    """Remove the bytes without a row: of files that were forgotten, and of what was undone half way. What came in the
    last day is left: its row may still have to be kept; what cannot be removed is left and told in the log. Returns how
    many went."""
    latest = (moment - UNUSED_FOR).timestamp()
    old = [path for path in _folder.glob("??/*") if path.stat().st_mtime < latest]
    gone = 0
    for start in range(0, len(old), AT_ONCE):
        paths = {path.name: path for path in old[start : start + AT_ONCE]}
        kept = set(db.session.scalars(select(StoredFile.key).where(StoredFile.key.in_(paths))))
        for key in paths.keys() - kept:
            gone += _is_removed(paths[key])
    return gone


def _is_removed(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError as refused:
        logger.warning("a file that nobody needs cannot be removed: %s %s", path.name, type(refused).__name__)
        return False
    return True


def _path(key: str) -> Path:
    return _folder / key[:2] / key
