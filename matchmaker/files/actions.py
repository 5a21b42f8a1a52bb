"""Keeping and reading files."""

import hashlib
import os
import secrets
from pathlib import Path

from matchmaker.database import Identified, db
from matchmaker.errors import NotFound
from matchmaker.files.models import StoredFile

_folder = Path()


def use_folder(folder: Path) -> None:
    """Set where the bytes live; called once when the application is made."""
    global _folder
    folder.mkdir(parents=True, exist_ok=True)
    _folder = folder


def keep(
    content: bytes, *, name: str, media_type: str, organisation_id: int | None, by: Identified | None
) -> StoredFile:
    """Store bytes and their row. The bytes reach the disk before the row can be committed."""
    key = secrets.token_hex(20)
    path = _path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as out:
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


def read(row: StoredFile) -> bytes:
    """The bytes of a file; raises NotFound when the store has lost them."""
    try:
        return _path(row.key).read_bytes()
    except FileNotFoundError as lost:
        raise NotFound("file") from lost


def remove(row: StoredFile) -> None:
    """Forget a file, bytes and row. The bytes go at once: should the row come back, it holds nothing any more."""
    _path(row.key).unlink(missing_ok=True)
    db.session.delete(row)


def _path(key: str) -> Path:
    return _folder / key[:2] / key
