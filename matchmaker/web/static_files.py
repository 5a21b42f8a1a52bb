"""Style sheets, scripts and fonts, served by the product itself: hashed names may be kept for ever."""

from flask import Flask
from whitenoise import WhiteNoise

from matchmaker.web.security import HEADERS, HSTS


def register(app: Flask) -> None:
    """Answer /static before the application is asked, with the same defences on every file."""
    headers = dict(HEADERS)
    if app.extensions["settings"].secure:
        headers["Strict-Transport-Security"] = HSTS

    def defend(answer: dict[str, str], _path: str, _url: str) -> None:
        for name, value in headers.items():
            answer[name] = value

    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=app.static_folder,
        prefix="static/",
        immutable_file_test=r"^.+\.[0-9a-f]{10}\.\w+$",
        add_headers_function=defend,
        allow_all_origins=False,
        max_age=3600,
    )
