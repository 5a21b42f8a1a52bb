"""The demo as every role finds it: its pages, its forms, and a way to send something and take it back."""

import gc
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.engine import Connection
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from matchmaker.database import db
from matchmaker.delivery import LINK_PATHS
from matchmaker.demo.accounts import DEMO_PASSWORD, write_accounts
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link
from matchmaker.vocabulary import Role
from tests.factories.forms import PageForm, PageReader, encoded
from tests.factories.rollback import rolled_back
from tests.pages.walk import signed_in

FORM = "application/x-www-form-urlencoded"
LEAVES = "account.sign_out"
WALKERS = (
    None, Role.LECTURER, Role.COORDINATOR, Role.COLLEAGUE, Role.OFFICER, Role.REGION_COORDINATOR, Role.ORG_ADMIN,
    Role.PLATFORM_ADMIN, Role.STUDENT,
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """One form as one role found it."""

    role: Role | None
    endpoint: str
    form: PageForm


@dataclass
class Grounds:
    """The demo in one transaction, the browsers, and what they found."""

    app: Flask
    connection: Connection
    browsers: dict[Role | None, FlaskClient]
    targets: list[Target]
    pages: dict[str, tuple[Role | None, set[str]]]

    def ask(self, role: Role | None, path: str, **how: object) -> tuple[TestResponse, float]:
        """One request, rolled back; the answer and the seconds of processor it took.

        Without the collector: it goes through everything this process of tests holds, a gigabyte by now.
        """
        browser = self.browsers[role]
        cookies, held = dict(browser._cookies or {}), self.connection.begin_nested()
        gc.disable()
        started = time.thread_time()
        try:
            answer = browser.open(path, **how)  # type: ignore[arg-type]
            return answer, time.thread_time() - started
        finally:
            gc.enable()
            held.rollback()
            assert browser._cookies is not None
            browser._cookies.clear()
            browser._cookies.update(cookies)

    def post(self, target: Target, **replaced: list[str]) -> tuple[TestResponse, float]:
        return self.post_pairs(target, target.form.pairs(**replaced))

    def post_pairs(self, target: Target, pairs: list[tuple[str, str]]) -> tuple[TestResponse, float]:
        return self.ask(target.role, target.form.action, method="POST", data=encoded(pairs), content_type=FORM)


@pytest.fixture(scope="module")
def grounds(demo_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grounds]:
    with rolled_back(demo_app) as connection:
        with demo_app.app_context():
            accounts = {row["role"]: row["email"] for row in write_accounts(tmp_path_factory.mktemp("accounts"))}
            links = [f"{LINK_PATHS[link.purpose]}{token_of(link)}" for link in _open_links()]
        browsers = {
            role: signed_in(demo_app, accounts[role], DEMO_PASSWORD) if role else demo_app.test_client()
            for role in WALKERS
        }
        found = Grounds(demo_app, connection, browsers, [], {})
        for role in WALKERS:
            _explore(found, role, ["/start", "/account"] if role else ["/", "/inloggen", "/aanmelden", *links])
        yield found


def _open_links() -> list[Link]:
    """The newest open link of each purpose."""
    rows = db.session.query(Link).filter(Link.used_at.is_(None), Link.revoked_at.is_(None)).order_by(Link.id)
    return list({link.purpose: link for link in rows}.values())


def _explore(grounds: Grounds, role: Role | None, starts: list[str]) -> None:
    """One page of each endpoint not seen as an earlier role, and the forms on it."""
    adapter, visited, waiting = grounds.app.url_map.bind("localhost"), set[str](), list(starts)
    known = {(target.endpoint.rpartition(".")[2], tuple(target.form.inputs)) for target in grounds.targets}
    for path in waiting:
        try:
            endpoint, _ = adapter.match(urlsplit(path).path, method="GET")
        except HTTPException:
            continue
        if endpoint == "static" or endpoint in visited:
            continue
        visited.add(endpoint)
        answer = grounds.browsers[role].get(path)
        names = grounds.pages.setdefault(urlsplit(path).path, (role, set()))[1]
        names.update(pair.partition("=")[0] for pair in urlsplit(path).query.split("&") if pair)
        page = PageReader(answer.text) if answer.mimetype == "text/html" else PageReader("")
        waiting.extend(_here(path, link) for link in [*page.links, answer.location or ""] if _is_here(path, link))
        for form in page.forms:
            form.action = _here(path, form.action or path)
            if form.method != "post":
                grounds.pages.setdefault(urlsplit(form.action).path, (role, set()))[1].update(form.inputs)
                continue
            acts, _ = adapter.match(urlsplit(form.action).path, method="POST")
            key = (acts.rpartition(".")[2], tuple(form.inputs))
            if acts != LEAVES and key not in known and not form.upload:
                known.add(key)
                grounds.targets.append(Target(role, acts, form))


def _is_here(path: str, link: str) -> bool:
    """A link within the site; choosing another language is left out, because the answers are read in Dutch."""
    return urlsplit(urljoin(f"http://localhost{path}", link)).netloc == "localhost" and "taal=" not in link


def _here(path: str, link: str) -> str:
    address = urlsplit(urljoin(f"http://localhost{path}", link))
    return address.path + (f"?{address.query}" if address.query else "")
