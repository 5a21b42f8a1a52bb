"""What the chain of the log costs a request that writes: `python -m bench.audit`, on a database of its own (`--help`).

The same requests with the chain and without it, in turn and warm, by a client in this process: an event is written in
both, only the links of the chain are left out. Three real ways to write: a name changed (the least a request can do), a
match accepted, and a need published, which is matched at once. On SQLite, or with `--database` on an empty PostgreSQL.
Told are CPU seconds of this process and seconds by the clock, with the commit: a ratio is of the same turn, the median
of all.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event, func, select

from bench.campus import PASSWORD, Campus, fill
from bench.measure import card, milliseconds, ratios, write
from config import Settings
from matchmaker import create_app
from matchmaker.audit import chain
from matchmaker.audit.models import AuditEvent, AuditSeal
from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.listings.models import Need
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind, ListingStatus

TURNS, REQUESTS, WARM = 15, 10, 2
"""In each turn so many requests with and so many without, in an order by lot."""
ASKED = 1.05
Send = Callable[[], int]


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--json", default="")
    told.add_argument("--database", default="")
    told.add_argument("--turns", type=int, default=TURNS)
    asked = told.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.database or f"sqlite:///{folder}/audit.db"
        app = create_app(Settings(database_url=url, files_folder=Path(folder) / "files", second_step=False))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            upgrade()
            here = fill()
            number = 2 * REQUESTS * (asked.turns + WARM)
            ways = _ways(app, here, number)
            dialect = db.engine.dialect.name
            db.session.remove()
        rows = [_measured(name, sends, turns=asked.turns, dialect=dialect) for name, sends in ways.items()]
        with app.app_context():
            _check()
            db.session.remove()
            db.engine.dispose()
    write(asked.json, {"card": card("sqlalchemy", "flask"), "database": dialect, "rows": rows})


def _measured(name: str, sends: Iterator[Send], *, turns: int, dialect: str) -> dict[str, Any]:
    """Seconds of a request with the chain and without, in the same turns."""
    lot = random.Random(1)
    cpu: dict[bool, list[float]] = {True: [], False: []}
    clock: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(WARM + turns):
        taken = {True: (0.0, 0.0), False: (0.0, 0.0)}
        for _ in range(REQUESTS):
            for chained in lot.sample((True, False), 2):
                spent = _one(next(sends), chained=chained)
                taken[chained] = (taken[chained][0] + spent[0], taken[chained][1] + spent[1])
        if turn >= WARM:
            for chained, (by_cpu, by_clock) in taken.items():
                cpu[chained].append(by_cpu / REQUESTS)
                clock[chained].append(by_clock / REQUESTS)
    row = {
        "way": name,
        "cpu": ratios(cpu[True], cpu[False]),
        "clock": ratios(clock[True], clock[False]),
        "milliseconds": {"with": milliseconds(clock[True]), "without": milliseconds(clock[False])},
        "extra_cpu_ms": 1000 * statistics.median(a - b for a, b in zip(cpu[True], cpu[False], strict=True)),
    }
    print(
        "{way} on {on}: CPU {cpu[median]:.3f}x ({cpu[least]:.3f} to {cpu[greatest]:.3f}), clock {clock[median]:.3f}x "
        "({clock[least]:.3f} to {clock[greatest]:.3f}); {milliseconds[with]:.1f} ms with, "
        "{milliseconds[without]:.1f} without, {extra_cpu_ms:.2f} ms of CPU more".format(on=dialect, **row),
        flush=True,
    )
    return row


def _one(send: Send, *, chained: bool) -> tuple[float, float]:
    """CPU seconds and seconds by the clock of one request."""
    if not chained:
        event.remove(db.session, "before_commit", chain._seal)
    try:
        began, began_cpu = time.perf_counter(), time.process_time()
        status = send()
        spent = time.process_time() - began_cpu, time.perf_counter() - began
    finally:
        if not chained:
            event.listen(db.session, "before_commit", chain._seal)
    assert status == 302, f"answers {status}"
    return spent


def _ways(app: Flask, here: Campus, number: int) -> dict[str, Iterator[Send]]:
    """For each way to write as many requests as are asked for, every one on something new."""
    client = app.test_client()
    answer = client.post("/inloggen", data={"email": here.coordinator.email, "password": PASSWORD})
    assert answer.status_code == 302
    matches = [_offered(here, each) for each in range(number)]
    drafts = [_need(here, f"D{each:05d}", ListingStatus.DRAFT) for each in range(number)]
    db.session.commit()
    names = [{"display_name": f"Naam {each}", "language": "nl", "colour_mode": ""} for each in range(number)]
    return {
        "name changed": _posts(client, [("/account", each) for each in names]),
        "match accepted": _posts(client, [(f"/samen/{each.id}/aannemen", {}) for each in matches]),
        "need published": _posts(client, [(f"/school/vragen/{each.reference}/publiceren", {}) for each in drafts]),
    }


def _posts(client: FlaskClient, requests: list[tuple[str, dict[str, str]]]) -> Iterator[Send]:
    for path, data in requests:
        yield lambda path=path, data=data: client.post(path, data=data).status_code  # type: ignore[misc]


def _need(here: Campus, reference: str, status: ListingStatus) -> Need:
    made = Need(
        reference=reference,
        kind=Kind.LECTURE,
        status=status,
        published_at=now() if status is ListingStatus.PUBLISHED else None,
        organisation_id=here.school.id,
        owner_id=here.coordinator.id,
        title="Wie vertelt over water en wonen?",
        text="Een gastles over het omgevingsplan, de vergunningen en de gesprekken met bewoners over water en wonen.",
        work_fields=["W15"],
        levels=["hbo_bachelor"],
        latitude=here.school.latitude,
        longitude=here.school.longitude,
        respond_before=today() + timedelta(days=60),
    )
    db.session.add(made)
    return made


def _offered(here: Campus, number: int) -> Match:
    need, offer = _need(here, f"V{number:05d}", ListingStatus.PUBLISHED), here.offers[number % len(here.offers)]
    offer.places = 10_000
    db.session.flush()
    made = Match(
        kind=need.kind,
        need_id=need.id,
        offer_id=offer.id,
        municipality_id=offer.organisation_id,
        school_id=here.school.id,
        desk_id=here.towns[0].desk_id,
        school_contact_id=here.coordinator.id,
        state=State.OFFERED,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _check() -> None:
    """Both sides wrote the same events; about half of them have a link."""
    events = db.session.scalar(select(func.count(AuditEvent.id))) or 0
    links = db.session.scalar(select(func.count(AuditSeal.number))) or 0
    print(f"{events} events, {links} links")
    assert 0 < links < events


if __name__ == "__main__":
    main()
