"""One table as the files people ask for: CSV, JSON, XLSX."""

import json

from flask import Response

from matchmaker.clock import today
from matchmaker.listings.import_export.export import to_csv, to_xlsx
from matchmaker.words.processing import Table

ENDINGS = "any(csv,json,xlsx)"
_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_file(table: Table, name: str, ending: str) -> Response:
    """The table under this name and today's date; the cells are the same in every kind of file."""
    made = {"csv": to_csv, "xlsx": to_xlsx}.get(ending)
    content = made(table.whole) if made else _as_json(table)
    response = Response(content, mimetype=_TYPES[ending])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{today().isoformat()}.{ending}"'
    return response


def _as_json(table: Table) -> bytes:
    lines = [dict(zip(table.head, line, strict=True)) for line in table.lines]
    return json.dumps(lines, ensure_ascii=False, indent=1).encode()
