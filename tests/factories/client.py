"""A browser for tests: signs in by the front door and checks every page it gets."""

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

    Every request starts with an empty `g`, as on a server: the context of the test would keep it otherwise.
    """

    def sign_in(self, account: Account) -> "Client":
        answer = self.post("/inloggen", data={"email": account.email, "password": PASSWORD})
        assert answer.status_code == 302, answer.text
        return self

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        for name in list(g):
            g.pop(name)
        response = super().open(*args, **kwargs)
        check_headers(response)
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 308):
            check_page(response.text)
        return response


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
