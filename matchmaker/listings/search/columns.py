"""Open listings as columns: each facet is the number of a distinct value, so that a filter is a small table looked up
by number, and a count is one pass over the numbers. Nothing here knows a database.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matchmaker.vocabulary import Side

Positions = NDArray[np.intp]
Mask = NDArray[np.bool_]

NO_LAST_DAY = date.max.toordinal()
FACETS = (
    "kinds", "levels", "studies", "programme", "work_fields", "starts", "hours", "modes", "provinces", "organisations",
)  # fmt: skip
EMPTY_IS_ALL = frozenset({"levels", "studies", "programme", "work_fields"})
"""Facets of a list column: a listing that leaves it empty answers every choice."""


_serials = count()


class Distinct:
    """The distinct values of one facet, each a set of codes, numbered as they come. A number keeps its meaning."""

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str], int] = {}
        self._columns: dict[str, int] = {}
        self.sets: list[frozenset[str]] = []
        self._members = np.zeros((64, 16), dtype=np.int32)

    def __len__(self) -> int:
        return len(self._numbers)

    def number_of(self, codes: frozenset[str]) -> int:
        """The number of a set of codes; a new one when it was not seen before."""
        found = self._numbers.get(codes)
        if found is None:
            found = len(self._numbers)
            columns = [self._columns.setdefault(code, len(self._columns)) for code in codes]
            self._make_room()
            self._members[found, columns] = 1
            self.sets.append(codes)
            self._numbers[codes] = found
        return found

    def answering(self, chosen: Iterable[str], *, empty_too: bool) -> Mask:
        """Per number whether its set shares a code with the chosen ones; the empty set too when that means all."""
        columns = [self._columns[code] for code in chosen if code in self._columns]
        members = self._members[: len(self)]
        found = members[:, columns].any(axis=1)
        return found | ~members.any(axis=1) if empty_too else found

    def per_code(self, counts: NDArray[np.intp]) -> tuple[dict[str, int], int]:
        """From the count of each number: the count of each code that has any, and the count of the empty set."""
        members = self._members[: len(counts)]
        sums = (counts @ members).tolist()
        named = {code: sums[column] for code, column in list(self._columns.items()) if sums[column]}
        empty = self._numbers.get(frozenset())
        return named, 0 if empty is None or empty >= len(counts) else int(counts[empty])

    def _make_room(self) -> None:
        rows, columns = self._members.shape
        if len(self._numbers) >= rows or len(self._columns) > columns:
            wider = np.zeros((max(rows, 2 * len(self._numbers)), max(columns, 2 * len(self._columns))), dtype=np.int32)
            wider[:rows, :columns] = self._members
            self._members = wider


class Poster(NamedTuple):
    """The organisation of a listing; without an account there is none. In order by name."""

    name: str
    slug: str
    latitude: float | None
    longitude: float | None


class Row(NamedTuple):
    """What the columns hold of one listing. `codes` is per facet, in the order of FACETS."""

    listing_id: int
    side: Side
    published_at: datetime | None
    last_day: date | None
    places_left: int
    latitude: float | None
    longitude: float | None
    is_online: bool
    codes: tuple[frozenset[str], ...]
    poster: Poster | None


@dataclass(frozen=True, slots=True)
class Block:
    """The open listings of one side, newest first, equal ones by number, the last first.

    `published_at` in microseconds, `last_day` as a day number, `location` a number of `Known.locations` or -1.
    """

    listing_id: NDArray[np.int64]
    slot: NDArray[np.int32]
    published_at: NDArray[np.int64]
    last_day: NDArray[np.int32]
    places_left: NDArray[np.int32]
    location: NDArray[np.int32]
    is_online: Mask
    facets: Mapping[str, NDArray[np.int32]]

    def __len__(self) -> int:
        return len(self.listing_id)

    def joined(self, others: "Block", keep: Mask) -> "Block":
        """The kept rows of this block with those of another, in order."""
        order = np.insert(np.flatnonzero(keep), *self._places_for(others, keep))

        def both(own: NDArray[np.generic], new: NDArray[np.generic]) -> NDArray[np.generic]:
            return np.concatenate([own, new])[order]

        plain = (name for name in Block.__slots__ if name != "facets")
        columns = {name: both(getattr(self, name), getattr(others, name)) for name in plain}
        return Block(**columns, facets={name: both(self.facets[name], others.facets[name]) for name in FACETS})  # type: ignore[arg-type]

    def _places_for(self, others: "Block", keep: Mask) -> tuple[Positions, Positions]:
        """Before which kept row each row of another block comes, and where it stands behind all rows of this one."""
        own_moments, own_numbers = -self.published_at[keep], -self.listing_id[keep]
        new = np.lexsort((-others.listing_id, -others.published_at))
        moments = -others.published_at[new]
        before = np.searchsorted(own_moments, moments, "left")
        past = np.searchsorted(own_moments, moments, "right")
        for index in np.flatnonzero(before < past):
            equal = own_numbers[before[index] : past[index]]
            before[index] += np.searchsorted(equal, -others.listing_id[new[index]])
        return before, len(self) + new


class Known:
    """What the numbers in the columns stand for. Only grows: a number once given keeps its meaning."""

    def __init__(self) -> None:
        self.facets = {name: Distinct() for name in FACETS}
        self.posters: dict[str, Poster] = {}
        self._ranked: tuple[list[Poster | None], NDArray[np.int64]] | None = None
        self.slots = 0
        self.serial = next(_serials)
        self._locations: dict[tuple[float, float], int] = {}

    def apart(self) -> "Known":
        """The same numbers, with names and keys of its own from here on."""
        made = copy(self)
        made.posters, made._ranked, made.serial = dict(self.posters), None, next(_serials)
        return made

    def locations(self) -> NDArray[np.float64]:
        """Latitude and longitude per location, in degrees."""
        return np.array(list(self._locations), dtype=np.float64).reshape(-1, 2)

    def ranked_posters(self) -> tuple[list[Poster | None], NDArray[np.int64]]:
        """Per number of the facet `organisations` whose it is, and which place that has by name; -1 for nobody."""
        sets = self.facets["organisations"].sets
        if self._ranked is None or len(self._ranked[0]) != len(sets):
            posters = [self.posters[next(iter(codes))] if codes else None for codes in sets]
            ranks = np.full(len(sets), -1, dtype=np.int64)
            by_name = sorted((poster, number) for number, poster in enumerate(posters) if poster)
            ranks[[number for _, number in by_name]] = np.arange(len(by_name))
            self._ranked = posters, ranks
        return self._ranked

    def block(self, rows: Sequence[Row]) -> Block:
        """The rows as columns, in the order given, each in a slot of its own."""
        for poster in {row.poster for row in rows if row.poster}:
            if self.posters.get(poster.slug) != poster:
                self.posters[poster.slug], self._ranked = poster, None
        first = self.slots
        self.slots += len(rows)
        facets = {
            name: np.fromiter((self.facets[name].number_of(row.codes[index]) for row in rows), np.int32, len(rows))
            for index, name in enumerate(FACETS)
        }
        return Block(
            listing_id=np.fromiter((row.listing_id for row in rows), np.int64, len(rows)),
            slot=np.arange(first, self.slots, dtype=np.int32),
            published_at=np.fromiter((microseconds(row.published_at) for row in rows), np.int64, len(rows)),
            last_day=np.fromiter((_day(row.last_day) for row in rows), np.int32, len(rows)),
            places_left=np.fromiter((row.places_left for row in rows), np.int32, len(rows)),
            location=np.fromiter((self._location(row) for row in rows), np.int32, len(rows)),
            is_online=np.fromiter((row.is_online for row in rows), np.bool_, len(rows)),
            facets=facets,
        )

    def _location(self, row: Row) -> int:
        if row.latitude is None or row.longitude is None:
            return -1
        return self._locations.setdefault((row.latitude, row.longitude), len(self._locations))


class Snapshot:
    """What was open after one change, and the listings of each term that was asked since. Columns never change."""

    def __init__(self, number: int, known: Known, blocks: Mapping[Side, Block], holders: Mapping[str, Positions]):
        self.number, self.known, self.blocks = number, known, blocks
        self.holders = dict(holders)
        self.counted: dict[Hashable, NDArray[np.intp]] = {}
        """Counts per value of a facet, by what was counted: as true as the columns, so they go with them."""
        self._slot_of = _dense([(block.listing_id, block.slot) for block in blocks.values()])
        self._position_of = {side: _dense([(block.slot, np.arange(len(block)))]) for side, block in blocks.items()}

    def __len__(self) -> int:
        return sum(len(block) for block in self.blocks.values())

    def keep_holders(self, term: str, listing_ids: NDArray[np.int64]) -> None:
        """Remember which open listings hold a term; numbers of other listings are passed over."""
        self.holders[term] = _known_in(self._slot_of, listing_ids)

    def add_holder(self, slot: int, terms: Iterable[str]) -> None:
        """One more listing holds these terms."""
        for term in terms:
            self.holders[term] = np.append(self.holders[term], slot)

    def apart(self) -> "Snapshot":
        """The same, for who sees what others do not: what it learns stays with it."""
        return Snapshot(self.number, self.known.apart(), self.blocks, {})

    def holding(self, term: str, side: Side) -> Mask:
        """Per row of the block of a side whether the listing holds a term. Raises KeyError for one nobody asked."""
        found = np.zeros(len(self.blocks[side]), dtype=np.bool_)
        found[_known_in(self._position_of[side], self.holders[term])] = True
        return found

    def position(self, listing_id: int, side: Side) -> int | None:
        """Where one listing stands in the block of its side; None when it is not open."""
        found = _known_in(self._position_of[side], _known_in(self._slot_of, np.array([listing_id])))
        return int(found[0]) if len(found) else None

    def changed(self, number: int, gone: Iterable[int], rows: Sequence[Row]) -> tuple["Snapshot", dict[int, int]]:
        """A snapshot in which some listings stand as they are now, or no more; with it the new slots by number.

        A listing that is read again gets a new slot, so what was remembered of its words before no longer finds it.
        """
        away = np.fromiter({*gone, *(row.listing_id for row in rows)}, np.int64)
        blocks = {}
        for side, block in self.blocks.items():
            new = self.known.block([row for row in rows if row.side is side])
            blocks[side] = block.joined(new, ~np.isin(block.listing_id, away))
        made = Snapshot(number, self.known, blocks, self.holders)
        return made, {row.listing_id: int(made._slot_of[row.listing_id]) for row in rows}


def first_snapshot(number: int, rows: Iterable[Sequence[Row]]) -> Snapshot:
    """All that is open, read anew, some rows at a time."""
    known = Known()
    found: dict[Side, list[Block]] = {side: [known.block([])] for side in Side}
    for some in rows:
        for side in Side:
            found[side].append(known.block([row for row in some if row.side is side]))
    blocks = {}
    for side, (empty, *parts) in found.items():
        blocks[side] = empty.joined(_in_a_row(parts), np.zeros(0, dtype=np.bool_)) if parts else empty
    return Snapshot(number, known, blocks, {})


def _in_a_row(parts: Sequence[Block]) -> Block:
    plain = (name for name in Block.__slots__ if name != "facets")
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in plain}
    facets = {name: np.concatenate([part.facets[name] for part in parts]) for name in FACETS}
    return Block(**columns, facets=facets)


def _dense(pairs: Sequence[tuple[NDArray[np.integer], NDArray[np.integer]]]) -> NDArray[np.int32]:
    """From number to number as a table: -1 for what is not there."""
    size = 1 + max((int(keys.max()) for keys, _ in pairs if len(keys)), default=-1)
    table = np.full(size, -1, dtype=np.int32)
    for keys, values in pairs:
        table[keys] = values
    return table


def _known_in(table: NDArray[np.int32], keys: NDArray[np.integer]) -> Positions:
    found = table[keys[keys < len(table)]]
    return found[found >= 0].astype(np.intp)


def microseconds(moment: datetime | None) -> int:
    """A moment as a whole number that keeps its order; 0 for none."""
    return 0 if moment is None else int(moment.timestamp() * 1_000_000)


def _day(day: date | None) -> int:
    return NO_LAST_DAY if day is None else day.toordinal()
