"""Pages for everyone."""

from flask import Blueprint

public = Blueprint("public", __name__)

from matchmaker.web.public import home  # noqa: E402

__all__ = ["home", "public"]
