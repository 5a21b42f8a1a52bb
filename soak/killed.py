"""A write once confirmed survives: kill -9 of the whole server under load, again and again; and it is soon back.

`python -m soak.killed --rounds 100 --writes 100`, on each database: 200 kills and 20,000 confirmed writes in all.
"""

import secrets
import sys
import threading
import time

from sqlalchemy import select

from matchmaker.database import db
from matchmaker.threads.models import Message
from soak.browser import Browser
from soak.ground import Server, asked, ground, median, percentile, tell
from soak.people import browser_of
from tests.matches.scenes import scene

CLIENTS = 6
REFUSALS = (429, 503)
"""Said to who asks without a pause while others wait."""
PROMISED = 3.0
"""Seconds until the server is ready again."""


class Writers:
    """People who write messages one after the other; `confirmed` are those they were told are kept."""

    def __init__(self, port: int) -> None:
        self.port = port
        here = scene()
        match = here.asked()
        emails = [here.lecturer.email, here.officer.email] * (CLIENTS // 2)
        db.session.commit()
        self.path = f"/samen/{match.id}"
        db.session.remove()
        self.browsers = [browser_of(email, port, number=number) for number, email in enumerate(emails)]
        for browser in self.browsers:
            browser.get(self.path)
        self.confirmed: list[str] = []
        self.refused: list[int] = []
        self.odd: list[int] = []
        self.stopping = threading.Event()

    def start(self) -> None:
        self.stopping.clear()
        self.threads = [threading.Thread(target=self._write, args=(each,)) for each in self.browsers]
        for each in self.threads:
            each.start()

    def stop(self) -> None:
        self.stopping.set()
        for each in self.threads:
            each.join()

    def _write(self, browser: Browser) -> None:
        while not self.stopping.is_set():
            text = secrets.token_hex(12)
            answer = browser.post(f"{self.path}/bericht", {"text": text, "submission_key": secrets.token_hex(16)})
            if answer.status == 302 and "inloggen" not in answer.location:
                self.confirmed.append(text)
            elif answer.status:
                (self.refused if answer.status in REFUSALS else self.odd).append(answer.status)
                time.sleep(0.1)
            else:
                time.sleep(0.02)


def run(kind: str, server: Server, rounds: int, writes: int) -> bool:
    first = server.start()
    writers, ready = Writers(server.port), []
    for turn in range(rounds):
        goal, since = (turn + 1) * writes, time.monotonic()
        writers.start()
        while len(writers.confirmed) < goal and time.monotonic() - since < 120:
            time.sleep(0.005)
        server.kill()
        writers.stop()
        ready.append(server.start())
    kept = set(db.session.scalars(select(Message.text)))
    every = list(db.session.scalars(select(Message.text)))
    db.session.remove()
    lost = [text for text in writers.confirmed if text not in kept]
    promises = {
        "none lost": not lost,
        "none twice": len(every) == len(kept),
        "enough confirmed": len(writers.confirmed) >= rounds * writes,
        "ready in 3 s": max(ready) < PROMISED,
        "no odd answer": not writers.odd,
    }
    return tell(
        "killed", promises, database=kind, kills=rounds, confirmed=len(writers.confirmed), lost=len(lost),
        refused=len(writers.refused), odd=sorted(set(writers.odd)),
        ready_median_ms=median(ready), ready_p95_ms=percentile(ready, 0.95),
        ready_slowest_ms=percentile(ready, 1), first_start_ms=round(first * 1000),
    )  # fmt: skip


def main() -> int:
    given = asked(__doc__, rounds=100, writes=100)
    kept = True
    for kind in given.databases:
        with ground(kind) as here, here.app():
            server = Server(here, processes=2)
            try:
                kept &= run(kind, server, given.rounds, given.writes)
            finally:
                server.stop()
    return not kept


if __name__ == "__main__":
    sys.exit(main())
