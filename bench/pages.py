"""Figure 8: pages under gunicorn with two workers beside the barest Flask-SQLAlchemy page: `python -m bench.pages`.

DATABASE_URL is a national load (`flask --app wsgi seed`, then `listings reindex`), DEMO_URL a database of `make demo`
for the page of a match. Both servers answer in turn, warm, to the same client. A ratio is requests a second divided by
those of the peer in the same turn, the median of all turns and the worst; CPU is that of the workers alone. The card of
a list is drawn once for as long as nothing on it changes, the peer reads and draws its rows each time; the first visit
to each address is reported apart.
"""

import argparse
import http.client
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

TURNS = 7
REQUESTS = 120
CLIENTS = 4
PATHS = (
    "/aanbod", "/aanbod?pagina=2", "/aanbod?niveau=hbo_bachelor", "/aanbod?soort=graduation&provincie=PV26",
    "/aanbod?werkveld=W20&vorm=hybrid", "/aanbod?plaats=Utrecht&km=30", "/aanbod?q=vergunning",
    "/aanbod?q=klimaat&niveau=mbo4", "/aanbod?volgorde=sluit", "/aanbod?uren=25-32&pagina=3",
)  # fmt: skip
EMAIL, PASSWORD = "k.benali@hu.example", "matchmaker demo"


class Server:
    """A gunicorn of two workers, and the processor time its workers have taken."""

    def __init__(self, target: str, port: int, database: str) -> None:
        environment = {
            **os.environ,
            "DATABASE_URL": database,
            "PUBLIC_URL": f"http://localhost:{port}",
            "SECOND_STEP": "0",
        }
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            target,
            "-w",
            "2",
            "-b",
            f"127.0.0.1:{port}",
            "--log-level",
            "error",
            "--timeout",
            "300",
        ]
        self.port, self.cookie = port, ""
        self.process = subprocess.Popen(command, env={**environment, "DEMO": "1"})

    def wait(self) -> None:
        for _ in range(300):
            try:
                self.get("/aanbod")
                return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError("the server does not answer")

    def get(self, path: str) -> bytes:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=120)
        connection.request("GET", path, headers={"Cookie": self.cookie} if self.cookie else {})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{path} answers {answer.status}")
        return body

    def sign_in(self) -> None:
        connection = http.client.HTTPConnection("localhost", self.port)
        connection.request("GET", "/inloggen")
        answer = connection.getresponse()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.read().decode())
        values = {"email": EMAIL, "password": PASSWORD, "csrf_token": token.group(1) if token else ""}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": _cookie(answer)}
        connection.request("POST", "/inloggen", urlencode(values), headers)
        answer = connection.getresponse()
        answer.read()
        self.cookie = _cookie(answer)

    def cpu(self) -> float:
        """Seconds of all workers so far."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parts = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(parts[1]) == self.process.pid:
                ticks += int(parts[11]) + int(parts[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def _cookie(answer: http.client.HTTPResponse) -> str:
    return (answer.getheader("Set-Cookie") or "").partition(";")[0]


@contextmanager
def serving(*asked: tuple[str, int, str]) -> Iterator[list[Server]]:
    servers = [Server(*each) for each in asked]
    try:
        for server in servers:
            server.wait()
        yield servers
    finally:
        for server in servers:
            server.process.terminate()
            server.process.wait()


def turn(server: Server, paths: Sequence[str], number: int) -> tuple[float, float]:
    """Requests a second, and milliseconds of processor a request."""
    asked = [paths[index % len(paths)] for index in range(number)]
    cpu, began = server.cpu(), time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(server.get, asked))
    seconds = time.perf_counter() - began
    return number / seconds, 1000 * (server.cpu() - cpu) / number


def compare(name: str, own: Server, peer: Server, paths: Sequence[str]) -> dict[str, object]:
    first, _ = turn(own, paths, len(paths))
    turn(own, paths, 2 * REQUESTS), turn(peer, ["/aanbod"], REQUESTS)
    ratios, cpu_ratios, rates, costs = [], [], [], []
    for _ in range(TURNS):
        ours, theirs = turn(own, paths, REQUESTS), turn(peer, ["/aanbod"], REQUESTS)
        ratios.append(ours[0] / theirs[0])
        cpu_ratios.append(theirs[1] / ours[1])
        rates.append((ours[0], theirs[0]))
        costs.append((ours[1], theirs[1]))
    return {
        "row": name,
        "ratio": statistics.median(ratios),
        "worst": min(ratios),
        "cpu_ratio": statistics.median(cpu_ratios),
        "requests_a_second": [statistics.median(each) for each in zip(*rates, strict=True)],
        "cpu_milliseconds": [statistics.median(each) for each in zip(*costs, strict=True)],
        "first_visit_requests_a_second": first,
    }


def match_paths(server: Server) -> list[str]:
    """The matches with reasons of the reader who signed in."""
    found = sorted(set(re.findall(r'href="(/samen/\d+)"', server.get("/samen/").decode())))
    return found[:10]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", type=Path, help="also write the rows to this file")
    asked = arguments.parse_args()
    rows = []
    national, demo = os.environ["DATABASE_URL"], os.environ.get("DEMO_URL")
    with serving(("wsgi:app", 5104, national), ("bench.bare_page:app", 5204, national)) as (own, peer):
        rows.append(compare("browse with facets", own, peer, PATHS))
        rows.append(compare("browse with facets, the first page", own, peer, PATHS[:1]))
    if demo:
        with serving(("wsgi:app", 5104, demo), ("bench.bare_page:app", 5204, demo)) as (own, peer):
            own.sign_in()
            rows.append(compare("match page with reasons", own, peer, match_paths(own)))
    for row in rows:
        print(json.dumps(row))
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} processors")
    if asked.json:
        asked.json.write_text(json.dumps(rows, indent=2))


if __name__ == "__main__":
    main()
