"""Signing in, and what is about oneself."""

from flask import Blueprint

account = Blueprint("account", __name__)

from matchmaker.web.account import (
    by_provider,
    addresses,
    carrying_on,
    consents,
    corrections,
    invitations,
    mail,
    passkeys,
    my_data,
    passwords,
    profile,
    roles,
    saved,
    second_step,
    sign_in,
    sign_up,
    start,
    ties,
    tokens,
)

__all__ = [
    "account",
    "by_provider",
    "addresses",
    "carrying_on",
    "consents",
    "corrections",
    "invitations",
    "mail",
    "passkeys",
    "my_data",
    "passwords",
    "profile",
    "roles",
    "saved",
    "second_step",
    "sign_in",
    "sign_up",
    "start",
    "ties",
    "tokens",
]
