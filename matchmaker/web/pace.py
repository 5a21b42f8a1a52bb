"""How much one account may change in an hour: far more than a person does, far less than a program that ran away."""

from flask import Flask, abort, current_app, request
from flask_login import current_user

from matchmaker.limits.actions import TooOften, pass_door
from matchmaker.limits.models import Door
from matchmaker.web.sign_in_state import me

ALWAYS = "account.sign_out"


def register(app: Flask) -> None:
    app.before_request(keep_pace)


def keep_pace() -> None:
    """Count a form that someone signed in sends; one too many is answered with 429 before it is looked at."""
    if request.method != "POST" or request.endpoint == ALWAYS or not current_user.is_authenticated:
        return
    if not current_app.extensions["settings"].limits:
        return
    try:
        pass_door(Door.CHANGES, address=f"account {me().id}")
    except TooOften:
        abort(429)
