"""A request comes in as the network brings it."""

import os
import socket

import pytest

from serving import arriving
from serving.arriving import MOST_HEAD, Arriving, Bounds, State, visitor

BOUNDS = Bounds(most=1000, proxies=1)
POST = b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhallo"


def taken(*pieces: bytes, bounds: Bounds = BOUNDS) -> Arriving:
    """What has arrived after these pieces, each taken in by itself."""
    near, far = socket.socketpair()
    with near, far:
        near.setblocking(False)
        found = Arriving(bounds)
        for piece in pieces:
            far.sendall(piece)
            found.take(near)
    return found


@pytest.mark.parametrize("at", range(1, len(POST)))
def test_wherever_it_is_cut_it_is_the_same_request(at: int) -> None:
    found = taken(POST[:at], POST[at:])
    assert (found.state, found.content.read(), found.more) == (State.WHOLE, POST, b"")


@pytest.mark.parametrize("at", range(1, len(POST)))
def test_a_part_is_not_the_whole(at: int) -> None:
    assert taken(POST[:at]).state is State.COMING


def test_what_comes_after_is_kept_for_the_next() -> None:
    found = taken(POST + b"GET /")
    assert (found.state, found.content.read(), found.more) == (State.WHOLE, POST, b"GET /")
    assert Arriving(BOUNDS, POST).state is State.WHOLE


@pytest.mark.parametrize(
    ("head", "state"),
    [
        (b"POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n", State.TOO_LONG),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", State.WITHOUT_LENGTH),
        (b"GET /" + b"x" * MOST_HEAD, State.HEAD_TOO_LONG),
        (b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", State.WHOLE),
        (b"POST / HTTP/1.1\r\nContent-Length: vijf\r\n\r\n", State.WHOLE),
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", State.WHOLE),
    ],
    ids=["too long", "chunked", "long head", "two lengths", "a word for a length", "no body"],
)
def test_what_the_head_says_of_the_body(head: bytes, state: State) -> None:
    """Two lengths that differ, and one that is no number, are for the server behind this to refuse."""
    assert taken(head).state is state


def test_a_large_one_is_kept_outside_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "IN_MEMORY", 100)
    found = taken(b"POST / HTTP/1.1\r\nContent-Length: 900\r\n\r\n" + b"x" * 900)
    assert found.state is State.WHOLE and os.fstat(found.content.fileno()).st_size == found.size
    found.close()


def test_a_large_one_gets_the_time_it_needs() -> None:
    long = Bounds(most=10_000_000)
    small, large = (
        taken(b"GET / HTTP/1.1\r\n"),
        taken(b"POST / HTTP/1.1\r\nContent-Length: 3000000\r\n\r\n", bounds=long),
    )
    large.close()
    assert 95 < large.until - small.until < 105


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "proxies", "who"),
    [
        (("192.0.2.1", 5), "", 0, "192.0.2.1"),
        (("192.0.2.1", 5), "198.51.100.7", 0, "192.0.2.1"),
        (("127.0.0.1", 5), "203.0.113.9, 198.51.100.7", 1, "198.51.100.7"),
        (("127.0.0.1", 5), "203.0.113.9, 198.51.100.7", 2, "203.0.113.9"),
        (("127.0.0.1", 5), "", 1, "127.0.0.1"),
        (("2001:db8:1:2:3::4", 5, 0, 0), "", 0, "2001:db8:1:2::/64"),
        (("127.0.0.1", 5), "geen adres", 1, "geen adres"),
        ("/run/x.sock", "", 0, ""),
    ],
)
def test_who_asks(peer: object, forwarded_for: str, proxies: int, who: str) -> None:
    assert visitor(peer, forwarded_for, proxies) == who
