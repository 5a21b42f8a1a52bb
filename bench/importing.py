"""Figure 9: reading a file in, beside parsing it and inserting the same columns: `python -m bench.importing --help`.

The file is what the product's own export makes of the seeded offers of all municipalities and schools. Ours reads it
as the command does, with every check, its line in the log, the tags and the change number, in slices; once with terms
and search words left to later and once with them. Two peers parse the same bytes and fill every column of the table in
one `executemany` and one transaction, without checks, tags or change number, with one organisation for all. `values`
makes Python values of the cells (lists, codes, numbers, days) and inserts them with SQLAlchemy Core, so that the rows
can be used; `cells` hands the text of the cells to sqlite3 as it stands, rows the product could not read: the least
that can be done with the bytes. Each run begins with the same database without listings, SQLite in a file; CPU seconds
of this process, in turn. Ours lets the garbage collector wait, the peers do not.
"""

import argparse
import csv
import io
import shutil
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import func, insert, select
from sqlalchemy.orm import joinedload

from bench.measure import card, ratios, timed, write
from bench.national import national_app
from config import ROOT, Settings
from matchmaker import create_app
from matchmaker.cli.importing import organisation_finder
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.listings.import_export import columns
from matchmaker.listings.import_export.export import rows, to_csv
from matchmaker.listings.import_export.importing import check_sheet, fingerprint_of
from matchmaker.listings.import_export.job import note_import, write_slices
from matchmaker.listings.import_export.sheets import read_sheet
from matchmaker.listings.models import Listing, ListingTag
from matchmaker.listings.search.models import ListingWords
from matchmaker.organisations.models import Organisation
from matchmaker.seed.load import load_seed
from matchmaker.vocabulary import Mode, Side

FOLDER = ROOT / "build" / "bench"
TURNS = 3
FIXED = {
    "side": "offer", "kind": "work", "status": "published", "work_fields": "[]", "study_fields": "[]", "levels": "[]",
    "tracks": "[]", "languages": "[]", "slots": "[]", "details": "{}", "mode": "on_site", "places": 1,
    "places_taken": 0, "created_at": "2026-01-01 00:00:00", "title": "", "text": "", "place": "", "allowance_note": "",
    "returned_because": "", "terms_version": "", "version": 1,
}  # fmt: skip
"""What the peer writes where the file has no cell for a column."""

FIGURES = ("times_slower", "worst", "seconds", "peer_seconds")
CELLS = {
    "reference": "nummer", "import_key": "sleutel", "kind": "soort", "title": "titel", "text": "tekst",
    "work_fields": "werkvelden", "study_fields": "studierichtingen", "levels": "niveaus", "tracks": "leerweg",
    "languages": "taal", "hours_min": "uren_van", "hours_max": "uren_tot", "starts_on": "start", "ends_on": "eind",
    "duration_weeks": "duur_weken", "slots": "momenten", "allowance_min": "vergoeding_van",
    "allowance_max": "vergoeding_tot", "allowance_note": "vergoeding_uitleg", "respond_before": "reageren_voor",
    "place": "plaats", "mode": "vorm", "max_distance_km": "reisafstand_km",
}  # fmt: skip
"""The cell the peer puts in each column, as it stands."""


def file_with(offers: int) -> bytes:
    """The export of so many seeded offers; kept, because making it takes longer than reading it in."""
    kept = FOLDER / f"import-{offers}.csv"
    if not kept.exists():
        with national_app(offers=offers, needs=0):
            parts = (joinedload(Listing.organisation), joinedload(Listing.team), joinedload(Listing.programme))
            found = db.session.scalars(select(Listing).order_by(Listing.id).options(*parts).limit(offers))
            kept.write_bytes(to_csv(rows(found.yield_per(2_000))))
    return kept.read_bytes()


@contextmanager
def country() -> Iterator[Path]:
    """An application on a database with every municipality and school and no listings; yields a copy of it."""
    path = FOLDER / "import.db"
    _remove(path)
    app = create_app(Settings(database_url=f"sqlite:///{path}", files_folder=FOLDER / "files", demo=False))
    with app.app_context():
        upgrade()
        load_seed(offers=0, needs=0, seed=1, say=lambda done, total: None)
        db.session.commit()
        _close()
        empty = shutil.copy(path, FOLDER / "import-empty.db")
        yield Path(empty)
        _close()


def begin_again(empty: Path) -> None:
    """The database without listings again."""
    _close()
    path = FOLDER / "import.db"
    _remove(path)
    shutil.copy(empty, path)


def ours(content: bytes, *, analyse: bool) -> None:
    """As the command does it, without looking who fits."""
    sheet = read_sheet(content, by_command=True)
    checked = check_sheet(
        sheet,
        side=Side.OFFER,
        fingerprint=fingerprint_of(content),
        organisation=None,
        find_organisation=organisation_finder(),
    )
    assert not checked.bad, checked.bad[0].problems
    about = checked.new[0].organisation
    assert about is not None
    event = note_import(checked, about=about, by=None, organisation=None)
    for _ in write_slices(checked.new, side=Side.OFFER, by=None, event=event, analyse=analyse):
        db.session.commit()


def _lines(content: bytes) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")


def _first_organisation() -> int:
    number = db.session.scalars(select(Organisation.id).limit(1)).one()
    db.session.rollback()
    return number


def peer_cells(content: bytes) -> None:
    """Parse the file and insert the text of its cells."""
    fixed = {**FIXED, "organisation_id": _first_organisation()}
    lines = _lines(content)
    place = {name: number for number, name in enumerate(next(lines))}
    names = [column.name for column in Listing.__table__.columns if column.name != "id"]
    first = [fixed.get(name) for name in names]
    moved = [(names.index(name), place[cell], fixed.get(name)) for name, cell in CELLS.items()]

    def ready() -> Iterator[list[Any]]:
        for line in lines:
            made = first.copy()
            for to, of, otherwise in moved:
                made[to] = line[of] or otherwise
            yield made

    connection = db.engine.raw_connection()
    connection.execute("BEGIN IMMEDIATE")
    marks = ", ".join("?" * len(names))
    connection.executemany(f"INSERT INTO listings ({', '.join(names)}) VALUES ({marks})", ready())
    connection.execute("COMMIT")
    connection.close()


def _spelled(spellings: dict[Any, tuple[str, ...]]) -> dict[str, str]:
    return {names[0]: str(code) for code, names in spellings.items()}


def _list_of(codes: dict[str, str]) -> Callable[[str], list[str]]:
    return lambda cell: [codes.get(part, part) for part in cell.split("; ")] if cell else []


def _readers() -> dict[str, Callable[[str], Any]]:
    number: Callable[[str], Any] = lambda cell: int(cell) if cell else None  # noqa: E731
    day: Callable[[str], Any] = lambda cell: date.fromisoformat(cell) if cell else None  # noqa: E731
    modes, kinds = _spelled(columns.MODES), _spelled(columns.KINDS)
    numbers = ("hours_min", "hours_max", "duration_weeks", "allowance_min", "allowance_max", "max_distance_km")
    return {
        **dict.fromkeys(numbers, number),
        **dict.fromkeys(("starts_on", "ends_on", "respond_before"), day),
        **dict.fromkeys(("work_fields", "study_fields", "slots"), _list_of({})),
        "levels": _list_of(_spelled(columns.LEVELS)),
        "tracks": _list_of(_spelled(columns.TRACKS)),
        "languages": _list_of({}),
        "mode": lambda cell: modes.get(cell, Mode.ON_SITE),
        "kind": lambda cell: kinds[cell],
    }


def peer_values(content: bytes) -> None:
    """Parse the file and its cells and insert values; what has no cell gets the default of its column."""
    lines = _lines(content)
    place = {name: number for number, name in enumerate(next(lines))}
    always = {
        "side": Side.OFFER,
        "status": "published",
        "organisation_id": _first_organisation(),
        "published_at": now(),
    }
    readers = _readers()
    moved = [(name, place[cell], readers.get(name, str)) for name, cell in CELLS.items()]
    made = [always | {name: read(line[of]) for name, of, read in moved} for line in lines]
    with db.engine.begin() as connection:
        connection.execute(insert(Listing.__table__), made)


def counted() -> dict[str, int]:
    tables = (Listing, ListingTag, ListingWords)
    return {each.__tablename__: db.session.scalar(select(func.count()).select_from(each)) or 0 for each in tables}


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--json", default="")
    told.add_argument("--rows", type=int, default=100_000)
    told.add_argument("--turns", type=int, default=TURNS)
    asked = told.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    content = file_with(asked.rows)
    works = {
        "values": lambda: peer_values(content),
        "cells": lambda: peer_cells(content),
        "without": lambda: ours(content, analyse=False),
        "with_search": lambda: ours(content, analyse=True),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    kept: dict[str, dict[str, int]] = {}
    with country() as empty:
        for turn in range(asked.turns + 1):
            for name, work in works.items():
                begin_again(empty)
                seconds = timed(work)
                kept[name] = counted()
                if turn:
                    times[name].append(seconds)
    found = [
        _row(f"9 import {told_as}, against parse and insert of {other}", times, which, other, kept[which])
        for which, told_as in (("without", "without terms and search words"), ("with_search", "with them"))
        for other in ("values", "cells")
    ]
    for row in found:
        print(row["row"] + ": " + ", ".join(f"{name} {row[name]:.4g}" for name in FIGURES), row["written"])
    described = card("sqlalchemy")
    write(asked.json, {"card": described, "rows_in_file": asked.rows, "bytes": len(content), "rows": found})


def _row(name: str, times: dict[str, list[float]], which: str, other: str, written: dict[str, int]) -> dict[str, Any]:
    ratio = ratios(times[which], times[other])
    return {
        "row": name,
        "times_slower": ratio["median"],
        "worst": ratio["greatest"],
        "seconds": statistics.median(times[which]),
        "peer_seconds": statistics.median(times[other]),
        "written": written,
    }


def _close() -> None:
    db.session.remove()
    db.engine.dispose()


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
