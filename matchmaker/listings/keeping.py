"""Keeping a draft while someone types: what can be true is kept, the rest waits."""

from collections.abc import Mapping
from typing import Any

from matchmaker.accounts.models import Account
from matchmaker.errors import InvalidMove
from matchmaker.listings.actions import save_draft
from matchmaker.listings.models import Listing
from matchmaker.listings.rules import allows
from matchmaker.listings.values import InvalidListing

HELD_AGAINST = {"hours_max": "hours_min", "allowance_max": "allowance_min", "ends_on": "starts_on", "tracks": "levels"}
"""Where two fields contradict each other the first is named; when that was not typed now, the second was."""


def keep_typed(listing: Listing, values: Mapping[str, Any], *, by: Account) -> set[str]:
    """Keep every value that can be true in a draft; returns the fields that could not be kept.

    Those keep what the draft held. Raises InvalidMove for what is not a draft: a posting that is online changes only
    when someone says so.
    """
    if not allows(listing, "keep"):
        raise InvalidMove(reference=listing.reference)
    typed, left = dict(values), set[str]()
    while typed:
        try:
            save_draft(
                listing, side=listing.side, kind=listing.kind, organisation=listing.organisation, values=typed, by=by
            )
        except InvalidListing as refused:
            fields = {_typed_field(problem.field, typed) for problem in refused.problems}
            left |= fields
            typed = {name: value for name, value in typed.items() if name not in fields}
        else:
            break
    return left


def _typed_field(field: str, typed: Mapping[str, Any]) -> str:
    """The field that was typed and cannot stand; of a problem in no typed field, any one, so that the rest is tried."""
    partner = HELD_AGAINST.get(field, "")
    return next((name for name in (field, partner) if name in typed), next(iter(typed)))
