"""How many listings each further choice would leave: every facet is counted without its own choice."""

from collections.abc import Mapping
from itertools import islice
from typing import NamedTuple

from matchmaker.listings.search.columns import EMPTY_IS_ALL, FACETS
from matchmaker.listings.search.look import Look

COUNTED = tuple(name for name in FACETS if name not in ("programme", "organisations"))


class PosterCount(NamedTuple):
    """An organisation with listings that answer the filter."""

    slug: str
    name: str
    listings: int


class SuitsAll(dict[str, int]):
    """Counts in which each value not named has the listings that suit all."""

    def __init__(self, named: Mapping[str, int], all_of_them: int) -> None:
        super().__init__({value: number + all_of_them for value, number in named.items()})
        self.all_of_them = all_of_them

    def __missing__(self, _value: str) -> int:
        return self.all_of_them


def count_facets(look: Look) -> dict[str, Mapping[str, int]]:
    """Per field of the filter: value to number of listings. Asks the database nothing.

    A listing that leaves a list empty suits all, so it counts for every value of that field.
    """
    return {name: _count(look, name) for name in COUNTED}


def count_posters(look: Look, *, most: int | None = None) -> list[PosterCount]:
    """Whose listings answer the filter, the most first, then by name; at most so many, and those that are chosen."""
    listings, chosen = look.counts("organisations"), look.wanted.organisations
    return [
        PosterCount(poster.slug, poster.name, int(listings[number]))
        for index, (poster, number) in enumerate(islice(look.posters(listings), None if chosen else most))
        if most is None or index < most or poster.slug in chosen
    ]


def _count(look: Look, name: str) -> Mapping[str, int]:
    named, empty = look.known.facets[name].per_code(look.counts(name))
    return SuitsAll(named, empty) if name in EMPTY_IS_ALL else named
