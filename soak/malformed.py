"""Malformed requests never break it: none answered with 5xx, none over two seconds.

`python -m soak.malformed --requests 100000`: on the demo, as a visitor and as five roles, over the network. Half are
forms of the demo with something hostile in one field (`tests.house_rules.test_hostile_input.VALUES`), the others
addresses, questions, heads and bodies that are wrong in another way. The same seed gives the same requests.
"""

import contextlib
import random
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from matchmaker.database import db
from matchmaker.demo.accounts import DEMO_PASSWORD, write_accounts
from matchmaker.demo.load import load_demo
from matchmaker.vocabulary import Role
from soak.browser import Browser
from soak.ground import Ground, InProcess, asked, ground, percentile, serving, tell
from tests.factories.forms import PageForm, PageReader, encoded
from tests.house_rules.test_hostile_input import VALUES

ROLES = ("", *(role.value for role in (Role.LECTURER, Role.OFFICER, Role.STUDENT, Role.COORDINATOR, Role.ORG_ADMIN)))
PROMISED = 2.0
"""Seconds."""
AT_ONCE, BATCH = 4, 400
SEEN = 60
"""Pages looked at for forms, of each role."""
HOSTILE = [value for value in VALUES.values() if len(value) < 10_000]
ODD = [
    b"\x00", b"\xff\xfe", b"%", b"%zz", b"%00", b"%ed%a0%80", b"%c0%af", b"..%2f..%2f", b"//", b"/./../", b"\\", b";",
    b"9223372036854775808", b"99999999999999999999", b"-1", b"0x10", b"%F0%9F%98%80", b"'", b"<script>", b"%0d%0aX:y",
    b"?" * 50, b"a" * 3000, b"&" * 500, b"=" * 500,
]  # fmt: skip
BODIES = [
    b"\x00\xff" * 500,
    b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\xfe',
    b"a=" + b"b" * 100_000,
    b"&".join(b"a%d=1" % number for number in range(3000)),
    b"{" * 5000,
    b"--x--",
    b"csrf_token=%ff%fe&x=%",
]
Sent = tuple[str, bytes]
"""What it was, and the bytes."""


class Generator:
    """Makes requests from what the roles find on the demo."""

    def __init__(self, seed: int, visitors: dict[str, Browser], paths: list[str]) -> None:
        self.chance, self.visitors, self.paths = random.Random(seed), visitors, paths
        self.found: list[tuple[str, PageForm]] = []
        self.ways: list[Callable[[], Sent]] = [
            self.form, self.form, self.form, self.question, self.path, self.head, self.body, self.noise,
        ]  # fmt: skip

    def explore(self) -> None:
        """Every form within reach of a few pages, as each role."""
        for role, browser in self.visitors.items():
            waiting, seen = ["/", "/start", "/aanbod", "/inloggen"], set[str]()
            for path in waiting:
                if path in seen or len(seen) >= SEEN or "uitloggen" in path or "taal=" in path:
                    continue
                seen.add(path)
                page = PageReader(browser.get(path).text)
                waiting += [link.partition("#")[0] for link in page.links if link.startswith("/")]
                for form in page.forms:
                    form.action = form.action or path
                    if form.method == "post" and "uitloggen" not in form.action:
                        self.found.append((role, form))
            self.paths += sorted(seen)

    def next(self) -> Sent:
        return self.chance.choice(self.ways)()

    def request(self, method: str, path: bytes, role: str, *more: bytes, body: bytes = b"") -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self.visitors[role].cookies.items()).encode()
        lines = [method.encode() + b" " + path + b" HTTP/1.1", b"Host: localhost", b"Connection: close"]
        lines += [b"Cookie: " + cookies] if cookies else []
        lines += [b"Content-Length: %d" % len(body)] if body else []
        return b"\r\n".join([*lines, *more, b"", b""]) + body

    def form(self) -> Sent:
        """A form with one or two hostile values; the token in it is good."""
        role, form = self.chance.choice(self.found)
        names = [each.name for each in form.typed()] or ["x"]
        spoiled = {self.chance.choice(names): [self.chance.choice(HOSTILE)] for _ in range(self.chance.randint(1, 2))}
        if self.chance.random() < 0.1:
            spoiled[self.chance.choice(["version", "submission_key", "csrf_token"])] = [self.chance.choice(HOSTILE)]
        spoiled.setdefault("submission_key", [str(self.chance.random())])
        body = encoded(form.pairs(**spoiled))
        kind = b"Content-Type: application/x-www-form-urlencoded"
        sent = self.request("POST", quote(form.action, safe="/?=&%").encode(), role, kind, body=body)
        return f"form {form.action} {list(spoiled)}", sent

    def question(self) -> Sent:
        path, role = self.chance.choice(self.paths), self.chance.choice(list(self.visitors))
        names = ["q", "pagina", "bladzijde", "km", "plaats", "niveau", "werkveld", "uren", "volgorde", "next", "taal"]
        pairs = [
            f"{self.chance.choice(names)}={quote(self.chance.choice(HOSTILE), errors='surrogatepass')[:3000]}"
            for _ in range(self.chance.randint(1, 4))
        ]
        address = f"{path.partition('?')[0]}?{'&'.join(pairs)}".encode()[:3900]
        return f"question {path}", self.request("GET", address, role)

    def path(self) -> Sent:
        parts = self.chance.choice(self.paths).partition("?")[0].encode().split(b"/")
        parts[self.chance.randrange(len(parts))] = self.chance.choice(ODD)
        method = self.chance.choice(["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "ONZIN"])
        return f"path {parts!r}"[:100], self.request(
            method, b"/".join(parts)[:3900], self.chance.choice(list(self.visitors))
        )

    def head(self) -> Sent:
        name = self.chance.choice(
            [b"Host", b"Cookie", b"Accept-Language", b"Content-Type", b"Content-Length", b"If-None-Match", b"Range",
             b"X-Forwarded-For", b"Referer", b"User-Agent", b"Authorization", b"Expect", b"If-Modified-Since"]
        )  # fmt: skip
        value = self.chance.choice([*ODD, b"\xe9\xe8", b"nl;q=x", b"bytes=9-1", b"multipart/form-data", b"a=b; " * 200])
        path = self.chance.choice(self.paths).encode()
        return f"head {name!r} {value[:20]!r}", self.request(
            self.chance.choice(["GET", "POST"]), path, "", name + b": " + value
        )

    def body(self) -> Sent:
        """A body that is not what its kind says."""
        role, form = self.chance.choice(self.found)
        kind = self.chance.choice(
            [b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=x", b"application/json", b"text/x",
             b"multipart/form-data", b"application/x-www-form-urlencoded; charset=utf-7"]
        )  # fmt: skip
        body = self.chance.choice(BODIES)
        if self.chance.random() < 0.01:
            body = b"a=" + b"b" * 10_000_000
        return f"body {kind!r}", self.request(
            "POST", quote(form.action, safe="/?=&%").encode(), role, b"Content-Type: " + kind, body=body
        )

    def noise(self) -> Sent:
        """No request at all, or half of one."""
        whole = self.question()[1]
        if self.chance.random() < 0.5:
            at = self.chance.randrange(len(whole))
            return "noise: one byte", whole[:at] + bytes([self.chance.randrange(256)]) + whole[at + 1 :]
        return "noise", self.chance.randbytes(self.chance.randint(1, 200)) + b"\r\n\r\n"


def send(port: int, words: bytes, address: str) -> tuple[int, float]:
    """The status (0 for none), and the seconds until the end of the answer."""
    begun = time.monotonic()
    answer = b""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 30, (address, 0)) as sock:
        sock.sendall(words)
        sock.shutdown(socket.SHUT_WR)
        while more := sock.recv(65536):
            answer = answer or more
    status = answer[9:12] if answer.startswith(b"HTTP/1.") else b"0"
    return int(status) if status.isdigit() else 0, time.monotonic() - begun


def sign_in(visitors: dict[str, Browser], emails: dict[str, str]) -> None:
    """Each role that is not signed in: at first all, later those that signed out by what they sent."""
    for role, browser in visitors.items():
        if role and browser.get("/start").status == 200:
            continue
        browser.get("/inloggen")
        if role and browser.post("/inloggen", {"email": emails[role], "password": DEMO_PASSWORD}).status != 302:
            raise RuntimeError(f"could not sign in as {role}")


def addresses(app: InProcess) -> Iterator[str]:
    """Every address of the product, with something in place of what varies."""
    for rule in app.made.url_map.iter_rules():
        if rule.endpoint != "static" and "uitloggen" not in rule.rule:
            yield "/".join("1" if part.startswith("<") else part for part in rule.rule.split("/"))


def run(here: Ground, port: int, requests: int, seed: int, seconds: int) -> bool:
    emails = {row["role"]: row["email"] for row in write_accounts(here.folder)}
    db.session.remove()
    visitors = {role: Browser(port, address=f"127.0.5.{number + 1}") for number, role in enumerate(ROLES)}
    sign_in(visitors, emails)
    made = Generator(seed, visitors, sorted(set(addresses(here.app()))))
    made.explore()
    heard, wrong, durations, end = Counter[int](), [], list[float](), time.monotonic() + seconds
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while len(durations) < requests and time.monotonic() < end:
            sign_in(visitors, emails)
            batch = [made.next() for _ in range(min(BATCH, requests - len(durations)))]
            answers = pool.map(lambda each: send(port, each[1], f"127.0.6.{len(each[1]) % 200 + 1}"), batch)
            for (what, _words), (status, took) in zip(batch, answers, strict=True):
                heard[status] += 1
                durations.append(took)
                if status >= 500 or took > PROMISED:
                    wrong.append(f"{status} after {took:.1f} s: {what}")
                    print(wrong[-1], file=sys.stderr, flush=True)
    promises = {
        "no 5xx": not any(status >= 500 for status in heard),
        "none over 2 s": max(durations) <= PROMISED,
        "forms were found": len(made.found) > 20,
    }
    return tell(
        "malformed", promises, database=here.kind, requests=len(durations), forms=len(made.found), heard=dict(heard),
        p95_ms=percentile(durations, 0.95), slowest_ms=percentile(durations, 1), wrong=len(wrong),
    )  # fmt: skip


def main() -> int:
    given = asked(__doc__, requests=50_000, seed=1, seconds=1200)
    kept = True
    for kind in given.databases:
        with ground(kind) as here, here.app(demo=True):
            load_demo()
            db.session.commit()
            with serving(here, processes=2, DEMO="1") as server:
                kept &= run(here, server.port, given.requests, given.seed, given.seconds)
    return not kept


if __name__ == "__main__":
    sys.exit(main())
