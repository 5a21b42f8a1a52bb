"""Looking inside a packed file (zip: docx, xlsx, odt) without letting it unpack to more than is allowed."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from matchmaker.errors import InvalidValue

UNREADABLE = (
    zipfile.BadZipFile, zlib.error, LookupError, ValueError, NotImplementedError, RuntimeError, EOFError, OSError,
)  # fmt: skip


def unpacked(content: bytes, *, most_bytes: int, most_parts: int, field: str = "file") -> Iterator[tuple[str, bytes]]:
    """Name and content of each part, in order. What the parts say of their size is not trusted: counting stops at
    `most_bytes` in all. Raises InvalidValue at `field` (`file_too_full`, `file_broken`)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > most_parts or sum(part.file_size for part in parts) > most_bytes:
                raise InvalidValue(field, "file_too_full")
            left = most_bytes
            for part in parts:
                with packed.open(part) as stream:
                    inside = stream.read(left + 1)
                left -= len(inside)
                if left < 0:
                    raise InvalidValue(field, "file_too_full")
                yield part.filename, inside
    except UNREADABLE as error:
        raise InvalidValue(field, "file_broken") from error
