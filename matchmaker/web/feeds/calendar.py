"""The calendar feed of one person."""

from flask import Response, g
from flask_babel import force_locale, gettext

from matchmaker.appointments.feeds import reader_of
from matchmaker.appointments.ical import feed
from matchmaker.web.feeds import feeds
from matchmaker.web.together.entries import entries_for_feed


@feeds.get("/agenda/feed/<token>.ics")
@feeds.get("/agenda/feed/<token>", endpoint="calendar_feed_plain")
def calendar_feed(token: str) -> Response:
    """Everything to come, half a year back, and what was cancelled; private and never kept by others."""
    account = reader_of(token)
    g.language = account.language
    with force_locale(account.language):
        name = gettext("Afspraken met scholen en gemeenten")
    content = feed(entries_for_feed(account), language=account.language, name=name)
    return Response(content, mimetype="text/calendar", headers={"Cache-Control": "private, max-age=900"})
