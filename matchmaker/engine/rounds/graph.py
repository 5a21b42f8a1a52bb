"""Who wishes what, and how much there is: as plain values at the door, as arrays inside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Short = NDArray[np.integer[Any]]
"""Whole numbers in the narrowest type that holds them: what is read most then fits nearest the processor."""

LIMIT = 1 << 31
"""What 32 bits no longer hold."""

TOP_SCORE = 1000
"""Scores are whole tenths of a point: 0 to 1000 for the 0.0 to 100.0 of the engine."""


@dataclass(frozen=True)
class Supply:
    """What there is to give.

    `places` holds how many needs each offer can take (0 or more), by reference. `desk_of` names the desk that handles
    an offer; who is not in it has no desk that limits. `room` holds how many needs each desk can take in this round.
    """

    places: Mapping[str, int]
    desk_of: Mapping[str, str] = field(default_factory=dict)
    room: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for offer, places in self.places.items():
            _whole_number(places, f"the places of offer {offer}")
        for desk, room in self.room.items():
            _whole_number(room, f"the room of desk {desk}")
        for offer, desk in self.desk_of.items():
            if offer not in self.places:
                raise ValueError(f"desk {desk} handles offer {offer}, which is not there")
            if desk not in self.room:
                raise ValueError(f"offer {offer} names desk {desk}, which has no room stated")

    def as_json(self) -> dict[str, Any]:
        """The part of a certificate that says what there was, in the order of the references."""
        offers = {
            offer: {"places": self.places[offer], "desk": self.desk_of.get(offer)} for offer in sorted(self.places)
        }
        return {"offers": offers, "desks": dict(sorted(self.room.items()))}


@dataclass(frozen=True)
class Graph:
    """The wishes as a bipartite graph in CSR form, n needs, o offers, d desks and m wishes.

    `start` (n + 1) bounds the wishes of each need; `offer` (m) is the offer of each wish; `score` (m) its score in
    tenths, or empty when only the order counts; the wishes of a need stand best first. `places` (o) is what each offer
    can take, `desk` (o) the desk of each offer, d for none, and `room` (d) what each desk can take.
    """

    start: Short
    offer: Short
    score: Whole
    places: Whole
    desk: Short
    room: Whole

    def __post_init__(self) -> None:
        signed = np.int32 if len(self.offer) < LIMIT else np.int64
        object.__setattr__(self, "start", self.start.astype(signed, copy=False))
        for name, most in (("offer", len(self.places)), ("desk", len(self.room))):
            object.__setattr__(self, name, narrowed(getattr(self, name), most))

    @property
    def needs(self) -> int:
        return len(self.start) - 1

    @classmethod
    def without_desks(cls, start: Short, offer: Short, score: Whole, places: Whole) -> "Graph":
        """A graph in which no desk limits anything."""
        return cls(start, offer, score, places, np.zeros(len(places), np.int32), np.zeros(0, np.int64))


def narrowed(numbers: Short, most: int) -> Short:
    """The same numbers, all 0 to `most`, in 16 bits where those are enough, else in 32 or 64."""
    kind = np.uint16 if most <= 0xFFFF else np.int32 if most < LIMIT else np.int64
    return numbers.astype(kind, copy=False)


def graph_of(rows: Sequence[Sequence[tuple[str, int]]], supply: Supply) -> tuple[Graph, list[str]]:
    """The arrays for wishes (offer, score) per need, best first, and the references of the offers by number.

    Offers and desks are numbered in the order of their references, so that no order of input plays a part. Only offers
    someone wishes get a number.
    """
    names = sorted({offer for row in rows for offer, _ in row})
    number = {offer: place for place, offer in enumerate(names)}
    desks = {desk: place for place, desk in enumerate(sorted(supply.room))}
    graph = Graph(
        start=np.cumsum([0, *map(len, rows)], dtype=np.int64),
        offer=np.array([number[offer] for row in rows for offer, _ in row], np.int32),
        score=np.array([score for row in rows for _, score in row], np.int64),
        places=np.array([supply.places[offer] for offer in names], np.int64),
        desk=np.array([desks.get(supply.desk_of.get(offer, ""), len(desks)) for offer in names], np.int32),
        room=np.array([supply.room[desk] for desk in desks], np.int64),
    )
    return graph, names


def check_wishes(need: str, offers: Iterable[str], supply: Supply) -> None:
    """Raises ValueError for a wish for what is not there, and for the same wish twice."""
    seen: set[str] = set()
    for offer in offers:
        if offer not in supply.places:
            raise ValueError(f"need {need} wishes offer {offer}, which is not there")
        if offer in seen:
            raise ValueError(f"need {need} wishes offer {offer} twice")
        seen.add(offer)


def _whole_number(value: object, what: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{what} must be a whole number, 0 or more")
