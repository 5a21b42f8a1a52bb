"""One table as the files people ask for: CSV, JSON, XLSX."""

import json

from flask import Response

from matchmaker.clock import today
from matchmaker.listings.import_export.export import to_csv, to_xlsx
from matchmaker.web.files import as_file
from matchmaker.words.processing import Table

ENDINGS = "any(csv,json,xlsx)"


def table_file(table: Table, name: str, ending: str) -> Response:
    """The table under this name and today's date; the cells are the same in every kind of file."""
    made = {"csv": to_csv, "xlsx": to_xlsx}.get(ending)
    content = made(table.whole) if made else _as_json(table)
    return as_file(content, f"{name}-{today().isoformat()}", ending)


def _as_json(table: Table) -> bytes:
    lines = [dict(zip(table.head, line, strict=True)) for line in table.lines]
    return json.dumps(lines, ensure_ascii=False, indent=1).encode()
