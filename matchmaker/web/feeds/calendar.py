"""The calendar feeds: of one person, and of an organisation as one person there may see it."""

from flask import Response, g
from flask_babel import force_locale, gettext

from matchmaker.appointments.feeds import reader_of
from matchmaker.appointments.ical import feed
from matchmaker.appointments.queries import FEED_KEEPS
from matchmaker.calendars.actions import membership_of_calendar
from matchmaker.calendars.entries import DatedEntry
from matchmaker.calendars.queries import calendar_here, feed_days
from matchmaker.clock import now
from matchmaker.web.feeds import feeds
from matchmaker.web.files import as_text
from matchmaker.web.together.entries import entries_for_feed
from matchmaker.words.calendar import worded


@feeds.get("/agenda/feed/<token>.ics")
@feeds.get("/agenda/feed/<token>", endpoint="calendar_feed_plain")
def calendar_feed(token: str) -> Response:
    """Everything to come, half a year back, and what was cancelled; private and never kept by others."""
    account = reader_of(token)
    g.language = account.language
    with force_locale(account.language):
        name = gettext("Afspraken met scholen en gemeenten")
    content = feed(entries_for_feed(account), language=account.language, name=name)
    return as_text(content, "ics", cache="private, max-age=900")


@feeds.get("/agenda/organisatie/<token>.ics")
@feeds.get("/agenda/organisatie/<token>", endpoint="organisation_feed_plain")
def organisation_feed(token: str) -> Response:
    """Half a year back and two years ahead; private and never kept by others."""
    membership = membership_of_calendar(token)
    language = g.language = membership.account.language
    since, until = feed_days(now(), FEED_KEEPS)
    with force_locale(language):
        entries = [
            worded(each, language) if isinstance(each, DatedEntry) else each
            for each in calendar_here(membership, since=since, until=until)
        ]
        name = gettext("Agenda van %(name)s", name=membership.organisation.name)
    content = feed(entries, language=language, name=name)
    return as_text(content, "ics", cache="private, max-age=900")
