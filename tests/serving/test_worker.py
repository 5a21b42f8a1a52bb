"""The server as it is run, with two threads: who is slow holds none of them."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from config import ROOT
from serving.requests import HEAD_SECONDS
from serving.turns import LONG

QUICK = 0.4
"""Seconds; what must not happen takes seconds."""


@contextmanager
def serving() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A server of one process with two threads, and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{free}", "--workers", "1", "--threads", "2"]
    command += [
        "--worker-class",
        "serving.worker.BufferingWorker",
        "tests.serving.small_app:app",
        "--log-level",
        "error",
    ]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", free)).close()
            break
        except OSError:
            time.sleep(0.05)
    yield free, server
    server.terminate()
    assert server.wait(timeout=15) == 0


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving() as (port, _server):
        yield port


def said(sock: socket.socket, *pieces: bytes, pause: float = 0.0) -> bytes:
    """All that is answered to these pieces, until the connection ends."""
    for piece in pieces:
        sock.sendall(piece)
        time.sleep(pause)
    answer = b""
    with contextlib.suppress(ConnectionResetError):
        while words := sock.recv(65536):
            answer += words
    return answer


def ask(port: int, *pieces: bytes, pause: float = 0.0) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=15) as sock:
        return said(sock, *pieces, pause=pause)


def request(path: str, *more: str, body: bytes = b"") -> bytes:
    length = [f"Content-Length: {len(body)}"] if body else []
    lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", "Host: a", *length, *more]
    return "\r\n".join([*lines, "", ""]).encode() + body


LAST = "Connection: close"


def test_whoever_is_slow_holds_no_thread(port: int) -> None:
    """Silent, half a head, half a body, and one who asks for much and does not read."""
    starts = (b"", b"GET / HTT", request("/size", body=b"x" * 5000)[:-100], request("/large", LAST))
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(40)]
    for number, sock in enumerate(slow):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.sendall(starts[number % len(starts)])
    time.sleep(0.3)
    for _ in range(5):
        begun = time.monotonic()
        assert ask(port, request("/", LAST)).endswith(b"ja")
        assert time.monotonic() - begun < QUICK
    for sock in slow:
        sock.close()


def test_who_drips_is_cut_however_often_something_comes(port: int) -> None:
    """A byte of the head, or of the body, every half second: silent for less than the bound, and in vain."""
    starts = (b"GET / HTTP/1.1\r\nX: ", request("/size", body=b"x" * 50_000)[:-49_000])
    dripping = [socket.create_connection(("127.0.0.1", port)) for _ in starts]
    for sock, start in zip(dripping, starts, strict=True):
        sock.sendall(start)
    begun, open_ones = time.monotonic(), set(dripping)
    while open_ones and time.monotonic() - begun < 40:
        time.sleep(0.5)
        for sock in tuple(open_ones):
            try:
                sock.sendall(b"x")
                sock.setblocking(False)
                ended = sock.recv(100) == b""
                sock.setblocking(True)
            except BlockingIOError:
                sock.setblocking(True)
                continue
            except OSError:
                ended = True
            if ended:
                open_ones.discard(sock)
    took = time.monotonic() - begun
    for sock in dripping:
        sock.close()
    assert not open_ones
    assert HEAD_SECONDS - 1 < took < HEAD_SECONDS + 10


def test_a_request_in_pieces_is_answered(port: int) -> None:
    whole = request("/size", LAST, body=b"x" * 3000)
    answer = ask(port, *(whole[at : at + 700] for at in range(0, len(whole), 700)), pause=0.02)
    assert answer.endswith(b"3000")


def test_a_large_body_comes_in_whole(port: int) -> None:
    assert ask(port, request("/size", LAST, body=b"x" * 3_000_000)).endswith(b"3000000")


def test_requests_after_each_other_on_one_connection(port: int) -> None:
    """Also when they are sent at once, and when one ends where the next begins."""
    together = request("/", body=b"abc") + request("/size", body=b"x" * 10) + request("/", LAST)
    answer = ask(port, together)
    assert answer.count(b"200 OK") == 3 and b"\r\n\r\n10HTTP" in answer
    with socket.create_connection(("127.0.0.1", port), timeout=15) as sock:
        for _ in range(3):
            sock.sendall(request("/"))
            answer = b""
            while not answer.endswith(b"\r\n\r\nja"):
                answer += sock.recv(65536)
        assert said(sock, request("/", LAST)).endswith(b"ja")


def test_who_waits_for_a_word_before_the_body_hears_it(port: int) -> None:
    whole = request("/size", "Expect: 100-continue", LAST, body=b"x" * 10)
    with socket.create_connection(("127.0.0.1", port), timeout=15) as sock:
        sock.sendall(whole[:-10])
        assert sock.recv(100).startswith(b"HTTP/1.1 100 ")
        assert said(sock, whole[-10:]).endswith(b"10")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n", b"413"),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 70_000, b"431"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", b"400"),
        (b"onzin\r\n\r\n", b"400"),
    ],
    ids=["a large body", "a large head", "two lengths", "no request"],
)
def test_what_cannot_be_taken_is_refused(port: int, sent: bytes, status: bytes) -> None:
    answer = ask(port, sent)
    assert answer[9:12] == status
    assert b"Content-Security-Policy: default-src 'none'" in answer and b"X-Content-Type-Options: nosniff" in answer


def test_more_than_can_wait_hear_at_once_to_come_back(port: int) -> None:
    many = [socket.create_connection(("127.0.0.1", port), timeout=15) for _ in range(LONG + 20)]
    for sock in many:
        sock.sendall(request("/slow", LAST))
    statuses = [said(sock)[9:12] for sock in many]
    for sock in many:
        sock.close()
    assert set(statuses) == {b"200", b"429"} and statuses.count(b"200") >= 8
    assert ask(port, request("/", LAST)).endswith(b"ja")


def test_asked_to_stop_it_answers_who_was_let_in() -> None:
    """Three that take half a second each for two threads, one whose body is half there, and one who says nothing."""
    with serving() as (port, server):
        asked = [socket.create_connection(("127.0.0.1", port), timeout=15) for _ in range(5)]
        for sock in asked[:3]:
            sock.sendall(request("/slow", LAST))
        whole = request("/size", LAST, body=b"x" * 100)
        asked[3].sendall(whole[:-50])
        time.sleep(0.2)
        server.terminate()
        time.sleep(0.2)
        answers = [said(asked[3], whole[-50:]), *(said(sock) for sock in asked[:3])]
        assert [answer[9:12] for answer in answers] == [b"200"] * 4
        assert asked[4].recv(10) == b""
        for sock in asked:
            sock.close()
        assert server.wait(timeout=10) == 0
