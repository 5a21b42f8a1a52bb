"""Visitors take turns."""

import threading
import time

import pytest

from serving import turns
from serving.turns import MOST_EACH, TooMany, Turns


def test_who_asks_little_does_not_wait_behind_who_asks_much() -> None:
    gate, order = threading.Event(), list[str]()
    line = Turns(1)
    asked = [line.submit("eerst", gate.wait, str)]
    for number in range(5):
        asked.append(line.submit("druk", lambda number=number: order.append(f"druk {number}"), str))
    asked.append(line.submit("rustig", lambda: order.append("rustig"), str))
    gate.set()
    for each in asked:
        each.result(timeout=5)
    assert order == ["rustig", "druk 0", "druk 1", "druk 2", "druk 3", "druk 4"]
    line.shutdown()


def test_who_asks_much_never_has_all_threads() -> None:
    line = Turns(2)
    for _ in range(12):
        line.submit("druk", str, str).result(timeout=5)
    gate = threading.Event()
    held = [line.submit("druk", gate.wait, str) for _ in range(4)]
    assert line.submit("rustig", lambda: "ja", str).result(timeout=1) == "ja"
    gate.set()
    assert [each.result(timeout=5) for each in held] == [True] * 4
    line.shutdown()


def test_one_visitor_has_so_many_waiting() -> None:
    gate, line = threading.Event(), Turns(1)
    line.submit("eerst", gate.wait, str)
    while line._waiting:
        time.sleep(0.01)
    for _ in range(MOST_EACH):
        line.submit("druk", str, str)
    with pytest.raises(TooMany):
        line.submit("druk", str, str)
    line.submit("rustig", str, str)
    gate.set()
    line.shutdown()


def test_in_a_burst_everyone_waits_and_in_a_line_that_stays_the_late_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "HASTY", 0.05)
    monkeypatch.setattr(turns, "BURST", 0.4)
    line, answers = Turns(1), []
    for number in range(30):
        answers.append(line.submit(f"bezoeker {number}", lambda: time.sleep(0.03) or "ja", lambda: "nee"))
    said = [each.result(timeout=10) for each in answers]
    assert said[:8] == ["ja"] * 8 and said[-5:] == ["nee"] * 5
    time.sleep(0.5)
    again = [line.submit(f"bezoeker {number}", lambda: time.sleep(0.03) or "ja", lambda: "nee") for number in range(5)]
    assert [each.result(timeout=10) for each in again] == ["ja"] * 5
    line.shutdown()


def test_what_fails_fails_for_who_asked_and_the_thread_goes_on() -> None:
    line = Turns(1)
    failed = line.submit("a", lambda: 1 / 0, str)
    with pytest.raises(ZeroDivisionError):
        failed.result(timeout=5)
    assert line.submit("a", lambda: "verder", str).result(timeout=5) == "verder"
    line.shutdown()
