"""Conversations of before a thread was a row of its own come along, down and up."""

from collections.abc import Callable
from pathlib import Path

from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from matchmaker import create_app
from matchmaker.database import db
from matchmaker.matches.models import Match
from matchmaker.threads.actions import mark_read, post_message, thread_of
from matchmaker.threads.models import Thread
from matchmaker.threads.queries import messages_of, unread
from tests.conftest import settings_for
from tests.factories import listings, people
from tests.factories.matches import match


def test_messages_and_what_was_read_keep_their_match(new_database: Callable[[], str], tmp_path: Path) -> None:
    app = create_app(settings_for(new_database(), tmp_path))
    with app.app_context():
        upgrade()
        writer, reader = people.account(), people.account()
        need = listings.need()
        silent, first, second = (match(need, listings.offer()) for _ in range(3))
        for talk in (second, first):
            post_message(thread_of(talk), party="school", text=f"Over {talk.id}", by=writer)
        mark_read(second.thread_id, by=reader)
        numbers = [silent.id, first.id, second.id]
        reader_id = reader.id
        db.session.commit()
        db.session.remove()

        downgrade(revision="0005")
        with db.engine.connect() as connection:
            found = connection.execute(text("SELECT match_id, text FROM messages ORDER BY match_id")).all()
            read = connection.execute(text(f"SELECT match_id FROM thread_reads WHERE account_id = {reader_id}")).all()
        assert [tuple(row) for row in found] == [(number, f"Over {number}") for number in numbers[1:]]
        assert [tuple(row) for row in read] == [(numbers[2],)]

        upgrade()
        silent, first, second = (db.session.get_one(Match, number) for number in numbers)
        assert silent.thread_id is None
        assert [[message.text for message in messages_of(each.thread_id)] for each in (first, second)] == [
            [f"Over {number}"] for number in numbers[1:]
        ]
        reader = db.session.get_one(type(reader), reader_id)
        assert unread(reader, [first.thread_id, second.thread_id]) == {first.thread_id: 1}
        assert thread_of(silent) not in {first.thread_id, second.thread_id}
        assert {thread.about for thread in db.session.query(Thread)} == {"matches"}
        db.session.remove()
        db.engine.dispose()
