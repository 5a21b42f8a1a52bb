"""One look at what is open: which listings answer a filter, and how many would with a field taken off."""

from functools import cached_property
from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray

from matchmaker.clock import today
from matchmaker.listings.search.columns import EMPTY_IS_ALL, Mask, Positions, Poster, Snapshot
from matchmaker.listings.search.filters import Filter
from matchmaker.listings.search.terms import searched_terms
from matchmaker.listings.search.warm import learn, seen
from matchmaker.reference import Place

KM_PER_DEGREE = 111.195


class Look:
    """The listings of one side that can still be answered today, and a filter over them.

    Rows are positions in the block of the side, which has the newest first.
    """

    def __init__(self, wanted: Filter, snapshot: Snapshot | None = None) -> None:
        self.wanted, self.snapshot = wanted, snapshot or seen()
        self.known, self.block = self.snapshot.known, self.snapshot.blocks[wanted.side]
        self._open = self.block.last_day >= today().toordinal()
        self._masks: dict[tuple[str, bool], Mask] = {}

    @cached_property
    def rows(self) -> Positions:
        """What answers the whole filter, newest first."""
        return self.without("")

    def without(self, name: str) -> Positions:
        """What answers all fields but one, newest first; the whole filter when that field does not narrow."""
        narrowed = self.wanted.narrowed
        if name not in narrowed and "rows" in self.__dict__:
            return self.rows
        held = self.held if "words" in narrowed and name != "words" else None
        mask = self._open if held is None else self._open[held]
        for field in narrowed:
            if field not in (name, "words"):
                mask = mask & self._mask(field, held)
        return np.flatnonzero(mask) if held is None else held[mask]

    @cached_property
    def held(self) -> Positions | None:
        """What holds every word of the search, in order, also what is past its last day; None when no word counts."""
        asked = searched_terms(self.wanted.words)
        if not asked:
            return None
        learn(self.snapshot, [term for each in asked for term in each.terms])
        whole = [self._with_any(each.terms) for each in asked]
        lacking = [each for each, own in zip(asked, whole, strict=True) if not len(own)]
        learn(self.snapshot, [part for each in lacking for part in each.parts])
        return _in_all(
            [own if len(own) else self._with_all(each.parts) for each, own in zip(asked, whole, strict=True)]
        )

    def count_per_number(self, facet: str, rows: Positions) -> NDArray[np.intp]:
        """How many of the rows have each distinct value of a facet."""
        numbers = self.block.facets[facet]
        own = numbers if len(rows) == len(numbers) else numbers[rows]
        return np.bincount(own, minlength=len(self.known.facets[facet]))

    def posters(self, listings: NDArray[np.intp]) -> list[tuple[Poster, int]]:
        """The organisations with any of these listings and their number, the most first, then by name."""
        own = self.known.facets["organisations"]
        numbers = [number for number in np.flatnonzero(listings).tolist() if own.sets[number]]
        found = [(self.known.posters[next(iter(own.sets[number]))], number) for number in numbers]
        return sorted(found, key=lambda each: (-listings[each[1]], each[0].name, each[0].slug))

    def names(self, facet: str, code: str) -> Mask:
        """Per row of the block whether it names this code itself, not by leaving the list empty."""
        found: Mask = self.known.facets[facet].answering((code,), empty_too=False)[self.block.facets[facet]]
        return found

    def listing_ids(self, rows: Positions) -> list[int]:
        """The numbers of the listings in these rows, in their order."""
        found: list[int] = self.block.listing_id[rows].tolist()
        return found

    def km_squared(self, centre: Place, rows: Positions) -> NDArray[np.float64]:
        """The square of the distance in kilometres of each row; infinite for what has no place on the map."""
        per_location = np.append(_km_squared(centre, self.known.locations()), np.inf)
        return per_location[self.block.location[rows]]

    def _open_holders(self, term: str) -> Positions:
        found = self.snapshot.positions_of(term, self.wanted.side)
        return found[self._open[found]]

    def _with_any(self, terms: tuple[str, ...]) -> Positions:
        found = [self._open_holders(term) for term in terms]
        return found[0] if len(found) == 1 else np.unique(np.concatenate(found))

    def _with_all(self, terms: tuple[str, ...]) -> Positions:
        return _in_all([self._open_holders(term) for term in terms])

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


def _in_all(lists: list[Positions]) -> Positions:
    """What stands in every list; the shortest first, so that each step has the least to do. Lists are in order."""
    shortest, *rest = sorted(lists, key=len) or [np.zeros(0, dtype=np.intp)]
    for each in rest:
        shortest = np.intersect1d(shortest, each, assume_unique=True)
    return shortest


def _km_squared(centre: Place, locations: NDArray[np.float64]) -> NDArray[np.float64]:
    """East to west a degree shrinks with the cosine of the latitude between the two points, here by its slope at the
    centre. Inside the country it differs less than 1 in 1,000 from the great circle.
    """
    north = locations[:, 0] - centre.lat
    shrink = cos(radians(centre.lat)) - sin(radians(centre.lat)) * radians(0.5) * north
    east = (locations[:, 1] - centre.lon) * shrink
    found: NDArray[np.float64] = (north * north + east * east) * (KM_PER_DEGREE * KM_PER_DEGREE)
    return found
