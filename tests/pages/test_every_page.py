"""Every page of the demo, as every role: answers well, is whole, and changes nothing."""

import hashlib
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from matchmaker.database import db
from matchmaker.demo.accounts import DEMO_PASSWORD
from matchmaker.matches.warm import committed_postings
from matchmaker.vocabulary import PLACE_KINDS, Role, Side
from tests.conftest import QueryCount
from tests.factories.client import check_page
from tests.factories.defences import check_headers
from tests.factories.forms import PageReader
from tests.pages.conftest import Site
from tests.pages.walk import is_page, signed_in, walk

WALKERS = ["anonymous", *(role.value for role in Role)]
MOST_QUERIES = 22
"""The page of a desk asks most: an item, its candidates, its neighbours and the students who wait."""
APART = {"sign_in_sessions", "audit_events", "audit_seals", "audit_head", "submissions", "sign_in_attempts"}
"""Signing in itself is a change; it writes these."""


def fingerprint(app: Flask) -> dict[str, str]:
    """A digest of every row of each table, but for what signing in writes."""
    digests = {}
    with app.app_context():
        for table in db.metadata.sorted_tables:
            if table.name not in APART:
                rows = db.session.execute(text(f'SELECT * FROM "{table.name}"')).all()  # noqa: S608
                digests[table.name] = hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()
        db.session.rollback()
    return digests


def check_forms(path: str, page: str) -> None:
    """A form that changes something carries a token against forgery and a key against double sending."""
    for form in PageReader(page).forms:
        if form.method == "post":
            assert form.inputs.get("csrf_token"), f"{path}: {form.action} lacks a token"
            assert form.inputs.get("submission_key"), f"{path}: {form.action} lacks a key"


def fill_index() -> None:
    """What the page that comes first would fill, once a process."""
    for kind in sorted(PLACE_KINDS):
        with committed_postings(kind, Side.OFFER) as index:
            assert index.kind is kind
    db.session.rollback()


@pytest.mark.parametrize("who", WALKERS)
def test_every_page_answers_and_is_whole_html(site: Site, who: str, pages_folder: Path) -> None:
    client = site.app.test_client() if who == "anonymous" else signed_in(site.app, site.accounts[who], DEMO_PASSWORD)
    before, seen, asked = fingerprint(site.app), 0, 0
    with site.app.app_context():
        engine = db.engine
        fill_index()
    with QueryCount(engine) as queries:
        for path, answer in walk(site.app, client, "/" if who == "anonymous" else "/start", who=who):
            assert answer.status_code in (200, 302, 304), f"{answer.status_code} on {path} as {who}"
            assert queries.number - asked <= MOST_QUERIES, f"{queries.number - asked} queries on {path} as {who}"
            asked = queries.number
            check_headers(answer)
            if is_page(site.app, path, answer):
                check_page(answer.text)
                check_forms(path, answer.text)
                (pages_folder / f"{who}-{seen:03d}.html").write_text(answer.text, "utf-8")
                seen += 1
    assert seen >= 10
    assert fingerprint(site.app) == before, f"looking around as {who} changed something"
