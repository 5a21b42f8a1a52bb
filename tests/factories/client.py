"""A browser for tests: signs in by the front door and checks every page it gets."""

import re
from typing import Any

import html5lib
from flask import g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matchmaker.accounts.models import Account
from tests.factories.defences import check_headers
from tests.factories.people import PASSWORD


class Client(FlaskClient):
    """Checks each answer for its headers, and each HTML page: parses without error, has a title, one h1, no double ids.

    Every request starts with an empty `g`, as on a server: the context of the test would keep it otherwise. A form
    sent without a version is sent once more with the one the page then shows, as who wants the own text kept does.
    """

    def sign_in(self, account: Account) -> "Client":
        answer = self.post("/inloggen", data={"email": account.email, "password": PASSWORD})
        assert answer.status_code == 302, answer.text
        return self

    def post(self, *args: Any, **kwargs: Any) -> TestResponse:
        answer, data = super().post(*args, **kwargs), kwargs.get("data")
        asked = answer.mimetype == "text/html" and isinstance(data, dict) and "version" not in data
        if asked and (version := _version_shown(answer.text)):
            return super().post(*args, **{**kwargs, "data": {**data, "version": version}})
        return answer

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        for name in list(g):
            g.pop(name)
        response = super().open(*args, **kwargs)
        check_headers(response)
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 308):
            check_page(response.text)
        return response


def _version_shown(page: str) -> str:
    """The version on a page that says someone else saved first."""
    found = re.search(r'name="version" type="hidden" value="([^"]+)"', page) if 'id="andere-versie"' in page else None
    return found[1] if found else ""


def check_page(page: str) -> None:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(page)
    assert parser.errors == [], parser.errors
    titles = document.findall(".//head/title")
    assert len(titles) == 1 and (titles[0].text or "").strip()
    headings = document.findall(".//h1")
    assert len(headings) == 1, f"{len(headings)} h1"
    ids = [each.get("id") for each in document.iter() if each.get("id")]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
