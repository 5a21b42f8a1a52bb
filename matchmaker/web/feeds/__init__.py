"""What programs of people fetch without signing in, under an address only they know."""

from flask import Blueprint

feeds = Blueprint("feeds", __name__)

from matchmaker.web.feeds import calendar, offers, programs  # noqa: E402

__all__ = ["calendar", "feeds", "offers", "programs"]
