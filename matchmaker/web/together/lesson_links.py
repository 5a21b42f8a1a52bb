"""After a lecture, from the letter and without signing in."""

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.accounts.models import Account
from matchmaker.accounts.queries import accounts_by_id
from matchmaker.database import db
from matchmaker.errors import LinkUnusable
from matchmaker.links.actions import find_link
from matchmaker.links.models import Purpose
from matchmaker.matches.models import Match
from matchmaker.matches.queries import match_by_id
from matchmaker.sessions.queries import material_in, session_by_id, session_for
from matchmaker.vocabulary import Party
from matchmaker.web.together.looking_back import look_back_form, look_back_page, told
from matchmaker.web.uploads import as_download

session_links = Blueprint("session_links", __name__)


@session_links.get("/les/<token>")
def show_lesson(token: str) -> str:
    """The questions, or what was said; opening a link changes nothing."""
    match, party, _ = _asked(token)
    return look_back_page(match, look_back_form(match, party), party=party, token=token)


@session_links.post("/les/<token>")
def tell_of_lesson(token: str) -> Response | str:
    """What someone says of it. The link stays good: an answer can change until the other side reads it."""
    match, party, person = _asked(token, lock=True)
    form = look_back_form(match, party)
    if not form.validate_on_submit() or not told(match, form, by=person, party=party):
        return look_back_page(match, form, party=party, token=token)
    db.session.commit()
    flash(gettext("Dank u. Het staat erbij."), "success")
    return redirect(url_for("session_links.show_lesson", token=token))


@session_links.get("/les/<token>/materiaal/<id:material_id>")
def download_material(token: str, material_id: int) -> Response:
    return as_download(material_in(session_for(_asked(token)[0].id), material_id).file)


def _asked(token: str, *, lock: bool = False) -> tuple[Match, Party, Account | None]:
    """The match, the side and the person of a link; raises LinkUnusable once the account was closed."""
    link = find_link(token, Purpose.SESSION_AFTER)
    person = accounts_by_id([link.account_id]).get(link.account_id) if link.account_id else None
    if link.account_id and (person is None or not person.is_active):
        raise LinkUnusable("revoked")
    match = match_by_id(session_by_id(link.subject_id).match_id, lock=lock)
    return match, Party(link.values["party"]), person
