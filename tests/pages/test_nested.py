"""What lies in something of yours is found there and nowhere else: every address with two numbers, and every address
behind a link with one. Own holder with a foreign child, and foreign holder with an own child, are both not found."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from matchmaker.database import db
from tests.factories.client import Client
from tests.house_rules.rights import EVERYONE, RIGHTS
from tests.pages.nested import MADE, Holder, Two
from tests.pages.test_links import purposes_of

LED_OUT = {302, 400, 403, 409}
"""Answers of an address that exists to who sends nothing useful."""


def gaps_of(rule: Rule) -> list[str]:
    """What holds (unless a link leads there), and what is inside, in the order of the address."""
    return [each for each in rule._converters if each.endswith("_id") or each == "reference"]


def nested(app: Flask) -> list[Rule]:
    """Every address with a child in something else, the ones that take it away last."""
    rules = [each for each in app.url_map.iter_rules() if len(gaps_of(each)) + ("token" in each._converters) > 1]
    return sorted((each for each in rules if gaps_of(each)), key=lambda each: (each.rule.endswith("/weg"), each.rule))


def key_of(rule: Rule) -> tuple[str, str]:
    return rule.endpoint.partition(".")[0], gaps_of(rule)[-1]


def paths(app: Flask, rule: Rule, holder: Holder, child: Holder) -> Iterator[str]:
    """The address with this holder and the child of that one; once for each door."""
    adapter, gaps = app.url_map.bind("localhost"), gaps_of(rule)
    inside = {gaps[-1]: child.inside[gaps[-1]], **{gap: holder.inside[gap] for gap in gaps[:-1]}}
    doors = sorted(getattr(rule._converters.get("door"), "items", [""]))
    for door in doors:
        given: dict[str, object] = {**inside, **({"door": door} if door else {})}
        if "token" in rule.arguments:
            (purpose,) = purposes_of(rule, given)
            given["token"] = holder.links[purpose]
        yield adapter.build(rule.endpoint, given, method=next(iter(rule.methods or ())))


def browsers(app: Flask, rule: Rule, two: Two) -> dict[str, FlaskClient]:
    """Who may be there: a visitor with a link, or everyone in a role that opens it."""
    app.test_client_class = Client
    if RIGHTS[rule.endpoint] == EVERYONE:
        return {"visitor": app.test_client()}
    return {
        role.value: app.test_client().sign_in(who)  # type: ignore[attr-defined]
        for role, who in two.openers.items()
        if role in RIGHTS[rule.endpoint]
    }


def test_of_every_address_with_a_child_it_was_said_what_to_try_it_with(app: Flask) -> None:
    assert {key_of(rule) for rule in nested(app)} == set(MADE)
    assert [rule.rule for rule in nested(app) if len(gaps_of(rule)) > 2] == []


@pytest.mark.parametrize("key", sorted(MADE), ids="-".join)
def test_a_child_is_found_in_its_own_holder_alone(app: Flask, key: tuple[str, str]) -> None:
    two = MADE[key]()
    db.session.commit()
    wrong, hidden = [], []
    for rule in nested(app):
        if key_of(rule) != key:
            continue
        seen_by = browsers(app, rule, two)
        assert seen_by, rule
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            for who, browser in seen_by.items():
                for other in two.others:
                    for path in [*paths(app, rule, two.mine, other), *paths(app, rule, other, two.mine)]:
                        status = browser.open(path, method=method).status_code
                        if status != 404:
                            wrong.append(f"{status} {method} {path} ({rule.endpoint}) as {who}")
            for path in paths(app, rule, two.mine, two.mine):
                found = {browser.open(path, method=method).status_code for browser in seen_by.values()}
                if not found & ({200} if method == "GET" else {200, *LED_OUT}):
                    hidden.append(f"{found} {method} {path} ({rule.endpoint})")
    assert wrong == []
    assert hidden == [], "nobody finds what is there, so that the rest proves nothing"
