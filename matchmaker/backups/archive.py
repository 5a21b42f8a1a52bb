"""The file a backup is: a gzipped tar of the database and the files, with a manifest last; inside age with a key.

Nothing in it is trusted by its name or its size: members have known names, and each is what the manifest says it is.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

import pyrage

from matchmaker.private import make_folder, new_file

MANIFEST = "manifest.json"
FORMAT = 1
AGE = b"age-encryption.org/"
_MEMBER = re.compile(r"database\.sqlite|tables/[a-z_0-9]{1,63}|files/[0-9a-f]{40}")
_CHUNK = 1024 * 1024


class BackupUnusable(Exception):
    """This file cannot be made or restored; the message says why."""


@dataclass(slots=True)
class Manifest:
    """What is in it. `members`: name to (bytes, sha256); `rows`: table to number; `sequences`: name to last value."""

    dialect: str
    revision: str
    made_at: str
    rows: dict[str, int] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    members: dict[str, tuple[int, str]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    format: int = FORMAT


def pack(folder: Path, manifest: Manifest, files: Iterator[tuple[str, Path]], out: Path) -> None:
    """Write what stands in `folder` and the files (key, path) into `out`; `manifest` gets the members."""
    with new_file(out) as whole, tarfile.open(fileobj=whole, mode="w:gz", compresslevel=3) as tar:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            _add(tar, path.relative_to(folder).as_posix(), path, manifest)
        for key, path in files:
            _add(tar, f"files/{key}", path, manifest)
        told = json.dumps(asdict(manifest), indent=1).encode()
        line = tarfile.TarInfo(MANIFEST)
        line.size = len(told)
        tar.addfile(line, io.BytesIO(told))


def unpack(path: Path, folder: Path) -> Manifest:
    """Put every member in `folder`, each as the manifest says it is. Raises BackupUnusable."""
    found: dict[str, tuple[int, str]] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(path, "r:gz") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                if content is None:
                    raise BackupUnusable(f"{member.name}: no plain file")
                if member.name == MANIFEST:
                    manifest = _manifest(json.load(content))
                elif _MEMBER.fullmatch(member.name) and member.name not in found:
                    found[member.name] = _take(content, folder / member.name)
                else:
                    raise BackupUnusable(f"{member.name}: not of a backup")
    except (tarfile.TarError, EOFError, OSError, ValueError) as broken:
        raise BackupUnusable(f"the file is damaged or no backup ({type(broken).__name__})") from broken
    if manifest is None:
        raise BackupUnusable("the file ends too early: its manifest is missing")
    if found != manifest.members:
        names = sorted(found.keys() | manifest.members)
        wrong = [name for name in names if found.get(name) != manifest.members.get(name)]
        raise BackupUnusable(f"not what was written: {', '.join(wrong[:3])}")
    return manifest


def encrypt(plain: Path, out: Path, recipient: str) -> None:
    """With the age key of whoever may read it (`age1...`); the server itself cannot."""
    try:
        to = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as wrong:
        raise BackupUnusable("BACKUP_KEY is no age key, as in age1...") from wrong
    with plain.open("rb") as read, new_file(out) as write:
        pyrage.encrypt_io(read, write, [to])


def decrypt(path: Path, out: Path, identity: Path | None) -> None:
    """Open what was sealed, with the secret age key in the file `identity`."""
    if identity is None:
        raise BackupUnusable("this backup is encrypted: name the file with the secret key (--identity)")
    try:
        lines = identity.read_text("utf-8").splitlines()
    except UnicodeDecodeError as other:
        raise BackupUnusable(f"{identity.name} holds no secret age key") from other
    keys = [line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")]
    try:
        with path.open("rb") as read, new_file(out) as write:
            pyrage.decrypt_io(read, write, [pyrage.x25519.Identity.from_str(key) for key in keys])
    except (pyrage.DecryptError, pyrage.IdentityError, OSError) as refused:
        raise BackupUnusable("the secret key does not open this backup, or it is damaged") from refused


def is_encrypted(path: Path) -> bool:
    with path.open("rb") as start:
        return start.read(len(AGE)) == AGE


def to_disk(path: Path) -> None:
    """Wait until a file, or which names a folder holds, outlives a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _add(tar: tarfile.TarFile, name: str, path: Path, manifest: Manifest) -> None:
    line = tarfile.TarInfo(name)
    line.size = path.stat().st_size
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        content.seek(0)
        tar.addfile(line, content)
    manifest.members[name] = (line.size, digest)


def _take(content: IO[bytes], to: Path) -> tuple[int, str]:
    make_folder(to.parent)
    digest, size = hashlib.sha256(), 0
    with new_file(to) as out:
        while chunk := content.read(_CHUNK):
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def _manifest(told: dict[str, object]) -> Manifest:
    if told.get("format") != FORMAT:
        raise BackupUnusable(f"made by a version that writes format {told.get('format')}; this one reads {FORMAT}")
    try:
        manifest = Manifest(**told)  # type: ignore[arg-type]
        manifest.members = {name: (size, digest) for name, (size, digest) in manifest.members.items()}
    except (TypeError, AttributeError) as wrong:
        raise BackupUnusable("its manifest cannot be read") from wrong
    return manifest
