"""What the filters show, as a file."""

from flask import Response, request
from flask_babel import gettext

from matchmaker.clock import today
from matchmaker.listings.import_export.export import rows, to_csv, to_xlsx
from matchmaker.listings.search.browse import first_of
from matchmaker.vocabulary import Side
from matchmaker.web.files import as_file
from matchmaker.web.public import public
from matchmaker.web.public.asked import read_asked

MOST_ROWS = 5_000
NAMES = {Side.OFFER: "aanbod", Side.NEED: "vragen"}


@public.get("/aanbod.csv")
def offers_as_csv() -> Response:
    return _file(to_csv(_table(Side.OFFER)), Side.OFFER, "csv")


@public.get("/vragen.csv")
def needs_as_csv() -> Response:
    return _file(to_csv(_table(Side.NEED)), Side.NEED, "csv")


@public.get("/aanbod.xlsx")
def offers_as_xlsx() -> Response:
    return _file(to_xlsx(_table(Side.OFFER)), Side.OFFER, "xlsx")


@public.get("/vragen.xlsx")
def needs_as_xlsx() -> Response:
    return _file(to_xlsx(_table(Side.NEED)), Side.NEED, "xlsx")


def _table(side: Side) -> list[list[str]]:
    """The header and the newest 5,000 listings; when there are more the last row says so."""
    found = first_of(read_asked(side, request.args).filter, MOST_ROWS + 1)
    table = list(rows(found[:MOST_ROWS]))
    if len(found) > MOST_ROWS:
        table.append([gettext("Er is meer dan dit. Een bestand bevat hoogstens 5.000 regels: kies meer filters.")])
    return table


def _file(content: bytes, side: Side, ending: str) -> Response:
    return as_file(content, f"{NAMES[side]}-{today().isoformat()}", ending)
