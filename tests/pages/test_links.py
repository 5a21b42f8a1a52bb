"""A link from a letter opens what it was made for, while it lasts, and nothing else: every address with a token.

What stands behind a link is looked for after the link itself was found good, and here does not exist: so who is let in
is known by what the database is asked next.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.links.actions import make_link, token_of
from matchmaker.links.models import Link, Purpose
from tests.conftest import QueryCount
from tests.factories import people

NOBODY = 1_000_000
"""A subject that does not exist."""
FOLLOW, APPOINTMENT = Purpose.FOLLOW_REQUEST, Purpose.CONFIRM_APPOINTMENT
OF_BLUEPRINT = {
    "appointment_links": APPOINTMENT,
    "links": Purpose.COLLEAGUE_ANSWER,
    "placement_links": Purpose.PLACEMENT,
    "public": FOLLOW,
    "session_links": Purpose.SESSION_AFTER,
    "signing_links": Purpose.SIGN_AGREEMENT,
}
OF_ENDPOINT = {
    "account.accept_invitation": {Purpose.INVITATION},
    "account.begin_again": {Purpose.SECOND_STEP},
    "account.choose_password": {Purpose.PASSWORD},
    "account.confirm_address": {Purpose.NEW_ADDRESS},
    "account.finish_sign_up_form": {Purpose.SIGN_UP},
    "account.keep_address": {Purpose.KEEP_ADDRESS},
    "account.sign_up_by_provider": {Purpose.SIGN_UP_BY_PROVIDER},
    "account.tie_by_letter": {Purpose.TIE_IDENTITY},
    "appointment_links.choose_as_visitor": {FOLLOW},
    "committee_links.answer_meeting": {Purpose.MEETING},
    "committee_links.answer_seat": {Purpose.SEAT},
    "committee_links.show_meeting": {Purpose.MEETING},
    "committee_links.show_seat": {Purpose.SEAT},
    "feeds.calendar_feed": {Purpose.FEED},
    "feeds.calendar_feed_plain": {Purpose.FEED},
    "feeds.offers_feed": {Purpose.OFFERS_FEED},
    "feeds.organisation_feed": {Purpose.ORGANISATION_FEED},
    "feeds.organisation_feed_plain": {Purpose.ORGANISATION_FEED},
    "public.confirm": {Purpose.CONFIRM_REQUEST},
    "public.confirm_data_request": {Purpose.DATA_REQUEST},
    "public.download_data": {Purpose.DATA_REQUEST},
    "public.show_data_request": {Purpose.DATA_REQUEST},
    "public.show_request": {Purpose.CONFIRM_REQUEST, FOLLOW},
}
NEWCOMER = {"provider_id": NOBODY, "issuer": "https://login.example", "subject": "x", "browser": "x"}
VALUES = {
    Purpose.SIGN_UP: {"email": "iemand@test.example", "name": "Iemand", "language": "nl"},
    Purpose.SIGN_UP_BY_PROVIDER: {"email": "iemand@test.example", "newcomer": NEWCOMER},
    Purpose.TIE_IDENTITY: {"newcomer": NEWCOMER},
    Purpose.SESSION_AFTER: {"party": "school"},
}
"""What some carry."""
OF_DOOR = {"vraag": {FOLLOW}, "afspraak": {APPOINTMENT}}


def purposes_of(rule: Rule, given: dict[str, object]) -> set[Purpose]:
    """What a link must have been made for to be let in here; empty when nobody said so."""
    if "door" in given:
        return OF_DOOR[str(given["door"])]
    blueprint = rule.endpoint.partition(".")[0]
    of_blueprint = {OF_BLUEPRINT[blueprint]} if blueprint in OF_BLUEPRINT else set()
    return OF_ENDPOINT.get(rule.endpoint, of_blueprint)


def addresses(app: Flask) -> Iterator[tuple[Rule, str, dict[str, object]]]:
    """Every address with a token: its rule, a method, and all it takes but the token."""
    for rule in app.url_map.iter_rules():
        if "token" in rule.arguments:
            choices = [
                [(name, value) for value in getattr(converter, "items", [1])]
                for name, converter in rule._converters.items()
                if name != "token"
            ]
            for method, chosen in product(sorted({"GET", "POST"} & (rule.methods or set())), product(*choices)):
                yield rule, method, dict(chosen)


def let_in(app: Flask, links: dict[Purpose, Link], *, fit: bool) -> tuple[list[str], set[str]]:
    """(where a link was let in, where one was tried): links that were made for the address (`fit`), or all others.

    Let in is who gets more than the page of a link that cannot be used, or who makes the database look further."""
    browser, adapter, opened, tried = FlaskClient(app, app.response_class), app.url_map.bind("localhost"), [], set()
    tokens = {purpose: token_of(link) for purpose, link in links.items()}
    db.session.commit()
    for rule, method, given in addresses(app):
        for purpose, token in tokens.items():
            if (purpose in purposes_of(rule, given)) is fit:
                path = adapter.build(rule.endpoint, {**given, "token": token}, method=method)
                with QueryCount(db.engine) as queries:
                    answer = browser.open(path, method=method)
                asked = f"{method} {rule.rule} {sorted(given.items())} with {purpose}"
                tried.add(asked)
                if answer.status_code != 410 or "FROM links" not in queries.statements[-1]:
                    opened.append(asked)
    return opened, tried


def links_of_all_kinds() -> dict[Purpose, Link]:
    """Of someone with an account, but about nothing that exists."""
    common = {"subject_id": NOBODY, "account_id": people.account().id, "days": 5}
    return {purpose: make_link(purpose, **common, **VALUES.get(purpose, {})) for purpose in Purpose}


def test_of_every_address_with_a_token_it_was_said_which_links_it_takes(app: Flask) -> None:
    unsaid = {rule.endpoint for rule, _method, given in addresses(app) if not purposes_of(rule, given)}
    assert unsaid == set()
    taken = set[Purpose]().union(*(purposes_of(rule, given) for rule, _method, given in addresses(app)))
    assert taken == set(Purpose)


def test_a_link_that_was_made_for_something_else_opens_nothing(app: Flask) -> None:
    opened, tried = let_in(app, links_of_all_kinds(), fit=False)
    assert opened == []
    assert len(tried) > 1000


@pytest.mark.parametrize(
    "ended", [{"used_at": 0}, {"revoked_at": 0}, {"expires_at": -1}], ids=["used", "revoked", "expired"]
)
def test_a_link_that_ended_opens_nothing(app: Flask, ended: dict[str, int]) -> None:
    links = links_of_all_kinds()
    for link in links.values():
        for column, days in ended.items():
            setattr(link, column, now() + timedelta(days=days))
    opened, tried = let_in(app, links, fit=True)
    assert opened == []
    assert len(tried) > 50


def test_a_good_link_is_let_in_everywhere(app: Flask) -> None:
    """Else the tests above would pass without a door."""
    opened, tried = let_in(app, links_of_all_kinds(), fit=True)
    assert set(opened) == tried
