"""Style sheets, scripts and fonts, served by the product itself: hashed names may be kept for ever."""

from collections.abc import Iterable
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

    def defend(answer: dict[str, str], _path: str, _url: str) -> None:
        for name, value in headers.items():
            answer[name] = value

    pages = app.wsgi_app
    files = WhiteNoise(
        pages,
        root=app.static_folder,
        prefix="static/",
        immutable_file_test=r"^.+\.[0-9a-f]{10}\.\w+$",
        add_headers_function=defend,
        allow_all_origins=False,
        max_age=3600,
    )

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """A file is read and nothing else; any other method is for the pages to refuse, with their headers."""
        return (files if environ["REQUEST_METHOD"] in READING else pages)(environ, start)

    app.wsgi_app = answer  # type: ignore[method-assign]
