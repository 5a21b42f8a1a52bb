"""500 slow connections and 200 requests a second, and others who ask a page now and then.

The crowd runs in a process of its own, on the same processors as the server: `python -m soak.overload --seconds 60`.
"""

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from matchmaker.database import db
from matchmaker.seed.load import load_seed
from soak.browser import Answer, Browser
from soak.ground import asked, ground, median, percentile, serving, tell

PAGES = ("/aanbod", "/", "/hulp", "/aanbod?niveau=hbo_bachelor", "/aanbod?pagina=2")
OTHERS, PAUSE = 5, 0.25
PROMISED = 300.0
"""Milliseconds for 95 of 100 pages of the others."""
GROWTH = 200 * 1024 * 1024
"""Bytes the server may hold more than before."""


def ask_now_and_then(port: int, seconds: float) -> list[Answer]:
    """What the others hear: each from an address of its own, a page and a pause."""
    answers: list[Answer] = []
    end = time.monotonic() + seconds

    def visit(number: int) -> None:
        browser = Browser(port, address=f"127.0.2.{number + 1}")
        turn = number
        while time.monotonic() < end:
            answers.append(browser.get(PAGES[turn % len(PAGES)]))
            turn += 1
            time.sleep(PAUSE)

    visitors = [threading.Thread(target=visit, args=(number,)) for number in range(OTHERS)]
    for each in visitors:
        each.start()
    for each in visitors:
        each.join()
    return answers


def warm(port: int) -> None:
    """Let every process see every page, as after a while of ordinary use."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(Browser(port).get, PAGES * 30))


def durations(answers: list[Answer]) -> list[float]:
    return [each.seconds for each in answers]


def main() -> int:
    given = asked(__doc__, seconds=60, slow=500, rate=200, addresses=20, offers=2000)
    kept = True
    for kind in given.databases:
        with ground(kind) as here:
            with here.app():
                load_seed(offers=given.offers, needs=given.offers // 5, seed=1, say=lambda done, total: None)
                db.session.commit()
            with serving(here, processes=4) as server:
                warm(server.port)
                quiet, before = ask_now_and_then(server.port, 10), server.memory()
                command = [sys.executable, "-m", "soak.crowd", str(server.port), str(given.seconds)]
                command += [str(given.slow), str(given.rate), str(given.addresses)]
                crowd = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
                time.sleep(2)
                others, most = [], before
                for _ in range(max(1, (given.seconds - 4) // 4)):
                    others += ask_now_and_then(server.port, 4)
                    most = max(most, server.memory())
                crowds = {int(status): number for status, number in json.loads(crowd.communicate()[0]).items()}
                after = ask_now_and_then(server.port, 4)
        heard = Counter(each.status for each in others)
        refused = {status for status in (*crowds, *heard) if status >= 400 or not status}
        promises = {
            "95 of 100 pages of others within 300 ms": percentile(durations(others), 0.95) < PROMISED,
            "no one else is refused": set(heard) == {200},
            "refusals are 429 or 503": refused <= {429, 503},
            "memory is bounded": most - before < GROWTH,
            "well again at once": {each.status for each in after} == {200},
        }
        kept &= tell(
            "overload", promises, database=kind, seconds=given.seconds, slow=given.slow, rate=given.rate,
            others_p95_ms=percentile(durations(others), 0.95), others_median_ms=median(durations(others)),
            others_quiet_p95_ms=percentile(durations(quiet), 0.95), pages_of_others=len(others),
            heard_by_others=dict(heard), heard_by_crowd=crowds, memory_mb=[before >> 20, most >> 20],
        )  # fmt: skip
    return not kept


if __name__ == "__main__":
    sys.exit(main())
