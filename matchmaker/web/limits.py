"""A page that is open to everyone and was used too often from one network: it says so and keeps what was typed."""

from flask import current_app, request
from flask_babel import gettext

from matchmaker.limits.actions import TooOften, pass_door
from matchmaker.limits.models import Door
from matchmaker.web.fields import Form

TOO_MANY = 429


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
