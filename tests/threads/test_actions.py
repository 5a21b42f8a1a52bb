"""A noun keeps its conversation by number."""

import pytest

from matchmaker.database import db
from matchmaker.threads.actions import mark_read, post_message, thread_of
from matchmaker.threads.models import Thread
from matchmaker.threads.queries import messages_of, unread
from tests.matches.scenes import scene

pytestmark = pytest.mark.usefixtures("app")


def test_a_thread_is_opened_by_its_first_message_and_then_kept() -> None:
    match = scene().asked()
    assert messages_of(match.thread_id) == []
    number = thread_of(match)
    assert thread_of(match) == number == match.thread_id
    assert [(thread.id, thread.about) for thread in db.session.query(Thread)] == [(number, "matches")]


def test_opening_a_thread_leaves_the_version_a_form_was_made_from() -> None:
    match = scene().asked()
    before = match.version
    thread_of(match)
    db.session.flush()
    assert match.version == before


def test_what_others_wrote_counts_per_thread_and_an_unopened_one_counts_nothing() -> None:
    here = scene()
    match = here.asked()
    post_message(thread_of(match), party="school", text="Eén", by=here.lecturer)
    post_message(thread_of(match), party="school", text="Twee", by=here.lecturer)
    assert unread(here.officer, [match.thread_id, None]) == {match.thread_id: 2}
    mark_read(match.thread_id, by=here.officer)
    assert unread(here.officer, [match.thread_id]) == unread(here.officer, [None]) == {}
