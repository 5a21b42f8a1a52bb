"""A listing as the card and the page of it need it: words, signs and addresses. Never a person."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import ngettext

from matchmaker.clock import today
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Organisation
from matchmaker.reference import Place, distance_km, working_days_between
from matchmaker.vocabulary import Kind, Mode, Side
from matchmaker.web.addresses import whole_url_for
from matchmaker.words.dates import say_date
from matchmaker.words.labels import label
from matchmaker.words.language import gettext
from matchmaker.words.listings import facts, places_line

SOON_DAYS = 5
KIND_SIGNS = {
    Kind.ORIENTATION: "compass",
    Kind.WORK: "briefcase",
    Kind.RESEARCH: "search",
    Kind.GRADUATION: "graduation-cap",
    Kind.GROUP: "users",
    Kind.TRAINEESHIP: "sprout",
    Kind.LECTURE: "presentation",
    Kind.SEAT: "user-check",
    Kind.VISIT: "building-2",
    Kind.COURSE: "book-open",
    Kind.QUESTION: "circle-help",
}
FACT_SIGNS = {
    "work_fields": "layers",
    "levels": "book-open",
    "group_size": "users",
    "hours": "clock",
    "minutes": "timer",
    "period": "calendar",
    "slots": "calendar-clock",
    "allowance": "euro",
    "term": "repeat",
    "place": "map-pin",
}
ON_TILE = frozenset({"levels", "hours", "period", "allowance", "minutes", "group_size", "slots", "term"})
MOST_ON_TILE = 4


def address_of(listing: Listing, *, external: bool = False) -> str:
    """The page of a listing; `external` as a whole address, for what leaves the site."""
    endpoint = "public.show_offer" if listing.side is Side.OFFER else "public.show_need"
    return (whole_url_for if external else url_for)(endpoint, reference=listing.reference)


def organisation_name(organisation: Organisation | None) -> str:
    """Gemeente Utrecht; a school by its own name."""
    if organisation is None:
        return gettext("Vrager zonder account")
    if organisation.is_municipality:
        return gettext("Gemeente %(name)s", name=organisation.name)
    return organisation.name


def card(listing: Listing, *, centre: Place | None = None, shape: str = "row", level: int = 2) -> dict[str, Any]:
    """What the card of a listing shows, as arguments of the component."""
    closing = listing.respond_before
    all_of_them = [(FACT_SIGNS[fact.code], fact.name, fact.value) for fact in facts(listing)]
    tile = [(FACT_SIGNS[fact.code], fact.name, fact.value) for fact in facts(listing) if fact.code in ON_TILE]
    return {
        "title": listing.title,
        "url": address_of(listing),
        "kind_label": label(listing.kind),
        "kind_sign": KIND_SIGNS[listing.kind],
        "where": organisation_name(listing.organisation),
        "detail": _part(listing),
        "distance": say_distance(listing, centre),
        "facts_list": tile[:MOST_ON_TILE] if shape == "tile" else all_of_them,
        "left": listing.places_left,
        "total": listing.places,
        "places_label": places_line(listing),
        "day": say_date(closing),
        "remaining": say_remaining(closing),
        "soon": is_soon(closing),
        "shape": shape,
        "level": level,
        "tone": "supply" if listing.side is Side.OFFER else "demand",
    }


def cards(listings: Iterable[Listing], *, shape: str = "tile", level: int = 3) -> list[dict[str, Any]]:
    """Several cards of one shape."""
    return [card(each, shape=shape, level=level) for each in listings]


def poster(listing: Listing) -> str:
    """Gemeente Woerden, team Groen en landschap; and on whose behalf."""
    behalf = listing.details.get("on_behalf_of", "")
    parts = (
        organisation_name(listing.organisation),
        _part(listing),
        gettext("namens %(name)s", name=behalf) if behalf else "",
    )
    return ", ".join(part for part in parts if part)


def say_distance(listing: Listing, centre: Place | None) -> str:
    """21 km, from the place someone chose; empty without one, and for what is online."""
    if centre is None or listing.mode is Mode.ONLINE or listing.latitude is None or listing.longitude is None:
        return ""
    km = round(distance_km(centre.lat, centre.lon, listing.latitude, listing.longitude))
    return gettext("%(km)s km", km=km) if km else gettext("minder dan 1 km")


def say_remaining(day: date | None) -> str:
    """nog 3 werkdagen, counted from today."""
    if day is None or day < today():
        return ""
    if day == today():
        return gettext("vandaag is de laatste dag")
    left = working_days_between(today(), day)
    return ngettext("nog %(num)d werkdag", "nog %(num)d werkdagen", left)


def is_soon(day: date | None) -> bool:
    """Whether someone who wants it must hurry: five working days or less."""
    return day is not None and working_days_between(today(), day) <= SOON_DAYS


def _part(listing: Listing) -> str:
    if listing.team:
        return gettext("team %(name)s", name=listing.team.name)
    return listing.programme.name if listing.programme else ""
