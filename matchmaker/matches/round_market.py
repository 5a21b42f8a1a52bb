"""What goes into a round: the open needs, what fits each of them, and how much there is to give."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from sqlalchemy import ColumnElement, Text, cast, func, select

from matchmaker.catalogue.queries import current_crosswalk, current_weights
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.engine.index import Hit
from matchmaker.engine.rounds.graph import Supply
from matchmaker.listings.models import Listing, Need
from matchmaker.matches.models import Match
from matchmaker.matches.profiles_from import Posting, postings_by_number, read_profile
from matchmaker.matches.proposing import LEAST_SCORE
from matchmaker.matches.queries import desk_loads, desk_room
from matchmaker.matches.states import AT_DESK, State
from matchmaker.matches.warm import committed_postings
from matchmaker.organisations.models import Desk
from matchmaker.vocabulary import Kind, Side

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
    """The open needs that still seek more than is under way for them, those of one kind and subject together.

    The index keeps the tables it made last, so that needs alike are ranked with the same.
    """
    under_way = _spoken_for(Match.need_id)
    subject = (cast(Need.work_fields, Text), cast(Need.study_fields, Text))
    rows = db.session.execute(
        select(Need.id, Need.places_left)
        .where(Need.is_open, Need.organisation_id.is_not(None))
        .order_by(Need.kind, *subject, Need.reference)
    )
    return [number for number, left in rows if left > under_way[number]]


def add_wishes(market: Market, numbers: Sequence[int]) -> None:
    """Rank what fits each of these needs into the market: of what is committed, exactly the best. Writes nothing."""
    past, found = _more_than_proposed(numbers), {}
    for need, hits in _best(numbers):
        good = [hit for hit in hits if hit.score >= LEAST_SCORE and (need.id, hit.key) not in past]
        market.wishes[need.reference] = {hit.reference: round(hit.score * 10) for hit in good}
        found.update({hit.key: hit.reference for hit in good if hit.reference not in market.places})
    taken, own_desk = _spoken_for(Match.offer_id), _desks_by_holder()
    for offer in postings_by_number(found, with_text=False):
        market.places[offer.reference] = max(0, offer.places - offer.places_taken - taken[offer.id])
        desk = offer.desk_id or own_desk.get(offer.organisation_id)
        if desk is not None and offer.kind != Kind.QUESTION:
            market.desk_of[offer.reference] = str(desk)


def slices(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The same numbers in pieces."""
    return (numbers[first : first + size] for first in range(0, len(numbers), size))


def _best(numbers: Iterable[int]) -> Iterator[tuple[Posting, list[Hit]]]:
    """The best offers of each need; what is asked of the database does not grow with the needs of one kind."""
    loads, weights, day = desk_loads(), current_weights(), today()
    _, crosswalk = current_crosswalk()
    needs = sorted(postings_by_number(numbers, Listing.is_open, with_text=False), key=_alike)
    for kind, same in groupby(needs, key=attrgetter("kind")):
        with committed_postings(Kind(kind), Side.OFFER) as index:
            for need in same:
                yield (
                    need,
                    index.best(
                        read_profile(need, desk_loads=loads),
                        owner=need.organisation_id,
                        today=day,
                        desk_loads=loads,
                        crosswalk=crosswalk,
                        weights=weights,
                        top=WISHES,
                    ),
                )


def _alike(need: Posting) -> tuple[str, ...]:
    """Needs that sort side by side ask the index for the same tables."""
    return need.kind, need.work_fields, need.study_fields, need.reference


def _more_than_proposed(numbers: Sequence[int]) -> frozenset[tuple[int, int | None]]:
    """The pairs of these needs that got further than a proposal, whatever came of it."""
    rows = db.session.execute(
        select(Match.need_id, Match.offer_id).where(Match.need_id.in_(numbers), Match.state != State.PROPOSED)
    )
    return frozenset((need, offer) for need, offer in rows)


def _spoken_for(column: ColumnElement[int] | ColumnElement[int | None]) -> Counter[int | None]:
    rows = select(column, func.count()).where(Match.state.in_(SPOKEN_FOR)).group_by(column)
    return Counter(dict(db.session.execute(rows).all()))


def _desks_by_holder() -> Mapping[int, int]:
    return dict(db.session.execute(select(Desk.holder_id, Desk.id)).all())
