"""Style sheets, scripts and fonts, served by the product itself: hashed names may be kept for ever."""

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask
from whitenoise import WhiteNoise

from matchmaker.web.security import HEADERS, HSTS

READING = frozenset({"GET", "HEAD"})


def register(app: Flask) -> None:
    """Answer /static before the application is asked, with the same defences on every file."""
    headers = dict(HEADERS)
    if app.extensions["settings"].secure:
        headers["Strict-Transport-Security"] = HSTS

    def defended(start: StartResponse) -> StartResponse:
        """The same, with what a file and a refusal of one (a range beyond its end) lack."""

        def begin(status: str, given: list[tuple[str, str]], *error: Any) -> Any:
            known = {name.lower() for name, _ in given}
            return start(status, given + [each for each in headers.items() if each[0].lower() not in known], *error)

        return begin  # type: ignore[return-value]

    pages = app.wsgi_app
    files = WhiteNoise(
        pages,
        root=app.static_folder,
        prefix="static/",
        immutable_file_test=r"^.+\.[0-9a-f]{10}\.\w+$",
        allow_all_origins=False,
        max_age=3600,
    )

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """A file is read and nothing else; any other method is for the pages to refuse, with their headers."""
        if environ["REQUEST_METHOD"] in READING:
            return files(environ, defended(start))
        return pages(environ, start)

    app.wsgi_app = answer  # type: ignore[method-assign]
