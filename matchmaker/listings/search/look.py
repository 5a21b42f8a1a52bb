"""One look at what is open: which listings answer a filter, and how many would with a field taken off."""

from collections.abc import Iterator
from functools import cached_property
from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray

from matchmaker.clock import today
from matchmaker.listings.search.columns import EMPTY_IS_ALL, Mask, Positions, Poster, Snapshot
from matchmaker.listings.search.filters import Filter
from matchmaker.listings.search.terms import Searched, searched_terms
from matchmaker.listings.search.warm import learn, seen
from matchmaker.reference import Place

KM_PER_DEGREE = 111.195
MOST_COUNTED = 4_096
"""Counts that are remembered until something changes."""


class Look:
    """The listings of one side that can still be answered today, and a filter over them.

    Rows are positions in the block of the side, which has the newest first.
    """

    def __init__(self, wanted: Filter, snapshot: Snapshot | None = None) -> None:
        self.wanted, self.snapshot = wanted, snapshot or seen()
        self.known, self.block = self.snapshot.known, self.snapshot.blocks[wanted.side]
        self._today = today().toordinal()
        self._open: Mask = self.block.last_day >= self._today
        self._masks: dict[tuple[str, bool], Mask] = {}

    @cached_property
    def rows(self) -> Positions:
        """What answers the whole filter, newest first."""
        return self.without("")

    def without(self, name: str) -> Positions:
        """What answers all fields but one, newest first; the whole filter when that field does not narrow."""
        narrowed = [field for field in self.wanted.narrowed if field != name]
        if len(narrowed) == len(self.wanted.narrowed) and "rows" in self.__dict__:
            return self.rows
        if "words" not in narrowed or self.held is None:
            return np.flatnonzero(self._all_of(narrowed, None))
        return self.held[self._all_of(narrowed, self.held)]

    @cached_property
    def held(self) -> Positions | None:
        """What holds every word of the search and is open, newest first; None when no word counts."""
        asked = searched_terms(self.wanted.words)
        if not asked:
            return None
        learn(self.snapshot, [term for each in asked for term in each.terms])
        whole = [self._with_any(each) for each in asked]
        found = [own if own.any() else self._with_parts(each) for each, own in zip(asked, whole, strict=True)]
        return np.flatnonzero(np.logical_and.reduce(found))

    def counts(self, facet: str) -> NDArray[np.intp]:
        """How many of what answers all fields but this one have each distinct value of it."""
        others = self.wanted.without(facet) if facet in self.wanted.narrowed else self.wanted
        key = (others, self._today, facet)
        found = self.snapshot.counted.get(key)
        if found is None:
            found = self.count_per_number(facet, self.without(facet))
            if len(self.snapshot.counted) < MOST_COUNTED:
                self.snapshot.counted[key] = found
        return found

    def count_per_number(self, facet: str, rows: Positions) -> NDArray[np.intp]:
        """How many of the rows have each distinct value of a facet."""
        numbers = self.block.facets[facet]
        own = numbers if len(rows) == len(numbers) else numbers[rows]
        return np.bincount(own, minlength=len(self.known.facets[facet]))

    def posters(self, listings: NDArray[np.intp]) -> Iterator[tuple[Poster, int]]:
        """The organisations with any of these listings and their number, the most first, then by name."""
        posters, ranks = self.known.ranked_posters()
        numbers = np.flatnonzero(listings * (ranks[: len(listings)] >= 0))
        order = np.lexsort((ranks[numbers], -listings[numbers]))
        found = ((posters[number], number) for number in numbers[order].tolist())
        return ((poster, number) for poster, number in found if poster is not None)

    def names(self, facet: str, code: str) -> Mask:
        """Per row of the block whether it names this code itself, not by leaving the list empty."""
        found: Mask = self.known.facets[facet].answering((code,), empty_too=False)[self.block.facets[facet]]
        return found

    def holders_of(self, word: Searched) -> int:
        """How many listings have one word of the search, whatever the other fields ask."""
        learn(self.snapshot, word.terms)
        found = self._with_any(word)
        return int(found.sum())

    def newest_with(self, term: str) -> int | None:
        """The number of the newest open listing with a term the snapshot has learnt; None when nothing has it."""
        rows = np.flatnonzero(self._open & self._holding(term))
        return int(self.block.listing_id[rows[0]]) if len(rows) else None

    def listing_ids(self, rows: Positions) -> list[int]:
        """The numbers of the listings in these rows, in their order."""
        found: list[int] = self.block.listing_id[rows].tolist()
        return found

    def keys(self, rows: Positions) -> list[tuple[int, int]]:
        """For each row a key no other listing in this process has, and that another one takes when it changes."""
        return [(self.known.serial, slot) for slot in self.block.slot[rows].tolist()]

    def km_squared(self, centre: Place, rows: Positions) -> NDArray[np.float64]:
        """The square of the distance in kilometres of each row; infinite for what has no place on the map."""
        per_location = np.append(_km_squared(centre, self.known.locations()), np.inf)
        return per_location[self.block.location[rows]]

    def _holding(self, term: str) -> Mask:
        return self.snapshot.holding(term, self.wanted.side)

    def _with_any(self, word: Searched) -> Mask:
        found: Mask = self._open & np.logical_or.reduce([self._holding(term) for term in word.terms])
        return found

    def _with_parts(self, word: Searched) -> Mask:
        """Open and with every part of a compound; nothing for what is no compound."""
        learn(self.snapshot, word.parts)
        return np.logical_and.reduce([self._open & bool(word.parts), *map(self._holding, word.parts)])

    def _all_of(self, fields: list[str], held: Positions | None) -> Mask:
        masks = [self._mask(field, held) for field in fields if field != "words"]
        return np.logical_and.reduce([self._open if held is None else self._open[held], *masks])

    def _mask(self, name: str, held: Positions | None) -> Mask:
        key = (name, held is None)
        if key not in self._masks:
            self._masks[key] = self._answering(name, slice(None) if held is None else held)
        return self._masks[key]

    def _answering(self, name: str, rows: Positions | slice) -> Mask:
        if name == "place":
            centre, km = self.wanted.centre, self.wanted.km
            assert centre is not None
            near = np.append(_km_squared(centre, self.known.locations()) <= km * km, np.False_)
            within: Mask = near[self.block.location[rows]]
            return within | self.block.is_online[rows]
        chosen = self.wanted.study_codes if name == "programme" else getattr(self.wanted, name)
        table = self.known.facets[name].answering(chosen, empty_too=name in EMPTY_IS_ALL)
        found: Mask = table[self.block.facets[name][rows]]
        return found


def _km_squared(centre: Place, locations: NDArray[np.float64]) -> NDArray[np.float64]:
    """East to west a degree shrinks with the cosine of the latitude between the two points, here by its slope at the
    centre. Inside the country it differs less than 1 in 1,000 from the great circle.
    """
    north = locations[:, 0] - centre.lat
    shrink = cos(radians(centre.lat)) - sin(radians(centre.lat)) * radians(0.5) * north
    east = (locations[:, 1] - centre.lon) * shrink
    found: NDArray[np.float64] = (north * north + east * east) * (KM_PER_DEGREE * KM_PER_DEGREE)
    return found
