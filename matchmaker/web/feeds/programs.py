"""What programs read with a token in the header `Authorization: Bearer`. A refusal is a problem document (RFC 9457)."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, g, request
from flask_babel import force_locale, gettext

from matchmaker.appointments.ical import feed
from matchmaker.appointments.queries import for_feed
from matchmaker.committees.meeting_queries import meetings_for_feed
from matchmaker.listings.import_export.export import rows, to_csv, to_xlsx
from matchmaker.listings.queries import of_organisation
from matchmaker.tokens.actions import ScopeRefused, TokenRefused, find_token, is_use_noted, note_use
from matchmaker.tokens.models import AccessToken, Scope
from matchmaker.vocabulary import Side
from matchmaker.web.feeds import feeds
from matchmaker.web.files import as_file, as_text

View = Callable[..., Response]


def reads(scope: Scope) -> Callable[[View], View]:
    """Let a program in with a token for this, and keep afterwards that it was used."""

    def behind(view: View) -> View:
        @wraps(view)
        def checked(**values: Any) -> Response:
            try:
                token = find_token(_bearer(), scope)
            except TokenRefused:
                code = "invalid_token" if "Authorization" in request.headers else ""
                return _refused(401, code, "This token does not work. Make a new one in your account.")
            except ScopeRefused:
                return _refused(403, "insufficient_scope", "This token is for something else.")
            g.language = token.account.language
            answer, number, noted = view(token, **values), token.id, is_use_noted(token)
            if not noted:
                note_use(number)
            return answer

        return checked

    return behind


@feeds.get("/programma/lijst.<any('csv','xlsx'):form>")
@reads(Scope.LISTINGS)
def listings_for_program(token: AccessToken, form: str) -> Response:
    """What the organisation posted: the needs of a school, the offers of a municipality or region."""
    organisation = token.membership.organisation
    side = Side.NEED if organisation.is_institution else Side.OFFER
    table = rows(of_organisation(organisation, side, page_size=None))
    return as_file(to_csv(table) if form == "csv" else to_xlsx(table), organisation.slug, form)


@feeds.get("/programma/agenda.ics")
@reads(Scope.CALENDAR)
def calendar_for_program(token: AccessToken) -> Response:
    """The dates of the person, as in the calendar feed."""
    account = token.account
    with force_locale(account.language):
        name = gettext("Afspraken met scholen en gemeenten")
    entries = [*for_feed(account), *meetings_for_feed(account)]
    content = feed(entries, language=account.language, name=name)
    return as_text(content, "ics", cache="private, no-store")


def _bearer() -> str:
    """The token of the header; never of the address, which ends up in logs."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise TokenRefused()
    return token.strip()


def _refused(status: int, code: str, detail: str) -> Response:
    title = {401: "Unauthorized", 403: "Forbidden"}[status]
    body = json.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail})
    answer = Response(body, status=status, mimetype="application/problem+json")
    answer.headers["WWW-Authenticate"] = 'Bearer realm="matchmaker"' + (f', error="{code}"' if code else "")
    return answer
