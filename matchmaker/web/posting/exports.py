"""Own listings as a file: what the search and the tab show."""

from flask import Response, request

from matchmaker.listings.import_export.export import rows, to_csv, to_xlsx
from matchmaker.listings.queries import of_organisation
from matchmaker.vocabulary import ListingStatus
from matchmaker.web.files import as_file
from matchmaker.web.posting.pages import Posting
from matchmaker.web.sign_in_state import my_organisation


def download(posting: Posting, form: str) -> Response:
    """The listings of the list page, as a table that can be read in again."""
    search = request.args.get("q", "").strip()[:200]
    asked = request.args.get("status", "")
    status = ListingStatus(asked) if asked in list(ListingStatus) else None
    listings = of_organisation(my_organisation(), posting.side, status, search=search, page_size=None)
    content = to_csv(rows(listings)) if form == "csv" else to_xlsx(rows(listings))
    return as_file(content, f"{my_organisation().slug}-{posting.folder}", form)
