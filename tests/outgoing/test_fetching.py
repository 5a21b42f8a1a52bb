"""Limits of time and size, redirects and certificates, against real servers on loopback."""

import gzip
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from matchmaker.outgoing import lines
from matchmaker.outgoing.client import fetch
from matchmaker.outgoing.errors import NoAnswer, NotSent
from tests.outgoing.servers import answer, certificate, serving, took


def refusal(address: str, **limits: object) -> str:
    with pytest.raises((NoAnswer, NotSent)) as wrong:
        fetch(address, **limits)  # type: ignore[arg-type]
    return wrong.value.reason


def test_a_page_comes_back_whole() -> None:
    with serving([answer(b"x" * 200_000, "X-Iets: waar")]) as server:
        got = fetch(server.address("/pad?a=1"))
    assert (got.status, got.headers["x-iets"], len(got.body)) == (200, "waar", 200_000)
    assert server.asked[0].startswith(b"GET /pad?a=1 HTTP/1.1\r\n")
    assert f"\r\nHost: localhost:{server.port}\r\n".encode() in server.asked[0]


def test_a_form_is_posted() -> None:
    with serving([answer(b'{"a": 1}')]) as server:
        assert fetch(server.address(), form={"code": "a b&c"}, headers={"Authorization": "x"}).json() == {"a": 1}
    assert server.asked[0].startswith(b"POST / ") and server.asked[0].endswith(b"code=a+b%26c")


@pytest.mark.parametrize("body", [b"[1]", b"geen json", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_object_is_no_answer(body: bytes) -> None:
    with serving([answer(body)]) as server, pytest.raises(NoAnswer):
        fetch(server.address()).json()


def test_the_name_is_looked_up_once_and_that_address_is_used() -> None:
    asked = []

    def look_up(host: str, port: int) -> Sequence[str]:
        asked.append((host, port))
        return ["127.0.0.2"]

    with serving([answer(b"van 2")], host="127.0.0.2") as server:
        assert fetch(server.address(), look_up=look_up).body == b"van 2"
    assert asked == [("localhost", server.port)]


def test_the_next_address_is_tried_when_the_first_does_not_answer() -> None:
    with serving([answer(b"van 3")], host="127.0.0.3") as server:
        assert fetch(server.address(), look_up=lambda *_: ["127.0.0.2", "127.0.0.3"]).body == b"van 3"


@pytest.mark.parametrize(
    ("pieces", "pause"),
    [
        ([b"HTTP/1.1 200 OK\r\n\r\n"], 30.0),
        ([bytes([each]) for each in answer(b"x" * 500)], 0.1),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", *[b"x"] * 500], 0.1),
        ([b"HTTP/1.1 200 OK\r\n\r\n", *[b"x"] * 500], 0.1),
        ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *[b"1\r\nx\r\n"] * 500], 0.1),
    ],
    ids=["says-nothing", "drips-headers", "drips-body", "drips-without-length", "drips-chunks"],
)
def test_slow_servers_are_cut_off_in_time(pieces: list[bytes], pause: float) -> None:
    with serving(pieces, pause=pause) as server:
        start = time.monotonic()
        assert refusal(server.address(), seconds=0.6) == "time"
        assert took(start) < 1.2


def test_a_slow_handshake_is_cut_off_in_time() -> None:
    with serving([b"\x16"] * 50, pause=0.1) as server:
        start = time.monotonic()
        assert refusal(server.address(scheme="https"), seconds=0.6) == "time"
        assert took(start) < 1.2


def test_a_slow_look_up_is_cut_off_in_time() -> None:
    start = time.monotonic()
    held = threading.Event()
    assert refusal("https://goed.example/", seconds=0.3, look_up=lambda *_: [str(held.wait(20))]) == "time"
    assert took(start) < 0.9
    held.set()


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n"],
    ids=["says-so", "does-not-say"],
)
def test_a_huge_body_is_not_read(head: bytes) -> None:
    with serving([head, *[b"x" * 65_536] * 100]) as server:
        assert refusal(server.address(), most_bytes=100_000) == "size"


def test_a_packed_body_is_not_opened() -> None:
    packed = gzip.compress(b"0" * 5_000_000)
    with serving([answer(packed, "Content-Encoding: gzip")]) as server:
        assert refusal(server.address()) == "encoded"


@pytest.mark.parametrize("pieces", [[b"onzin\r\n\r\n"], [b""], [b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"]])
def test_nonsense_is_no_answer(pieces: list[bytes]) -> None:
    with serving(pieces) as server:
        assert refusal(server.address()) == "broken"


def test_nobody_listens() -> None:
    with serving([]) as server:
        pass
    assert refusal(server.address()) == "unreachable"


def test_a_redirect_is_not_followed_unless_asked() -> None:
    with serving([answer(b"", "Location: http://169.254.169.254/latest/meta-data/", status="302 Found")]) as server:
        assert fetch(server.address()).status == 302


@pytest.mark.parametrize(
    ("onward", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", "scheme"),
        ("https://169.254.169.254/latest/meta-data/", "private"),
        ("https://[::ffff:169.254.169.254]/", "private"),
        ("https://metadata@169.254.169.254/", "user_info"),
        ("https://2852039166/", "host"),
        ("file:///etc/passwd", "host"),
        ("//10.0.0.1/", "scheme"),
    ],
)
def test_a_redirect_is_judged_as_any_address(onward: str, reason: str) -> None:
    with serving([answer(b"", f"Location: {onward}", status="302 Found")]) as server:
        assert refusal(server.address(), redirects=3) == reason


def test_a_redirect_is_followed_as_often_as_asked_without_what_was_for_the_first_server() -> None:
    with serving([answer(b"hier")]) as second:
        first_says = answer(b"", f"Location: {second.address('/b')}", status="307 Temporary Redirect")
        with serving([first_says]) as first:
            assert fetch(first.address(), redirects=1, headers={"Authorization": "geheim"}).body == b"hier"
    assert b"geheim" in first.asked[0] and b"geheim" not in second.asked[0]


def test_turning_in_circles_ends() -> None:
    with serving([answer(b"", "Location: /weer", status="302 Found")]) as server:
        assert fetch(server.address(), redirects=4).status == 302
        assert len(server.asked) == 5


def test_a_form_is_never_sent_on() -> None:
    with serving([answer(b"", "Location: /verder", status="307 Temporary Redirect")]) as server:
        assert refusal(server.address(), form={"code": "geheim"}, redirects=3) == "redirect"
        assert len(server.asked) == 1


def test_a_certificate_of_a_known_authority_that_names_the_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, context = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with serving([answer(b"veilig")], tls=context) as server:
        assert fetch(server.address(scheme="https")).body == b"veilig"


@pytest.mark.parametrize(
    ("name", "days", "known"), [("localhost", 1, False), ("elders", 1, True), ("localhost", -1, True)]
)
def test_any_other_certificate_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, days: int, known: bool
) -> None:
    path, context = certificate(tmp_path, name, days=days)
    if known:
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with serving([answer()], tls=context) as server:
        assert refusal(server.address(scheme="https")) == "certificate"
    assert server.asked == []


def test_who_hung_gets_a_rest_and_is_asked_again_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "REST_SECONDS", 0.3)
    with serving([answer()], pause=1.0) as server:
        assert refusal(server.address(), seconds=0.2) == "time"
        start = time.monotonic()
        assert refusal(server.address(), seconds=0.2) == "resting"
        assert took(start) < 0.1
        time.sleep(0.3)
        assert fetch(server.address(), seconds=3).status == 200


def test_few_requests_are_out_at_once_and_the_next_hears_so_soon() -> None:
    with serving([answer()], pause=2.0) as slow, serving([answer()]) as quick:
        hanging = [
            threading.Thread(target=fetch, args=(slow.address(),), kwargs={"seconds": 5})
            for _ in range(lines.MOST_AT_ONCE)
        ]
        for each in hanging:
            each.start()
        time.sleep(0.2)
        start = time.monotonic()
        assert refusal(quick.address()) == "busy"
        assert took(start) < 1.0
        for each in hanging:
            each.join()
        assert fetch(quick.address()).status == 200
