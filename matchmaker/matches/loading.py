"""What a page about matches needs with each of them."""

from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from matchmaker.listings.models import Listing
from matchmaker.matches.models import Match
from matchmaker.organisations.models import Desk


def whole(query: Select[tuple[Match]]) -> Select[tuple[Match]]:
    """With everything a page about a match shows, in one query."""
    return query.options(
        joinedload(Match.need).joinedload(Listing.organisation),
        joinedload(Match.need).joinedload(Listing.programme),
        joinedload(Match.offer).joinedload(Listing.organisation),
        joinedload(Match.offer).joinedload(Listing.team),
        joinedload(Match.municipality),
        joinedload(Match.school),
        joinedload(Match.desk).joinedload(Desk.holder),
        joinedload(Match.owner),
        joinedload(Match.colleague),
        joinedload(Match.school_contact),
    )
