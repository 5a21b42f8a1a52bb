"""Signing in, and what is about oneself."""

from flask import Blueprint

account = Blueprint("account", __name__)

from matchmaker.web.account import (
    invitations,
    mail,
    passwords,
    profile,
    roles,
    saved,
    sign_in,
    sign_up,
    start,
)

__all__ = [
    "account",
    "invitations",
    "mail",
    "passwords",
    "profile",
    "roles",
    "saved",
    "sign_in",
    "sign_up",
    "start",
]
