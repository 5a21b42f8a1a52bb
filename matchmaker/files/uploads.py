"""What someone may hand in as a file: known by what is in it, of a size a reader can open, and free of surprises."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from matchmaker.database import Identified
from matchmaker.errors import InvalidValue
from matchmaker.files.actions import keep
from matchmaker.files.models import StoredFile
from matchmaker.files.packed import unpacked
from matchmaker.files.pictures import FORMATS, without_metadata
from matchmaker.files.programs import Programs
from matchmaker.files.room import check_room
from matchmaker.files.scanner import check_clean

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 3
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 2000

_OFFICE = "application/vnd.openxmlformats-officedocument."
SUFFIXES = {
    "application/pdf": ".pdf",
    f"{_OFFICE}wordprocessingml.document": ".docx",
    f"{_OFFICE}presentationml.presentation": ".pptx",
    f"{_OFFICE}spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/plain": ".txt",
}
"""Every kind of file that is taken, and how its name ends."""
ACCEPTED = ",".join(SUFFIXES.values())

_STARTS = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
_END_OF_PDF = 1024
"""Bytes within which readers look for the end (ISO 32000, implementation note 18)."""
_MAIN_PARTS = {"word/document.xml": ".docx", "ppt/presentation.xml": ".pptx", "xl/workbook.xml": ".xlsx"}
_BY_SUFFIX = {suffix: media_type for media_type, suffix in SUFFIXES.items()}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that passed: its content without hidden data, a name that fits it, and what it is."""

    content: bytes
    name: str
    media_type: str


def check_upload(content: bytes, name: str, *, field: str = "files") -> Upload:
    """Look at what was handed in. Raises InvalidValue at `field` with a reason that says what is wrong."""
    if not content:
        raise InvalidValue(field, "file_empty")
    if len(content) > MOST_BYTES:
        raise InvalidValue(field, "file_too_large", n=MOST_BYTES // 1024**2)
    media_type = _kind_of(content, name, field)
    check_clean(content, field=field)
    if media_type in FORMATS:
        content = without_metadata(content, media_type, field=field)
    return Upload(content, _fitting(name, SUFFIXES[media_type]), media_type)


def check_uploads(files: Sequence[tuple[bytes, str]], *, by: Identified | None, field: str = "files") -> list[Upload]:
    """The same for several at once, at most `MOST_FILES` and as many bytes as `by` may still hand in: all pass or none
    does."""
    if len(files) > MOST_FILES:
        raise InvalidValue(field, "too_many_files", n=MOST_FILES)
    if files:
        check_room(sum(len(content) for content, _ in files), by=by, field=field)
    return [check_upload(content, name, field=field) for content, name in files]


def keep_upload(upload: Upload, *, organisation_id: int | None, by: Identified | None) -> StoredFile:
    """Store a file that passed."""
    return keep(upload.content, name=upload.name, media_type=upload.media_type, organisation_id=organisation_id, by=by)


def _kind_of(content: bytes, name: str, field: str) -> str:
    for start, media_type in _STARTS:
        if content.startswith(start):
            if media_type == "application/pdf" and b"%%EOF" not in content[-_END_OF_PDF:]:
                raise InvalidValue(field, "file_broken")
            return media_type
    if content.startswith(b"PK\x03\x04"):
        return _packed_kind(content, field)
    if name.lower().endswith(".txt") and b"\x00" not in content:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InvalidValue(field, "file_kind_unknown") from error
        return "text/plain"
    raise InvalidValue(field, "file_kind_unknown")


def _packed_kind(content: bytes, field: str) -> str:
    """Which kind of document a packed file is. Programs inside a document are refused."""
    found, programs = "", Programs(field)
    for name, inside in unpacked(content, most_bytes=MOST_UNPACKED, most_parts=MOST_PARTS, field=field):
        programs.check_part(name, inside)
        low = name.lower()
        if low in _MAIN_PARTS:
            found = _BY_SUFFIX[_MAIN_PARTS[low]]
        elif low == "mimetype" and (named := inside.decode("ascii", "replace").strip()) in SUFFIXES:
            found = named
    if not found:
        raise InvalidValue(field, "file_kind_unknown")
    return found


def _fitting(name: str, suffix: str) -> str:
    """The name without folders, ending as what it is. `rapport.exe` that is a PDF becomes `rapport.pdf`."""
    last = PurePosixPath("".join(sign for sign in name if sign.isprintable()).replace("\\", "/")).name
    stem = last.removesuffix(PurePosixPath(last).suffix).strip(" .")
    given = PurePosixPath(last).suffix.lower()
    kept = given if given == suffix or (suffix, given) == (".jpg", ".jpeg") else suffix
    return f"{stem[: 190 - len(kept)] or 'bestand'}{kept}"
