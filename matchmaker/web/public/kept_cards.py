"""Cards of a list, drawn once for as long as nothing on them changes.

A listing that changes, or the organisation, team or programme it hangs under, gets another place in the warm columns
(`listings.search.columns`). So that place, with the day, the language and the centre a distance is measured from, says
whether a card that was drawn before is still true. Nothing about the reader is in it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from flask import current_app, get_template_attribute, url_for
from flask_babel import gettext
from markupsafe import Markup

from matchmaker.clock import today
from matchmaker.listings.models import Listing
from matchmaker.listings.search.browse import Found
from matchmaker.reference import Place
from matchmaker.web.public.cards import card
from matchmaker.words.language import language

MOST_KEPT = 4_096
_TOOLS = Markup("<!--tools-->")


class Drawn(NamedTuple):
    """A card: whole for a visitor; what comes before the button of an account and what after, and what it needs."""

    for_visitor: Markup
    before: Markup
    after: Markup
    listing_id: int
    reference: str
    title: str


def drawn_cards(found: Found, centre: Place | None) -> Sequence[Drawn]:
    """The cards of a page of a list, in its order. Only listings whose card is not known are read."""
    kept: dict[object, Drawn] = current_app.extensions.setdefault("drawn_cards", {})
    beside = (today(), language(), centre)
    keys = [(key, beside) for key in found.keys]
    cards = [kept.get(key) for key in keys]
    if None not in cards:
        return [each for each in cards if each is not None]
    made = {each.id: each for each in found.listings}
    drawn = []
    for key, listing_id, known in zip(keys, found.listing_ids, cards, strict=True):
        if known is not None:
            drawn.append(known)
        elif listing_id in made:
            drawn.append(kept.setdefault(key, _draw(card(made[listing_id], centre=centre), made[listing_id])))
    for key in list(kept)[: max(0, len(kept) - MOST_KEPT)]:
        kept.pop(key, None)
    return drawn


def _draw(values: dict[str, object], listing: Listing) -> Drawn:
    macro = get_template_attribute("components/cards.html", "listing_card")
    before, after = macro(caller=lambda: _TOOLS, **values).split(_TOOLS)
    url = str(values["url"])
    ask = get_template_attribute("components/buttons.html", "link_button")(
        gettext("Bewaar"),
        url_for("account.sign_in", next=url),
        "subtle",
        sign="bookmark",
        about=listing.title,
        rel="nofollow",
    )
    return Drawn(before + ask + after, before, after, listing.id, listing.reference, listing.title)
