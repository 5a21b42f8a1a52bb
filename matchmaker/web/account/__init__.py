"""Signing in, and what is about oneself."""

from flask import Blueprint

account = Blueprint("account", __name__)

from matchmaker.web.account import sign_in, start  # noqa: E402

__all__ = ["account", "sign_in", "start"]
