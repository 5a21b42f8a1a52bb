"""Around every request: its id, whether it may write, and a first look at hostile input."""

import re
import secrets
import time

from flask import Flask, Response, abort, current_app, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from matchmaker.audit.actions import origin
from matchmaker.database import bound_questions, read_only
from matchmaker.operation.logs import REQUESTS
from matchmaker.operation.metrics import count_answer

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


def register(app: Flask) -> None:
    proxies = app.extensions["settings"].trusted_proxies
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    app.before_request(begin)
    app.after_request(stamp)
    app.teardown_request(end)


def begin() -> None:
    """GET reads only; a writing request takes its turn at the database. Addresses that cannot be text are refused."""
    g.begun = time.perf_counter()
    g.request_id = _request_id()
    origin.set(g.request_id)
    read_only(request.method in SAFE_METHODS)
    bound_questions(current_app.extensions["settings"].request_seconds)
    if _UNUSABLE.search(request.path) or any(
        _UNUSABLE.search(text) for key, values in request.args.lists() for text in (key, *values)
    ):
        abort(400)


def end(_error: BaseException | None) -> None:
    read_only(False)
    bound_questions(0)


def stamp(response: Response) -> Response:
    """Give the answer its id, count it, and say it in the log: the rule of the address, never the address itself."""
    response.headers["X-Request-Id"] = g.get("request_id", "")
    seconds = time.perf_counter() - g.get("begun", time.perf_counter())
    count_answer(request.endpoint or "", request.method, response.status_code, seconds)
    fields = {
        "method": request.method,
        "rule": str(request.url_rule or ""),
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 1),
        "actor": g.get("actor_id"),
    }
    REQUESTS.info("answered", extra={"fields": fields})
    return response


def _request_id() -> str:
    """The id the proxy gave when one is trusted, so that its log and ours can be laid side by side."""
    given = request.headers.get("X-Request-Id", "")
    trusted = current_app.extensions["settings"].trusted_proxies and _GIVEN_ID.fullmatch(given)
    return given if trusted else secrets.token_hex(8)
