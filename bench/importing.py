"""Figure 9: reading a file in, beside parsing it and inserting the same columns: `python -m bench.importing --help`.

The file is what the product's own export makes of the seeded offers of all municipalities and schools. Ours reads it
as the command does, with every check, its line in the log, the tags and the change number, in slices; once with terms
and search words left to later and once with them. The peer parses the same bytes and hands the cells to `executemany`
in one transaction: every column of the table, no checks, no tags, no change number, one organisation for all. Each run
begins with the same database without listings, SQLite in a file; CPU seconds of this process, in turn.
"""

import argparse
import csv
import io
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from bench.measure import card, ratios, timed, write
from bench.national import national_app
from config import ROOT, Settings
from matchmaker import create_app
from matchmaker.cli.importing import find_organisation
from matchmaker.database import db
from matchmaker.listings.import_export.export import rows, to_csv
from matchmaker.listings.import_export.importing import check_sheet, fingerprint_of
from matchmaker.listings.import_export.job import note_import, write_slices
from matchmaker.listings.import_export.sheets import read_sheet
from matchmaker.listings.models import Listing, ListingTag
from matchmaker.listings.search.models import ListingWords
from matchmaker.organisations.models import Organisation
from matchmaker.seed.load import load_seed
from matchmaker.vocabulary import Side

FOLDER = ROOT / "build" / "bench"
TURNS = 3
FIXED = {
    "side": "offer", "kind": "work", "status": "published", "work_fields": "[]", "study_fields": "[]", "levels": "[]",
    "tracks": "[]", "languages": "[]", "slots": "[]", "details": "{}", "mode": "on_site", "places": 1,
    "places_taken": 0, "created_at": "2026-01-01 00:00:00", "title": "", "text": "", "place": "", "allowance_note": "",
    "returned_because": "", "terms_version": "", "version": 1,
}  # fmt: skip
"""What the peer writes where the file has no cell for a column."""

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
        find_organisation=find_organisation,
    )
    assert not checked.bad, checked.bad[0].problems
    about = checked.new[0].organisation
    assert about is not None
    event = note_import(checked, about=about, by=None, organisation=None)
    for _ in write_slices(checked.new, side=Side.OFFER, by=None, event=event, analyse=analyse):
        db.session.commit()


def peer(content: bytes) -> None:
    """Parse and insert."""
    organisation_id = db.session.scalars(select(Organisation.id).limit(1)).one()
    db.session.rollback()
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    place = {name: number for number, name in enumerate(next(lines))}
    names = [column.name for column in Listing.__table__.columns if column.name != "id"]
    fixed = [{**FIXED, "organisation_id": organisation_id}.get(name) for name in names]
    moved = [(names.index(name), place[cell], FIXED.get(name)) for name, cell in CELLS.items()]

    def ready() -> Iterator[list[Any]]:
        for line in lines:
            made = fixed.copy()
            for to, of, otherwise in moved:
                made[to] = line[of] or otherwise
            yield made

    marks = ", ".join("?" * len(names))
    connection = db.engine.raw_connection()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(f"INSERT INTO listings ({', '.join(names)}) VALUES ({marks})", ready())
    connection.execute("COMMIT")
    connection.close()


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
        "peer": lambda: peer(content),
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
        _row("9 import without terms and search words", times, "without", kept),
        _row("9 import with terms and search words", times, "with_search", kept),
    ]
    for row in found:
        print(row)
    write(asked.json, {"card": card("sqlalchemy"), "rows_in_file": asked.rows, "bytes": len(content), "rows": found})


def _row(name: str, times: dict[str, list[float]], which: str, kept: dict[str, dict[str, int]]) -> dict[str, Any]:
    ratio = ratios(times[which], times["peer"])
    seconds = {each: statistics.median(times[each]) for each in (which, "peer")}
    return {
        "row": name,
        "times_slower": ratio["median"],
        "worst": ratio["greatest"],
        "seconds": seconds[which],
        "peer_seconds": seconds["peer"],
        "written": kept[which],
        "peer_written": kept["peer"],
    }


def _close() -> None:
    db.session.remove()
    db.engine.dispose()


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
