"""Does the life of a listing allow this step now?"""

from collections.abc import Mapping

from matchmaker.listings.models import Listing
from matchmaker.vocabulary import ListingStatus

L = ListingStatus
FROM: Mapping[str, frozenset[ListingStatus]] = {
    "save": frozenset({L.DRAFT, L.RETURNED, L.PUBLISHED}),
    "keep": frozenset({L.DRAFT, L.RETURNED}),
    "change_kind": frozenset({L.DRAFT, L.RETURNED}),
    "publish": frozenset({L.DRAFT, L.RETURNED}),
    "withdraw": frozenset({L.IN_CHECK}),
    "approve": frozenset({L.IN_CHECK}),
    "return": frozenset({L.IN_CHECK}),
    "close": frozenset({L.DRAFT, L.RETURNED, L.IN_CHECK, L.PUBLISHED}),
    "copy": frozenset(L),
}
"""From which status each step exists. Closed and expired are final: copy it instead."""


def allows(listing: Listing, step: str) -> bool:
    """Whether this step exists from where the listing stands now."""
    return listing.status in FROM[step]
