"""What a municipality offers, what it asks without a shape, and what it says about itself."""

from flask import Blueprint

from matchmaker.vocabulary import Side
from matchmaker.web.guards import MUNICIPALITY, guard
from matchmaker.web.posting import add_pages

municipality = Blueprint("municipality", __name__, url_prefix="/gemeente")
guard(municipality, MUNICIPALITY)
add_pages(municipality, Side.OFFER)
add_pages(municipality, Side.NEED)

from matchmaker.web.municipality import about, applicants  # noqa: E402

__all__ = ["about", "applicants", "municipality"]
