"""Walks the site as a person: from the first page along its links, a few pages of each kind."""

from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from matchmaker.vocabulary import Role
from tests.factories.forms import PageReader
from tests.house_rules.rights import EVERYONE, RIGHTS, SIGNED_IN

PER_ENDPOINT = 2
LETTER = "admin.show_letter_html"
"""A letter as it was sent: HTML, but no page of the site."""


def signed_in(app: Flask, email: str, password: str) -> FlaskClient:
    """A client that signed in by the front door, CSRF token and all."""
    client = app.test_client()
    form = next(each for each in PageReader(client.get("/inloggen").text).forms if "password" in each.inputs)
    answer = client.post("/inloggen", data=dict(form.pairs(email=[email], password=[password])))
    assert answer.status_code == 302, answer.text
    return client


def endpoint_of(app: Flask, path: str) -> str:
    """The page behind an address."""
    return app.url_map.bind("localhost").match(urlsplit(path).path, method="GET")[0]


def is_page(app: Flask, path: str, answer: TestResponse) -> bool:
    """Whether an answer is a page of the site, and not a redirect, a file or a letter."""
    return answer.mimetype == "text/html" and answer.status_code == 200 and endpoint_of(app, path) != LETTER


def is_for(who: str, endpoint: str) -> bool:
    """Whether a page may be opened in this role; a visitor is led to the door."""
    rights = RIGHTS[endpoint]
    return who == "anonymous" or rights in (EVERYONE, SIGNED_IN) or Role(who) in rights


def walk(app: Flask, client: FlaskClient, start: str = "/", *, who: str = "") -> Iterator[tuple[str, TestResponse]]:
    """Every address reached by links, at most two of each endpoint, with its answer.

    With `who` (a role or `anonymous`) every link of every page visited, followed or not, must be one they may open.
    """
    adapter = app.url_map.bind("localhost")
    waiting, known, visits = deque([start, "/"]), {start, "/"}, Counter[str]()
    while waiting:
        path = waiting.popleft()
        try:
            endpoint, _ = adapter.match(urlsplit(path).path, method="GET")
        except HTTPException as away:
            assert away.code in (308, 405), f"a link leads nowhere: {path}"
            continue
        if endpoint == "static" or visits[endpoint] >= PER_ENDPOINT:
            continue
        visits[endpoint] += 1
        answer = client.get(path)
        yield path, answer
        if answer.status_code in (301, 302, 303):
            links = [answer.location]
        elif answer.mimetype == "text/html":
            links = PageReader(answer.text).links
        else:
            links = []
        for link in links:
            address = urlsplit(urljoin(f"http://localhost{path}", link))
            if address.netloc != "localhost" or address.path.startswith("/static/"):
                continue
            target = address.path + (f"?{address.query}" if address.query else "")
            if who:
                assert is_for(who, endpoint_of(app, target)), f"{path} leads {who} to {target}, which is not for them"
            if target not in known:
                known.add(target)
                waiting.append(target)
