"""A file as an answer: the one way out for what is no page of ours. It can run, load and send nothing."""

import unicodedata
from urllib.parse import quote

from flask import Response
from werkzeug.http import dump_options_header

from matchmaker.web.security import SHUT_IN

MEDIA = {
    "atom": "application/atom+xml; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml; charset=utf-8",
    "zip": "application/zip",
}


def as_file(content: bytes | str, name: str, ending: str, *, cache: str = "") -> Response:
    """A file to keep, under this name with this ending (one of MEDIA). `cache` is for the header Cache-Control."""
    return named(content, f"{name}.{ending}", MEDIA[ending], cache=cache)


def as_text(content: bytes | str, ending: str, *, cache: str = "") -> Response:
    """What programs read where it stands: a feed, a calendar, a map of the site."""
    return _answer(content, MEDIA[ending], cache)


def named(content: bytes | str, name: str, media: str, *, cache: str = "") -> Response:
    """A file to keep, under the name and the media type it came with."""
    answer = _answer(content, media, cache)
    answer.headers["Content-Disposition"] = dump_options_header("attachment", _in_header(name))
    return answer


def _answer(content: bytes | str, media: str, cache: str) -> Response:
    answer = Response(content, content_type=media)
    answer.headers["Content-Security-Policy"] = SHUT_IN
    if cache:
        answer.headers["Cache-Control"] = cache
    return answer


def _in_header(name: str) -> dict[str, str]:
    """A name as a header can hold it (RFC 6266): what is left of it in ASCII, and all of it in percent signs."""
    whole = "".join(sign for sign in name if sign.isprintable())
    plain = unicodedata.normalize("NFKD", whole).encode("ascii", "ignore").decode("ascii")
    if plain == whole:
        return {"filename": whole}
    stem = plain.rpartition(".")[0].strip()
    return {"filename": plain if stem else f"bestand{plain}", "filename*": f"UTF-8''{quote(whole, safe='')}"}
