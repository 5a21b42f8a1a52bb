"""The one client for requests to other servers: feeds to import, login providers, later webhooks."""

import http.client
import json
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urljoin

from urllib3.exceptions import HTTPError, SSLError
from urllib3.response import BaseHTTPResponse

from matchmaker.outgoing.addresses import PORTS, LookUp, Target, pin, read_address
from matchmaker.outgoing.connections import Stopwatch, connect
from matchmaker.outgoing.errors import NoAnswer, NotSent
from matchmaker.outgoing.lines import line_to

SECONDS = 4.0
MOST_BYTES = 1_000_000
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PIECE = 65_536
_loopback = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole and as it was sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def json(self) -> dict[str, Any]:
        """The body as a JSON object; raises NoAnswer."""
        try:
            read = json.loads(self.body)
        except (ValueError, RecursionError) as wrong:
            raise NoAnswer("broken") from wrong
        if not isinstance(read, dict):
            raise NoAnswer("broken")
        return read


def use_loopback(allowed: bool) -> None:
    """Whether requests may go to this very machine, over http too; called once when the application is made."""
    global _loopback
    _loopback = allowed


def is_loopback_allowed() -> bool:
    """Whether requests may go to this very machine."""
    return _loopback


def fetch(
    address: str,
    *,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
    most_bytes: int = MOST_BYTES,
    redirects: int = 0,
    look_up: LookUp | None = None,
) -> Answer:
    """GET an address, or POST a form to it. Raises NotSent (it may not go there) or NoAnswer (nothing usable came).

    `seconds` counts from the look-up of the name to the last byte, all redirects together. A redirect is followed at
    most `redirects` times, judged anew each time, and never for a form. `headers` go to the first server only.
    """
    with Stopwatch(seconds) as stopwatch:
        target = read_address(address, loopback=_loopback)
        answer = _ask(target, stopwatch, form=form, headers=headers or {}, most_bytes=most_bytes, look_up=look_up)
    if answer.status not in REDIRECTS or redirects == 0:
        return answer
    onward = answer.headers.get("location", "")
    if form is not None or not onward:
        raise NotSent("redirect")
    here = f"{target.scheme}://{_netloc(target)}{target.path}"
    return fetch(
        urljoin(here, onward),
        seconds=stopwatch.left(),
        most_bytes=most_bytes,
        redirects=redirects - 1,
        look_up=look_up,
    )


def _ask(
    target: Target,
    stopwatch: Stopwatch,
    *,
    form: Mapping[str, str] | None,
    headers: Mapping[str, str],
    most_bytes: int,
    look_up: LookUp | None,
) -> Answer:
    with line_to(target.host, target.port):
        pinned = pin(target, seconds=stopwatch.left(), loopback=_loopback, look_up=look_up)
        connection = connect(target, pinned, stopwatch)
        try:
            connection.request(
                "GET" if form is None else "POST",
                target.path,
                body=None if form is None else urlencode(form).encode(),
                headers=_headers(target, form, headers),
                preload_content=False,
                decode_content=False,
            )
            with closing(connection.getresponse()) as response:
                return _read(response, most_bytes, stopwatch)
        except (SSLError, ssl.SSLError) as wrong:
            raise NoAnswer("time" if stopwatch.is_over else "certificate") from wrong
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as wrong:
            raise NoAnswer("time" if stopwatch.is_over or isinstance(wrong, TimeoutError) else "broken") from wrong
        finally:
            connection.close()


def _headers(target: Target, form: Mapping[str, str] | None, more: Mapping[str, str]) -> dict[str, str]:
    own = {"Host": _netloc(target), "User-Agent": "Matchmaker", "Accept-Encoding": "identity"}
    if form is not None:
        own["Content-Type"] = "application/x-www-form-urlencoded"
    return {"Accept": "*/*", **more, **own}


def _netloc(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    return host if target.port == PORTS[target.scheme] else f"{host}:{target.port}"


def _read(response: BaseHTTPResponse, most_bytes: int, stopwatch: Stopwatch) -> Answer:
    """The body piece by piece. Packed bodies are refused: we asked for none, and a small one can hold a huge one."""
    if response.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        raise NoAnswer("encoded")
    said = response.headers.get("content-length", "")
    if said.isdigit() and int(said) > most_bytes:
        raise NoAnswer("size")
    body = bytearray()
    while piece := response.read(_PIECE):
        body += piece
        if len(body) > most_bytes:
            raise NoAnswer("size")
        stopwatch.left()
    if stopwatch.is_over:
        raise NoAnswer("time")
    return Answer(response.status, {name.lower(): value for name, value in response.headers.items()}, bytes(body))
