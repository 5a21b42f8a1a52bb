"""Putting values in a listing, without saying in the log why: typing, copying and importing all write this way."""

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotAllowed
from matchmaker.listings.fields import BY_NAME
from matchmaker.listings.kinds import MUNICIPAL_SIDE, fields_for, kinds_for, missing_from
from matchmaker.listings.models import Listing, ListingTag, Need, Offer
from matchmaker.listings.queries import taken_references
from matchmaker.listings.search.terms import wording_of
from matchmaker.listings.search.text_index import index_listings
from matchmaker.listings.values import InvalidListing, clean, empty_value, locate, together
from matchmaker.organisations.models import Faculty, Organisation, Programme, Team
from matchmaker.vocabulary import Kind, Side

ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXYZ"
"""No vowels, no 0 or 1: a reference read aloud is not misheard and spells no word."""

_BEYOND = bytes(range(256 - 256 % len(ALPHABET), 256))
_LETTER_OF = bytes(ord(ALPHABET[each % len(ALPHABET)]) for each in range(256))

FACETS = ("work_fields", "study_fields", "levels", "tracks", "languages")


def new_reference(side: Side) -> str:
    """A free reference: A (aanbod) or V (vraag) and six characters."""
    return new_references(side, 1)[0]


def new_references(side: Side, number: int) -> list[str]:
    """So many free references, each another."""
    letter = "A" if side is Side.OFFER else "V"
    found: set[str] = set()
    while len(found) < number:
        made = {letter + each for each in _random_texts(number - len(found))} - found
        found |= made - taken_references(list(made))
    return list(found)


def _random_texts(number: int) -> list[str]:
    """About so many texts of six characters that nobody can foresee, from one draw: bytes above a whole number of
    alphabets are let go, so that each character is as likely as any other.
    """
    letters = secrets.token_bytes(7 * number + 8).translate(_LETTER_OF, _BEYOND).decode()
    return [letters[first : first + 6] for first in range(0, len(letters) - 5, 6)][:number]


def may_post(organisation: Organisation, kind: Kind, side: Side) -> bool:
    """Whether this kind of organisation posts this side of this kind."""
    return kind in kinds_for(organisation.kind, side)


def new_listing(*, side: Side, kind: Kind, organisation: Organisation, by: Account | None) -> Listing:
    """An empty draft at the organisation's own place. Raises NotAllowed when this is for the other side to post."""
    if not may_post(organisation, kind, side):
        raise NotAllowed(kind=kind.value, side=side.value)
    listing = (Offer if side is Side.OFFER else Need)(
        reference=new_reference(side),
        kind=kind,
        organisation=organisation,
        owner=by,
        place=organisation.place,
        latitude=organisation.latitude,
        longitude=organisation.longitude,
        details={},
        places=1,
        places_taken=0,
        **{name: [] for name in (*FACETS, "slots")},
    )
    db.session.add(listing)
    return listing


def values_of(listing: Listing) -> dict[str, Any]:
    """Every field this listing asks, with what it holds, columns and details alike."""
    return {
        name: (
            listing.details.get(name, empty_value(BY_NAME[name])) if BY_NAME[name].is_detail else getattr(listing, name)
        )
        for name in fields_for(listing.kind, listing.side)
    }


def write(listing: Listing, values: Mapping[str, Any]) -> bool:
    """Put values in a listing; True when something changed. Raises InvalidListing, and then nothing is written."""
    cleaned, problems = _looked_at(listing, values)
    if problems:
        raise InvalidListing(problems)
    before = values_of(listing)
    changed = {name: value for name, value in cleaned.items() if value != before[name]}
    details = {name: value for name, value in changed.items() if BY_NAME[name].is_detail}
    if details:
        listing.details = {**listing.details, **details}
    for name in changed.keys() - details.keys():
        setattr(listing, name, changed[name])
    if "place" in changed:
        _put_on_the_map(listing)
    db.session.flush()
    if changed:
        db.session.expire(listing, ["team", "programme"])
        sync_tags(listing)
    return bool(changed)


def problems_in(listing: Listing, values: Mapping[str, Any]) -> list[InvalidValue]:
    """Why these values could not be written in this listing, one for each field. Writes nothing."""
    return _looked_at(listing, values)[1]


def _looked_at(listing: Listing, values: Mapping[str, Any]) -> tuple[dict[str, Any], list[InvalidValue]]:
    cleaned, problems = clean(listing.kind, listing.side, values)
    before = values_of(listing)
    after = {**before, **cleaned}
    problems += [*together(after, before), *_rows_of_others(listing, cleaned)]
    if cleaned.get("places", listing.places) < listing.places_taken:
        problems.append(InvalidValue("places", "below_taken", n=listing.places_taken))
    if listing.is_published:
        found = _where(listing, after["place"]) if after["place"] != before["place"] else (listing.latitude, None)
        problems += missing_from(after["title"], after["text"], mode=after["mode"], has_place=found[0] is not None)
    return cleaned, _once_a_field(problems)


def sync_tags(listing: Listing) -> None:
    """Keep the values of the list columns as rows too, and the words it is found by.

    The facet is the name of the column.
    """
    wanted = {(facet, value) for facet in FACETS for value in getattr(listing, facet)}
    there = {(tag.facet, tag.value): tag for tag in listing.index_rows}
    for key, tag in there.items():
        if key not in wanted:
            listing.index_rows.remove(tag)
    for facet, value in sorted(wanted - there.keys()):
        listing.index_rows.append(ListingTag(facet=facet, value=value))
    db.session.flush()
    index_listings([wording_of(listing)])


def change_kind(listing: Listing, kind: Kind) -> bool:
    """Give a draft another kind: what the new kind does not ask is let go. True when it changed."""
    organisation = listing.organisation
    if organisation is None or not may_post(organisation, kind, listing.side):
        raise NotAllowed(kind=kind.value, side=listing.side.value)
    if listing.kind is kind:
        return False
    asked = set(fields_for(kind, listing.side))
    for name, value in values_of(listing).items():
        if name not in asked and not BY_NAME[name].is_detail:
            setattr(listing, name, empty_value(BY_NAME[name]) if value is not None else None)
    listing.details = {name: value for name, value in listing.details.items() if name in asked}
    listing.kind = kind
    db.session.flush()
    sync_tags(listing)
    return True


def _put_on_the_map(listing: Listing) -> None:
    own = listing.organisation
    listing.latitude, listing.longitude = _where(listing, listing.place)
    if own is not None and listing.place == "":
        listing.place = own.place


def _where(listing: Listing, place: str) -> tuple[float | None, float | None]:
    """Where a listing stands when it names this place; no place is the organisation's own."""
    own = listing.organisation
    if own is not None and place in ("", own.place):
        return own.latitude, own.longitude
    return locate(place) or (None, None)


def _rows_of_others(listing: Listing, cleaned: Mapping[str, Any]) -> list[InvalidValue]:
    """A team or programme that is not of this organisation."""
    problems = []
    team_id, programme_id = cleaned.get("team_id"), cleaned.get("programme_id")
    if team_id and team_id != listing.team_id:
        team = db.session.get(Team, team_id)
        if team is None or listing.organisation is None or team.organisation_id != listing.organisation.id:
            problems.append(InvalidValue("team_id", "unknown_code"))
    if programme_id and programme_id != listing.programme_id:
        owner = db.session.scalar(select(Faculty.organisation_id).join(Programme).where(Programme.id == programme_id))
        if listing.organisation is None or owner != listing.organisation.id:
            problems.append(InvalidValue("programme_id", "unknown_code"))
    return problems


def _once_a_field(problems: list[InvalidValue]) -> list[InvalidValue]:
    seen: dict[str, InvalidValue] = {}
    for problem in problems:
        seen.setdefault(problem.field, problem)
    return list(seen.values())


def is_municipal(listing: Listing) -> bool:
    """Whether the municipality's side posted this."""
    return MUNICIPAL_SIDE[listing.kind] is listing.side
