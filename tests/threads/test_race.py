"""Two who write first at the same moment share one thread, with real transactions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from matchmaker.database import db
from matchmaker.matches.models import Match
from matchmaker.threads.actions import post_message, thread_of
from matchmaker.threads.models import Thread
from matchmaker.threads.queries import messages_of
from tests.factories.matches import match


@pytest.mark.committed
def test_two_first_messages_at_once_share_one_thread(committed_app: Flask) -> None:
    for _ in range(3):
        number = match().id
        db.session.commit()
        db.session.remove()
        barrier = Barrier(2)

        def write(words: str, barrier: Barrier = barrier, number: int = number) -> None:
            with committed_app.app_context():
                barrier.wait()
                found = db.session.get_one(Match, number)
                post_message(thread_of(found), party="school", text=words, by=None)
                db.session.commit()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(write, ("Eén", "Twee")))
        after = db.session.get_one(Match, number)
        assert {message.text for message in messages_of(after.thread_id)} == {"Eén", "Twee"}
        assert [thread.id for thread in db.session.query(Thread).filter_by(id=after.thread_id)] == [after.thread_id]
    assert db.session.query(Thread).count() == 3
