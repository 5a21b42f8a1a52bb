"""What is counted over everything open is counted once, and again when it may have changed."""

from collections.abc import Callable

import time_machine
from flask import Flask

from matchmaker.database import db
from matchmaker.insights.kept_counts import kept_a_minute, kept_while_true
from matchmaker.listings.actions import take_place
from tests.factories import listings

NOON = "2026-11-24 12:00:00+01:00"


def counting(keep: Callable[[Callable[[], int]], Callable[[], int]]) -> tuple[Callable[[], int], list[int]]:
    """A count that says how often it was really done."""
    done: list[int] = []

    def number() -> int:
        done.append(1)
        return len(done)

    number.__qualname__ = f"{keep.__name__}.number"
    return keep(number), done


def test_it_is_counted_once_until_a_listing_changes(app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        count, _done = counting(kept_while_true)
        offer = listings.offer(places=2)
        db.session.commit()
        assert [count(), count()] == [1, 1]
        clock.shift(3600)
        assert count() == 1
        take_place(offer)
        assert [count(), count()] == [2, 3], "what is not committed is counted for its own session alone"
        db.session.rollback()
        assert count() == 1


def test_after_the_commit_everyone_counts_again_and_so_does_a_new_day(app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        count, _done = counting(kept_while_true)
        assert count() == 1
        listings.offer()
        db.session.commit()
        assert [count(), count()] == [2, 2]
        clock.shift(13 * 3600)
        assert count() == 3


def test_what_matches_have_a_part_in_is_a_minute_old_at_most(app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        count, _done = counting(kept_a_minute)
        assert [count(), count()] == [1, 1]
        clock.shift(60)
        assert count() == 2
