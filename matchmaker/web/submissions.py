"""A form sent twice makes one change: the second answer leads where the first one led.

What differs was typed after the first was sent, on a page the browser had kept: that is another form.
"""

import hashlib
import json
import secrets
from typing import IO
from urllib.parse import urlsplit

from flask import Flask, Response, g, redirect, request, session, url_for
from flask.globals import request_ctx
from werkzeug.wrappers import Response as BaseResponse

from matchmaker.submissions.actions import claim, find, note_location, release, wait_for_location
from matchmaker.web.addresses import own_path, whole
from matchmaker.web.sign_in_state import TOKEN

FIELD = "submission_key"
CSRF = "csrf_token"
"""Made anew for each page, so it says nothing of what was typed."""
START = "account.start"


def register(app: Flask) -> None:
    app.before_request(answer_repeat)
    app.after_request(remember_answer)
    app.jinja_env.globals["submission_key"] = new_key


def new_key() -> str:
    """A key for one form on one page."""
    return secrets.token_hex(16)


def leave_key() -> None:
    """The database is away, so it is not asked again: the key went with the change, or was kept with it."""
    g.pop("submission", None)


def answer_repeat() -> BaseResponse | None:
    """Claim the key of this form; when it was handled before, lead to that answer."""
    if request.method != "POST" or FIELD not in request.form:
        return None
    key = _key()
    earlier = find(key)
    if earlier is None and not claim(key):
        earlier = find(key)
    if earlier is not None:
        return redirect(wait_for_location(key) or _page_before())
    g.submission = key
    return None


def _key() -> str:
    """A digest of the form's key, the person, the address and all that was sent."""
    sent = [(name, value) for name, value in request.form.items(multi=True) if name != CSRF]
    files = [(name, each.filename, _digest(each.stream)) for name, each in request.files.items(multi=True)]
    said = json.dumps([str(session.get(TOKEN, "")), request.path, sent, files])
    return hashlib.sha256(said.encode()).hexdigest()


def _digest(stream: IO[bytes]) -> str:
    found = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
    stream.seek(0)
    return found


def _page_before() -> str:
    """Where to go when nobody noted where the first answer led: a page that can be asked for, and no other site."""
    if "GET" in (request_ctx.url_adapter.allowed_methods() if request_ctx.url_adapter else ()):
        return request.path
    came_from = urlsplit(request.referrer or "")
    ours = came_from.netloc == urlsplit(whole("/")).netloc
    return own_path(came_from.path if ours else None, url_for(START))


def remember_answer(response: Response) -> Response:
    """After the view has committed: where its answer led. A form that came back may be sent again."""
    if "submission" not in g:
        return response
    if response.status_code in (302, 303):
        note_location(g.submission, response.location or "")
    else:
        release(g.submission)
    return response
