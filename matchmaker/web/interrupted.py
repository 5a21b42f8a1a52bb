"""Who sends a form after the session ended signs in and goes on: what was typed waits for that same person."""

from flask import request, session, url_for

from matchmaker.accounts.queries import accounts_by_id
from matchmaker.database import db
from matchmaker.submissions.interrupted import keep_form
from matchmaker.web.fields import all_sent_along
from matchmaker.web.submissions import CSRF, FIELD

SECRETS = frozenset({"password", "current", "client_secret", "code", "credential"})
"""Fields that are typed again: nothing of a form with one of these is kept."""
OF_THE_PAGE = frozenset({CSRF, FIELD})


def keep_what_was_sent() -> str | None:
    """The address at which someone goes on after signing in; None when nothing is kept.

    Who it was stands in the signed cookie of this browser, and the form was proved to come from a page of ours.
    """
    who = str(session.get("_user_id", ""))
    asks_itself = request.accept_mimetypes.best == "application/json"
    if request.method != "POST" or asks_itself or SECRETS & request.form.keys() or not who.isdecimal():
        return None
    fields = [(name, value) for name, value in all_sent_along() if name not in OF_THE_PAGE]
    person = accounts_by_id([int(who)]).get(int(who))
    had_files = any(each.filename for each in request.files.values())
    path = request.full_path.rstrip("?")
    kept = keep_form(person.id, path=path, fields=fields, had_files=had_files) if person else None
    db.session.commit()
    return url_for("account.carry_on", form_id=kept.id) if kept else None
