"""Several server processes with an index each: what one commits another sees in its next request, kill -9 or not."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT
from matchmaker.database import db
from matchmaker.listings.actions import close
from matchmaker.listings.models import Listing, Need, Offer
from matchmaker.matches.proposing import rank_listing
from tests.factories import listings

pytestmark = pytest.mark.committed


class Server:
    """A process of `tests.factories.ranker`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, word: str, reference: str) -> list[str]:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word} {reference}\n")
        self.process.stdin.flush()
        return self.read()

    def read(self) -> list[str]:
        assert self.process.stdout is not None
        answer: list[str] = json.loads(self.process.stdout.readline())
        return answer

    def kill(self) -> None:
        """As `kill -9` does: nothing of the process gets to run any more."""
        self.process.kill()
        self.process.wait(timeout=10)


@contextmanager
def servers(app: Flask, folder: Path, number: int) -> Iterator[list[Server]]:
    settings = app.extensions["settings"]
    environment = {**os.environ, "DATABASE_URL": settings.database_url, "FILES_FOLDER": str(folder)}
    command = [sys.executable, "-m", "tests.factories.ranker"]
    with ExitStack() as stack:
        started = []
        for _ in range(number):
            process = subprocess.Popen(  # noqa: S603 - our own module
                command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            stack.enter_context(process)
            stack.callback(process.kill)
            started.append(Server(process))
        for each in started:
            assert each.read() == "ready"
        yield started


def a_need_and_two_offers() -> tuple[Need, list[Offer]]:
    made = listings.need(), sorted((listings.offer(), listings.offer()), key=lambda each: each.reference)
    db.session.commit()
    return made


def test_a_change_in_one_process_is_seen_in_the_next_request_of_another(committed_app: Flask, tmp_path: Path) -> None:
    need, offers = a_need_and_two_offers()
    first, second = (each.reference for each in offers)
    asked = need.reference
    db.session.remove()
    with servers(committed_app, tmp_path, 2) as (one, other):
        assert one.ask("rank", asked) == other.ask("rank", asked) == [first, second]
        one.ask("close", first)
        assert one.ask("rank", asked) == other.ask("rank", asked) == [second]
        other.ask("close", second)
        assert one.ask("rank", asked) == other.ask("rank", asked) == []


def test_a_process_killed_after_its_change_leaves_the_change_and_starts_true(
    committed_app: Flask, tmp_path: Path
) -> None:
    need, offers = a_need_and_two_offers()
    first, second = (each.reference for each in offers)
    asked = need.reference
    db.session.remove()
    with servers(committed_app, tmp_path, 2) as (one, other):
        assert other.ask("rank", asked) == [first, second]
        one.ask("close", first)
        one.kill()
        assert other.ask("rank", asked) == [second]
        with servers(committed_app, tmp_path, 1) as (started_again,):
            assert started_again.ask("rank", asked) == [second]


def test_a_process_killed_before_it_commits_leaves_nothing(committed_app: Flask, tmp_path: Path) -> None:
    need, offers = a_need_and_two_offers()
    both = [each.reference for each in offers]
    asked = need.reference
    db.session.remove()
    with servers(committed_app, tmp_path, 2) as (one, other):
        assert other.ask("rank", asked) == both
        assert one.ask("begin", both[0]) == [both[0]]
        one.kill()
        assert other.ask("rank", asked) == both
        other.ask("close", both[1])
        assert other.ask("rank", asked) == [both[0]]


def test_threads_that_rank_and_threads_that_write_do_not_wait_for_each_other(committed_app: Flask) -> None:
    """Each thread ranks and closes in one transaction: a writer holds the database while it asks for the index."""
    need, _ = a_need_and_two_offers()
    closing = [listings.offer().id for _ in range(6)]
    db.session.commit()
    asked = need.id
    db.session.remove()

    def act(offer_id: int) -> int:
        with committed_app.app_context():
            close(db.session.get_one(Listing, offer_id), by=None)
            found, _ = rank_listing(db.session.get_one(Need, asked), top=20)
            db.session.commit()
            return len(found)

    with ThreadPoolExecutor(3) as pool:
        seen = list(pool.map(act, closing))
    assert sorted(seen) == [2, 3, 4, 5, 6, 7] if db.engine.dialect.name == "sqlite" else max(seen) <= 7
    assert len(rank_listing(db.session.get_one(Need, asked), top=20)[0]) == 2
