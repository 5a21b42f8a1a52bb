"""Answers by mail that came in: what became of each, and another try for what failed."""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.database import db
from matchmaker.replies.actions import try_again
from matchmaker.replies.models import Fate
from matchmaker.replies.queries import received, received_by_fate, received_by_id
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import asked_code, pages, window
from matchmaker.web.guards import PLATFORM_ADMIN, only
from matchmaker.web.sign_in_state import me
from matchmaker.words.replies import FATES, reason_words


@admin.get("/antwoorden")
@only(PLATFORM_ADMIN)
def list_replies() -> str:
    fate = asked_code("status", Fate)
    rows, total = received(fate=fate, **window())
    return render_template(
        "admin/replies/list.html",
        rows=[(row, reason_words(row.reason, row.details) if row.reason else "") for row in rows],
        fates=FATES,
        chosen=fate,
        pages=pages(total),
        counts=received_by_fate(),
        mailbox=current_app.extensions["settings"].reply_to,
    )


@admin.post("/antwoorden/<id:mail_id>/opnieuw")
@only(PLATFORM_ADMIN)
def try_reply(mail_id: int) -> Response:
    try_again(received_by_id(mail_id), by=me())
    flash(gettext("Deze mail wordt binnen een minuut opnieuw bekeken."), "success")
    db.session.commit()
    return redirect(url_for("admin.list_replies"))
