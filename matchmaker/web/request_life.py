"""Around every request: its id, whether it may write, and a first look at hostile input."""

import re
import secrets

from flask import Flask, Response, abort, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from matchmaker.audit.actions import origin
from matchmaker.database import read_only

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
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
    g.request_id = secrets.token_hex(8)
    origin.set(g.request_id)
    read_only(request.method in SAFE_METHODS)
    if _UNUSABLE.search(request.path) or any(
        _UNUSABLE.search(text) for key, values in request.args.lists() for text in (key, *values)
    ):
        abort(400)


def end(_error: BaseException | None) -> None:
    read_only(False)


def stamp(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id", "")
    return response
