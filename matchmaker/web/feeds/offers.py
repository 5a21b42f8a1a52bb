"""The feed of new offers that fit one student, at a secret address."""

from flask import Response, g
from flask_babel import force_locale, gettext

from matchmaker.applications.telling import newest_for, reader_of_offers_feed
from matchmaker.web.addresses import here_with, whole
from matchmaker.web.feeds import feeds
from matchmaker.web.files import as_text
from matchmaker.web.public.feeds import as_atom


@feeds.get("/student/feed/<token>")
def offers_feed(token: str) -> Response:
    """Newest first; private and never kept by others."""
    profile = reader_of_offers_feed(token)
    g.language = profile.account.language
    with force_locale(profile.account.language):
        listings = [each.listing for each in newest_for(profile)]
        xml = as_atom(
            gettext("Plekken die bij je passen"), listings, page=whole("/student/"), address=whole(here_with())
        )
    return as_text(xml, "atom", cache="private, max-age=900")
