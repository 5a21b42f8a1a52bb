"""A visitor over the network, from an address of loopback of their own."""

import http.client
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` 0: no answer came. `seconds` from asking to the last byte."""

    status: int
    text: str
    location: str
    seconds: float


class Browser:
    """Keeps its cookies; each request has a connection of its own. `address` is where it comes from, within 127/8."""

    def __init__(self, port: int, *, address: str = "127.0.0.1", cookie: tuple[str, str] = ("", "")) -> None:
        self.port, self.address = port, address
        self.cookies = {cookie[0]: cookie[1]} if cookie[0] else {}
        self.token = ""

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, values: Mapping[str, str]) -> Answer:
        """Send a form with the token of the last page that had one."""
        return self._ask("POST", path, urlencode({"csrf_token": self.token, **values}))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Host": "localhost", "Connection": "close"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = FORM
        begun = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(self.address, 0))
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return Answer(0, "", "", time.monotonic() - begun)
        finally:
            line.close()
        for told in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = told.partition(";")[0].partition("=")
            self.cookies[name] = value
        if found := CSRF.search(text):
            self.token = found[1]
        return Answer(answer.status, text, answer.headers.get("Location", ""), time.monotonic() - begun)
