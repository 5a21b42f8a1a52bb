"""What every answer tells the browser to defend."""

from werkzeug.test import TestResponse

from matchmaker.web.security import HEADERS, SHUT_IN

POLICY = "Content-Security-Policy"
PAGES = {HEADERS[POLICY], SHUT_IN}
"""The policies of HTML: of a page of ours, and of a letter as it was sent."""


def check_headers(answer: TestResponse) -> None:
    """All of them are there; what is no page and no part of one can run, load and send nothing."""
    told = {name: answer.headers.get(name) for name in HEADERS}
    policy = told.pop(POLICY)
    assert told == {name: value for name, value in HEADERS.items() if name != POLICY}, told
    if answer.request.path.startswith("/static/"):
        assert policy == HEADERS[POLICY]
    else:
        assert policy in (PAGES if answer.mimetype == "text/html" else {SHUT_IN}), f"{answer.mimetype}: {policy}"
        assert answer.headers.get("Cache-Control")
