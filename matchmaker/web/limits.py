"""Too often: a page open to everyone says so and keeps what was typed, and every refusal says when to come back."""

from flask import Flask, Response, current_app, request
from flask_babel import gettext

from matchmaker.limits.actions import TooOften, pass_door
from matchmaker.limits.models import Door
from matchmaker.web.fields import Form

TOO_MANY = 429
LATER = "300"
"""Seconds after which a program may ask again; after that a failure to sign in no longer counts."""


def register(app: Flask) -> None:
    app.after_request(say_when)


def say_when(answer: Response) -> Response:
    """Beside every 429, whichever rule refused."""
    if answer.status_code == TOO_MANY:
        answer.headers.setdefault("Retry-After", LATER)
    return answer


def is_too_often(door: Door, form: Form) -> bool:
    """Count this use of a door; when it was one too many, put that on the form."""
    if not current_app.extensions["settings"].limits:
        return False
    try:
        pass_door(door, address=request.remote_addr or "")
    except TooOften:
        form.form_errors.append(
            gettext(
                "Het laatste uur kwam dit al vaak van uw netwerk. Wat u invulde staat er nog. "
                "Probeer het over een uur opnieuw."
            )
        )
        return True
    return False
