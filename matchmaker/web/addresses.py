"""What may stand in an address, its whole form, and where a visitor may be sent back to."""

from urllib.parse import quote, urlencode, urlsplit

from flask import current_app, request, url_for
from werkzeug.routing import BaseConverter, ValidationError

from matchmaker.database import MAX_ID


class IdConverter(BaseConverter):
    """A row number as it fits the database; anything else is an address that does not exist."""

    regex = r"[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        number = int(value)
        if number > MAX_ID:
            raise ValidationError()
        return number


def whole(path: str) -> str:
    """A path as the whole address visitors type: PUBLIC_URL before it, whatever the request says its host is."""
    return f"{current_app.extensions['settings'].public_url}{path}"


def whole_url_for(endpoint: str, **values: object) -> str:
    """The whole address of a page."""
    return whole(url_for(endpoint, **values))  # type: ignore[arg-type]


def own_path(target: str | None, fallback: str) -> str:
    """`target` when it is a path on this site, else the fallback: no one is sent to another site."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return fallback
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or any(ord(c) < 32 for c in target):
        return fallback
    return target


def here_with(**changes: str | None) -> str:
    """The address of this page with part of its question changed; None leaves a part out."""
    kept = [(name, value) for name, values in request.args.lists() if name not in changes for value in values]
    pairs = [*kept, *((name, value) for name, value in changes.items() if value is not None)]
    asked = urlencode(pairs, errors="replace")
    return quote(request.path, errors="replace") + (f"?{asked}" if asked else "")
