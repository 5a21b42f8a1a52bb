"""Listings as a table that can be read in again. No cell can become a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import xlsxwriter

from matchmaker.listings.fields import BY_NAME
from matchmaker.listings.import_export import columns
from matchmaker.listings.import_export.cells import defused, write_cell
from matchmaker.listings.import_export.columns import COLUMNS, Column
from matchmaker.listings.import_export.example_row import example_row
from matchmaker.listings.kinds import FIELDS, kinds_for
from matchmaker.listings.models import Listing
from matchmaker.listings.writing import values_of
from matchmaker.vocabulary import OrganisationKind, Side

HEADER = ("nummer", *(column.name for column in COLUMNS))


def rows(listings: Iterable[Listing]) -> Iterator[list[str]]:
    """The header, then one row of cells for each listing. Cells are harmless in a spreadsheet."""
    yield list(HEADER)
    for listing in listings:
        values = values_of(listing)
        yield [listing.reference, *(defused(_cell(column, listing, values)) for column in COLUMNS)]


def _cell(column: Column, listing: Listing, values: dict[str, Any]) -> str:
    if column.field == "team_id":
        return listing.team.name if listing.team else ""
    if column.field == "programme_id":
        return listing.programme.name if listing.programme else ""
    if column.is_field:
        return write_cell(column.field, values.get(column.field))
    return {
        "key": listing.reference,
        "side": "aanbod" if listing.side is Side.OFFER else "vraag",
        "organisation": listing.organisation.name if listing.organisation else "",
        "kind": columns.KINDS[listing.kind][0],
        "status": columns.ONLINE if listing.is_published else columns.DRAFT,
    }[column.field]


def to_csv(table: Iterable[list[str]]) -> bytes:
    """UTF-8 with a mark and semicolons: what a Dutch spreadsheet opens without asking."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(table)
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(table: Iterable[list[str]], explanation: Iterable[list[str]] = ()) -> bytes:
    """A workbook; the explanation, if any, is its second sheet."""
    lines = list(explanation)
    return to_workbook({"gegevens": table, **({"uitleg": lines} if lines else {})})


def to_workbook(sheets: Mapping[str, Iterable[list[str]]]) -> bytes:
    """A workbook with these sheets by name, each with its header first. Every cell is text, never a formula."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        for number_of_sheet, (name, table) in enumerate(sheets.items()):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            if number_of_sheet:
                sheet.set_column(0, 1, 40)
            for number, line in enumerate(table):
                for place, cell in enumerate(line):
                    sheet.write_string(number, place, cell[:32_000], bold if number == 0 else None)
    return out.getvalue()


def template(poster: OrganisationKind, side: Side) -> list[list[str]]:
    """The columns this poster can use on this side, and one example row to type over."""
    asked = columns_for(poster, side)
    return [[column.name for column in asked], example_row(poster, side, asked)]


def explanation(poster: OrganisationKind, side: Side) -> list[list[str]]:
    """What each column holds, for the second sheet."""
    kinds = "; ".join(columns.KINDS[kind][0] for kind in kinds_for(poster, side))
    lines = [[column.name, column.explanation] for column in columns_for(poster, side)]
    example = ["voorbeeld", "De eerste rij is een voorbeeld. Zet uw eigen tekst erin, of haal de rij weg."]
    return [["kolom", "wat u invult"], *lines, ["soort kan zijn", kinds], example]


def columns_for(poster: OrganisationKind, side: Side) -> list[Column]:
    """The columns of the kinds this poster can post on this side."""
    municipal = poster is not OrganisationKind.INSTITUTION
    asked = {name for kind in kinds_for(poster, side) for name in FIELDS[kind]}
    asked -= {"programme_id"} if municipal else {"team_id"}
    left_out = {"side", "organisation"}
    return [
        column
        for column in COLUMNS
        if column.field not in left_out and (column.field not in BY_NAME or column.field in asked)
    ]
