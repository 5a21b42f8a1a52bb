"""Who needs a second step and has none is led to the page that sets it up, and reaches nothing else.

Asked in every request, so that it also counts for a role that was given a moment ago.
"""

from flask import Flask, current_app, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from matchmaker.accounts.rules import needs_second_step
from matchmaker.web.sign_in_state import my_roles

OPEN = frozenset(
    {
        "static",
        "account.sign_out",
        "account.show_second_step",
        "account.begin_app",
        "account.set_up_app",
        "account.add_passkey",
        "account.ask_new_passkey",
        "public.show_accessibility",
        "public.show_contact",
        "public.show_help",
        "public.show_privacy",
    }
)
"""What someone reaches before the second step is there: setting it up, leaving, and asking for help."""


def register(app: Flask) -> None:
    app.before_request(lead_to_set_up)


def is_required() -> bool:
    """Whether the signed-in person may not do without."""
    return current_app.extensions["settings"].second_step and needs_second_step(each.role for each in my_roles())


def lead_to_set_up() -> Response | None:
    if request.endpoint in OPEN or not current_app.extensions["settings"].second_step:
        return None
    if not current_user.is_authenticated or g.sign_in_session.has_second_step or not is_required():
        return None
    return redirect(url_for("account.show_second_step"))
