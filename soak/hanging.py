"""A PostgreSQL that hangs, stopped with its sockets open: 503 within three seconds, and well within five without a
restart.

`python -m soak.hanging --rounds 10`: every process of PostgreSQL gets SIGSTOP while people ask pages, and SIGCONT.
"""

import os
import signal
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from matchmaker.database import db
from soak.browser import Browser
from soak.ground import Ground, Server, asked, percentile, postgresql, serving, tell
from soak.people import browser_of
from tests.factories import people

VISITORS = 8
HANGS = 6.0
"""Seconds that it hangs."""
PAUSE = 1.0
"""Seconds between the pages of one visitor. Who asks much more while others wait hears 429 (`serving/turns.py`)."""
PROMISED, BACK = 3.0, 5.0


def processes(data: Path) -> list[int]:
    """Those of the PostgreSQL that keeps its data there: the first one and its children."""
    first = int((data / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    return [first, *map(int, children)]


def hang(data: Path, how: signal.Signals) -> None:
    for number in processes(data):
        os.kill(number, how)


def ask_until(browser: Browser, end: float) -> list[tuple[int, float]]:
    found = []
    while time.monotonic() < end:
        answer = browser.get("/account")
        found.append((answer.status, answer.seconds))
        time.sleep(PAUSE)
    return found


def run(server: Server, browsers: list[Browser], data: Path, rounds: int) -> bool:
    heard, waited, back = Counter[int](), list[float](), list[float]()
    with ThreadPoolExecutor(VISITORS) as pool:
        for _ in range(rounds):
            hang(data, signal.SIGSTOP)
            try:
                end = time.monotonic() + HANGS
                for answers in pool.map(lambda browser, end=end: ask_until(browser, end), browsers):
                    heard.update(status for status, _seconds in answers)
                    waited += [seconds for _status, seconds in answers]
            finally:
                hang(data, signal.SIGCONT)
            begun = time.monotonic()
            while any(browser.get("/account").status != 200 for browser in browsers):
                time.sleep(0.05)
            back.append(time.monotonic() - begun)
    promises = {
        "503 and nothing else": set(heard) == {503},
        "within 3 s": max(waited) < PROMISED,
        "back within 5 s": max(back) < BACK,
    }
    return tell(
        "hanging", promises, rounds=rounds, heard=dict(heard), slowest_ms=percentile(waited, 1),
        median_ms=percentile(waited, 0.5), back_slowest_ms=percentile(back, 1),
    )  # fmt: skip


def main() -> int:
    given = asked(__doc__, rounds=10)
    with postgresql() as database:
        folder = Path(database.pgdata).parent
        here = Ground(database.get_uri(), folder / "files").migrated()
        with here.app(), serving(here, processes=2) as server:
            emails = [people.account().email for _ in range(VISITORS)]
            db.session.commit()
            browsers = [browser_of(email, server.port, number=number) for number, email in enumerate(emails)]
            for browser in browsers:
                browser.get("/account")
            kept = run(server, browsers, Path(database.pgdata), given.rounds)
    return not kept


if __name__ == "__main__":
    sys.exit(main())
