"""The cookie that holds someone's session: signed with SHA-256, so that nobody but us can write in it."""

import hashlib

from flask import Flask
from flask.sessions import SecureCookieSessionInterface


class SignedCookies(SecureCookieSessionInterface):
    digest_method = staticmethod(hashlib.sha256)


def configure(app: Flask) -> None:
    app.session_interface = SignedCookies()
