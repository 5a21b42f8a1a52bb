"""The token by which a browser is recognised at the next sign-in. It opens nothing."""

import re
import secrets

from flask import Flask, Response, current_app, g, request

LASTS = 400 * 24 * 60 * 60
"""Seconds; browsers keep no cookie longer."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def register(app: Flask) -> None:
    app.after_request(remember)


def this_device() -> str:
    """The token of this browser; a new one is handed out with the answer."""
    token = request.cookies.get(_cookie_name(), "")
    g.device_token = token if _TOKEN.fullmatch(token) else secrets.token_urlsafe(32)
    return str(g.device_token)


def remember(response: Response) -> Response:
    if "device_token" in g:
        response.set_cookie(
            _cookie_name(),
            g.device_token,
            max_age=LASTS,
            secure=current_app.extensions["settings"].secure,
            httponly=True,
            samesite="Lax",
        )
    return response


def _cookie_name() -> str:
    return "__Host-device" if current_app.extensions["settings"].secure else "device"
