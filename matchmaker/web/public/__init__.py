"""Pages for everyone."""

from flask import Blueprint

public = Blueprint("public", __name__)

from matchmaker.web.public import (  # noqa: E402
    browse,
    checking,
    competences,
    counting_searches,
    data_requests,
    exports,
    feeds,
    home,
    keeping,
    listings,
    machines,
    municipalities,
    page_words,
    privacy,
    schools,
    statements,
    visitor_requests,
)

__all__ = [
    "browse",
    "checking",
    "competences",
    "counting_searches",
    "data_requests",
    "exports",
    "feeds",
    "home",
    "keeping",
    "listings",
    "machines",
    "municipalities",
    "page_words",
    "privacy",
    "public",
    "schools",
    "statements",
    "visitor_requests",
]
