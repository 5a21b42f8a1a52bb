"""What goes into a round: the open needs, what fits each of them, and how much there is to give."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, select

from matchmaker.database import db
from matchmaker.engine.rounds.graph import Supply
from matchmaker.listings.models import Listing, Need
from matchmaker.matches.finding_desks import desk_for
from matchmaker.matches.models import Match
from matchmaker.matches.proposing import LEAST_SCORE, rank_listing
from matchmaker.matches.queries import desk_room
from matchmaker.matches.states import AT_DESK, State
from matchmaker.vocabulary import Kind

WISHES = 20
"""How many of the best offers a need brings into a round."""

SPOKEN_FOR = (*sorted(AT_DESK), State.OFFERED)
"""Under way, and no place taken yet: who takes part elsewhere already is not given a second chance first."""


@dataclass
class Market:
    """Wishes with their score in tenths per need, places per offer, and the desk of each offer; all by reference.

    Desks go by number. For an open question the municipality asks, so its desk limits nothing.
    """

    wishes: dict[str, dict[str, int]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    desk_of: dict[str, str] = field(default_factory=dict)

    def supply(self) -> Supply:
        """What there is to give now: the places, and what each desk can still take."""
        room = {str(desk): left for desk, left in desk_room().items()}
        return Supply(self.places, self.desk_of, room)


def needs_for_a_round() -> list[int]:
    """The open needs that still seek more than is under way for them, in the order of their references."""
    under_way = _spoken_for(Match.need_id)
    rows = db.session.execute(
        select(Need.id, Need.places_left)
        .where(Need.is_open, Need.organisation_id.is_not(None))
        .order_by(Need.reference)
    )
    return [number for number, left in rows if left > under_way[number]]


def add_wishes(market: Market, numbers: Iterable[int]) -> None:
    """Rank what fits each of these needs into the market. Writes nothing."""
    taken = _spoken_for(Match.offer_id)
    for need in _still_open(numbers):
        candidates, offers = rank_listing(need, top=WISHES)
        past = _more_than_proposed(need)
        wishes = market.wishes.setdefault(need.reference, {})
        for candidate in candidates:
            offer = offers[candidate.offer]
            if candidate.score < LEAST_SCORE or offer.id in past:
                continue
            wishes[offer.reference] = round(candidate.score * 10)
            if offer.reference not in market.places:
                market.places[offer.reference] = max(0, offer.places_left - taken[offer.id])
                _note_desk(market, offer)


def slices(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The same numbers in pieces."""
    return (numbers[first : first + size] for first in range(0, len(numbers), size))


def _note_desk(market: Market, offer: Listing) -> None:
    desk = desk_for(offer.organisation) if offer.organisation and offer.kind is not Kind.QUESTION else None
    if desk is not None:
        market.desk_of[offer.reference] = str(desk.id)


def _still_open(numbers: Iterable[int]) -> Iterator[Need]:
    for number in numbers:
        need = db.session.get(Need, number)
        if need is not None and need.is_open:
            yield need


def _more_than_proposed(need: Need) -> frozenset[int | None]:
    """The offers with which this need got further than a proposal, whatever came of it."""
    rows = select(Match.offer_id).where(Match.need_id == need.id, Match.state != State.PROPOSED)
    return frozenset(db.session.scalars(rows))


def _spoken_for(column: ColumnElement[int] | ColumnElement[int | None]) -> Counter[int | None]:
    rows = select(column, func.count()).where(Match.state.in_(SPOKEN_FOR)).group_by(column)
    return Counter(dict(db.session.execute(rows).all()))
