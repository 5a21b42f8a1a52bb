"""Who is let in when more is asked than can be done."""

from collections.abc import Iterator
from typing import Any

import pytest

from serving import turns
from serving.refusals import BUSY, TOO_MANY
from serving.turns import CROWD, FULL, LONG, SHORT, Turns, visitor


def pages(_environ: dict[str, Any], start: Any) -> list[bytes]:
    start("200 OK", [])
    return [b"ja"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The moment it is, to be set."""
    moment = [1000.0]
    monkeypatch.setattr(turns, "monotonic", lambda: moment[0])
    yield moment


def busy_for(line: Turns, seconds: float, who: str, clock: list[float]) -> None:
    """Ten requests a second of one visitor, answered at once."""
    for _ in range(int(10 * seconds)):
        clock[0] += 0.1
        if line.judge(who, "/") is None:
            line.leave()


def test_nobody_is_refused_as_long_as_few_wait(clock: list[float]) -> None:
    line = Turns(pages, waiting=lambda: SHORT - 1)
    busy_for(line, 60, "druk", clock)
    assert line.judge("druk", "/") is None


def test_a_burst_is_let_in(clock: list[float]) -> None:
    line = Turns(pages, waiting=lambda: LONG - 1)
    busy_for(line, 2, "druk", clock)
    assert line.judge("druk", "/") is None


def test_a_crowd_that_comes_again_after_a_pause_is_let_in_again(clock: list[float]) -> None:
    waits = [0]
    line = Turns(pages, waiting=lambda: waits[0])
    for _ in range(20):
        clock[0] += 1
        for number in range(50):
            waits[0] = 49 - number
            assert line.judge(f"iemand {number}", "/") is None
            clock[0] += 0.02
            line.leave()


def test_in_a_line_that_stays_who_asked_much_is_refused_and_nobody_else(clock: list[float]) -> None:
    line = Turns(pages, waiting=lambda: SHORT)
    busy_for(line, 20, "druk", clock)
    assert line.judge("druk", "/") is TOO_MANY
    assert line.judge("rustig", "/") is None


def test_a_crowd_at_one_moment_is_let_in_and_one_without_end_is_not(clock: list[float]) -> None:
    line = Turns(pages)
    answers = [line.judge(f"iemand {number}", "/") for number in range(CROWD + 1)]
    assert answers == [None] * CROWD + [BUSY]


def test_one_visitor_is_let_in_at_one_moment_as_often_as_a_page_with_all_its_parts_asks(clock: list[float]) -> None:
    line = Turns(pages)
    answers = [line.judge("druk", "/") for _ in range(LONG + 1)]
    assert answers == [None] * LONG + [TOO_MANY]


def test_a_crowd_that_was_refused_is_not_let_in_by_the_first_pause(clock: list[float]) -> None:
    waits = [SHORT]
    line = Turns(pages, waiting=lambda: waits[0])
    busy_for(line, 20, "druk", clock)
    waits[0] = 0
    busy_for(line, 0.5, "rustig", clock)
    waits[0] = SHORT
    assert line.judge("druk", "/") is TOO_MANY
    waits[0] = 0
    busy_for(line, 5, "rustig", clock)
    waits[0] = SHORT
    assert line.judge("druk", "/") is None


def test_in_a_long_line_everyone_is_refused_but_who_watches_the_server(clock: list[float]) -> None:
    line = Turns(pages, waiting=lambda: FULL)
    busy_for(line, 20, "druk", clock)
    assert line.judge("rustig", "/") is BUSY
    assert line.judge("rustig", "/health/ready") is None


def test_who_is_being_answered_counts_as_before_others() -> None:
    line = Turns(pages)
    for number in range(CROWD):
        assert line.judge(f"iemand {number}", "/") is None
    assert line.judge("een ander", "/") is BUSY
    line.leave()
    assert line.judge("een ander", "/") is None


def test_asking_is_forgotten_after_a_while(clock: list[float]) -> None:
    line = Turns(pages, waiting=lambda: SHORT)
    busy_for(line, 20, "druk", clock)
    busy_for(line, 3 * turns.OF_LATE, "ander", clock)
    assert line.judge("druk", "/") is None


def test_no_more_visitors_are_remembered_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "REMEMBERED", 10)
    line = Turns(pages)
    for number in range(100):
        line.judge(f"bezoeker {number}", "/")
        line.leave()
    assert len(line._visitors) <= 10


def test_a_refusal_says_when_to_come_back_and_runs_nothing() -> None:
    said: list[Any] = []
    line = Turns(pages, waiting=lambda: CROWD)
    [content] = line({"REMOTE_ADDR": "192.0.2.1", "PATH_INFO": "/"}, lambda *answer: said.append(answer))
    [(status, headers)] = said
    assert status.startswith("503 ") and dict(headers)["Retry-After"] == "10"
    assert "default-src 'none'" in dict(headers)["Content-Security-Policy"]
    assert "Het is nu te druk" in content.decode()


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "proxies", "who"),
    [
        ("192.0.2.1", "", 0, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", 0, "192.0.2.1"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.7", 1, "198.51.100.7"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.7", 2, "203.0.113.9"),
        ("127.0.0.1", "", 1, "127.0.0.1"),
        ("2001:db8:1:2:3::4", "", 0, "2001:db8:1:2::/64"),
        ("127.0.0.1", "geen adres", 1, "geen adres"),
        ("", "", 0, ""),
    ],
)
def test_who_asks(peer: str, forwarded_for: str, proxies: int, who: str) -> None:
    assert visitor({"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded_for}, proxies) == who
