"""Letters that left, wait or failed, as their reader sees them."""

import re

from flask import current_app, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.database import db
from matchmaker.delivery import LINK_PATHS, render
from matchmaker.mail.actions import try_letter_again
from matchmaker.mail.models import LetterStatus
from matchmaker.mail.queries import letter_by_id, letters, letters_by_status
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import asked_code, asked_text, pages, window
from matchmaker.web.guards import PLATFORM_ADMIN, only
from matchmaker.web.security import SHUT_IN
from matchmaker.web.sign_in_state import me

_TOKEN = re.compile("(" + "|".join(map(re.escape, sorted(set(LINK_PATHS.values())))) + r")[A-Za-z0-9_-]{20,}")


def without_token(text: str) -> str:
    """The letter without the secret of its link: reading is no right to act as the reader. The demo shows all."""
    return text if current_app.extensions["settings"].demo else _TOKEN.sub(r"\1…", text)


@admin.get("/brieven")
@only(PLATFORM_ADMIN)
def list_letters() -> str:
    rows, total = letters(search=asked_text(), status=asked_code("status", LetterStatus), **window())
    subjects = {letter.id: render(letter).subject for letter in rows}
    return render_template(
        "admin/letters/list.html",
        letters=rows,
        subjects=subjects,
        total=total,
        pages=pages(total),
        counts=letters_by_status(),
    )


@admin.get("/brieven/<id:letter_id>")
@only(PLATFORM_ADMIN)
def show_letter(letter_id: int) -> str:
    letter = letter_by_id(letter_id)
    rendered = render(letter)
    return render_template(
        "admin/letters/letter.html", letter=letter, subject=rendered.subject, text=without_token(rendered.text)
    )


@admin.get("/brieven/<id:letter_id>/html")
@only(PLATFORM_ADMIN)
def show_letter_html(letter_id: int) -> Response:
    """The HTML of the letter, shut in: it can run, load and send nothing."""
    response = make_response(without_token(render(letter_by_id(letter_id)).html))
    response.headers["Content-Security-Policy"] = SHUT_IN
    return response


@admin.post("/brieven/<id:letter_id>/opnieuw")
@only(PLATFORM_ADMIN)
def try_letter(letter_id: int) -> Response:
    try_letter_again(letter_by_id(letter_id), by=me())
    flash(gettext("De brief gaat nog een keer weg."), "success")
    db.session.commit()
    return redirect(url_for("admin.show_letter", letter_id=letter_id))
