"""Nobody reaches a page or action without a right to it: every role against every route."""

from collections.abc import Iterator

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from matchmaker.database import MAX_ID
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.house_rules.rights import EVERYONE, RIGHTS, SIGNED_IN

NOBODY = None
HARMLESS = {"IdConverter": MAX_ID, "AnyConverter": None}
LEAVES = "account.sign_out"


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every route with GET or POST, signing out last."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: (each.endpoint == LEAVES, each.rule)):
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            yield rule, method


def address(app: Flask, rule: Rule) -> str:
    """The address with something harmless in each gap: a number nobody has, a word nobody uses."""
    values = {}
    for name, converter in rule._converters.items():
        kind = type(converter).__name__
        values[name] = next(iter(converter.items)) if kind == "AnyConverter" else HARMLESS.get(kind, "bestaat-niet")
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return adapter.build(rule.endpoint, values, method=next(iter(rule.methods or {"GET"})))


def may(role: Role | None, endpoint: str) -> bool:
    who = RIGHTS[endpoint]
    if who == EVERYONE:
        return True
    return role is not NOBODY and (who == SIGNED_IN or role in who)


def to_the_door(answer: TestResponse) -> bool:
    return answer.status_code == 302 and (answer.location or "").startswith("/inloggen")


@pytest.mark.parametrize("role", [NOBODY, *Role], ids=lambda role: role or "nobody")
def test_a_role_reaches_its_own_pages_and_no_other(app: Flask, role: Role | None) -> None:
    browser = FlaskClient(app)
    person = people.member(role, people.role_home(role)) if role else None
    if person:
        browser.post("/inloggen", data={"email": person.email, "password": people.PASSWORD})
    wrong = []
    for rule, method in routes(app):
        if rule.endpoint not in RIGHTS:
            continue
        for name in list(g):
            g.pop(name)
        answer = browser.open(address(app, rule), method=method)
        if may(role, rule.endpoint):
            fine = answer.status_code < 500 and answer.status_code != 403 and not to_the_door(answer)
            fine = fine or rule.endpoint == LEAVES
        else:
            fine = to_the_door(answer) if role is NOBODY else answer.status_code == 403
        if not fine:
            wrong.append(f"{method} {rule.rule} ({rule.endpoint}): {answer.status_code} {answer.location or ''}")
    assert wrong == []


def test_every_route_says_who_may_reach_it(app: Flask) -> None:
    known = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert sorted(known - RIGHTS.keys()) == [], "add these to tests/house_rules/rights.py"
    assert sorted(RIGHTS.keys() - known) == [], "these are gone: take them out of tests/house_rules/rights.py"


def test_the_matrix_holds_every_role_and_the_visitor(app: Flask) -> None:
    assert len(Role) + 1 == 13


def test_a_role_taken_away_counts_in_the_next_request(app: Flask) -> None:
    person = people.member(Role.OFFICER, people.municipality())
    browser = FlaskClient(app)
    browser.post("/inloggen", data={"email": person.email, "password": people.PASSWORD})
    assert browser.get("/loket/").status_code == 200
    (membership,) = person.memberships
    membership.role = Role.COLLEAGUE
    people.db.session.commit()
    for name in list(g):
        g.pop(name)
    assert browser.get("/loket/").status_code == 403
