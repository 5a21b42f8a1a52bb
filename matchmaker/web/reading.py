"""Who reads the file of another is written in the log, apart from the request that reads."""

from flask import Flask, Response, g, request
from flask_login import current_user

from matchmaker.audit.reading import reading_of, write_readings
from matchmaker.database import Identified
from matchmaker.web.sign_in_state import me


def register(app: Flask) -> None:
    app.after_request(_write)


def note_reading(about: Identified, **details: str) -> None:
    """This page shows a file of someone else; `details` as in `Reading`. What writes has events of its own."""
    if request.method == "POST":
        return
    person = me() if current_user.is_authenticated else None
    g.setdefault("readings", []).append(reading_of(about, by=person, **details))


def _write(response: Response) -> Response:
    noted = g.pop("readings", [])
    if noted and response.status_code == 200:
        write_readings(noted)
    return response
