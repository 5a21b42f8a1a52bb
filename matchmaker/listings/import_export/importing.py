"""From a table to checked rows: every bad cell is named before anything is written."""

import hashlib
from dataclasses import dataclass

from matchmaker.listings.import_export.collecting import collector_waits
from matchmaker.listings.import_export.columns import columns_by_name
from matchmaker.listings.import_export.reading import FindOrganisation, Reader
from matchmaker.listings.import_export.rows import Row
from matchmaker.listings.import_export.sheets import Sheet
from matchmaker.listings.queries import imported
from matchmaker.organisations.models import Organisation
from matchmaker.reference import fold
from matchmaker.vocabulary import Side


@dataclass(frozen=True, slots=True)
class Checked:
    """A table that was read: its rows, columns nobody knows, rows of the other side that were left aside."""

    rows: tuple[Row, ...]
    unknown_columns: tuple[str, ...]
    other_side: int
    fingerprint: str

    @property
    def bad(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.problems)

    @property
    def new(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.known_already)


def fingerprint_of(content: bytes) -> str:
    """What makes the same file the same import."""
    return hashlib.sha256(content).hexdigest()[:16]


@collector_waits()
def check_sheet(
    sheet: Sheet,
    *,
    side: Side,
    fingerprint: str,
    organisation: Organisation | None,
    find_organisation: FindOrganisation | None = None,
) -> Checked:
    """Read every row and say what is wrong with it. Writes nothing.

    `organisation` owns rows that name none. Rows for another organisation need `find_organisation`, which only a
    command of the platform gives.
    """
    known = columns_by_name()
    used = [known.get(fold(name)) for name in sheet.names]
    unknown = tuple(name for name, column in zip(sheet.names, used, strict=True) if column is None and name)
    fields = [column.field if column else "" for column in used]
    reader = Reader(side, fingerprint, fields, organisation, find_organisation)
    lines = reader.of_this_side(sheet.rows)
    rows = reader.read(lines)
    known_already = imported([row.key for row in rows])
    for row in rows:
        row.known_already = (row.organisation_id, row.key) in known_already
    return Checked(tuple(rows), unknown, len(sheet.rows) - len(lines), fingerprint)
