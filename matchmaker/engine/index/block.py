"""One block of the index: the postings of one kind and side, and who of them fits a posting best."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.findings import Criterion
from matchmaker.engine.index.alike import most_alike
from matchmaker.engine.index.attributes import Attributes
from matchmaker.engine.index.columns import Column
from matchmaker.engine.index.question import DESK, OWNER, SUBJECT, UNTIL, WIDTH, Integers, Order, Question, Rows
from matchmaker.engine.index.selection import fastest, ordered
from matchmaker.engine.index.tables import Kept, Table, TableMaker
from matchmaker.engine.index.words import HEAVIEST_TERM, Bags
from matchmaker.engine.profiles import Profile, group_of
from matchmaker.engine.weights import Weights
from matchmaker.vocabulary import Kind, Side

NO_LAST_DAY = np.iinfo(np.int32).max
GONE = -1
"""Last day to respond (day number) of a row that was taken out: before every today."""

NOBODY = -1
SPARE_SHARE = 8
FEWEST_SPARE = 64
"""A block is arranged anew when one row in so many, and so many at least, are gone or came since."""

MOST_PROFILES = 5_000
"""Postings kept as they were read last, for who is among the winners often."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A posting to put in. `key` is its number with whoever keeps it, `owner` the organisation that posted it.

    `desk` is the number of the municipality's desk, whose load is named with each question (the profile's own
    `desk_load` is not looked at), and `until` the last day to respond; None is no limit.
    """

    key: int
    profile: Profile
    owner: int
    desk: int | None = None
    until: dt.date | None = None


class Hit(NamedTuple):
    """A counterpart and the score of the pair (0..100, one decimal), as `engine.assessment.assess` gives it."""

    key: int
    reference: str
    score: float


class Index:
    """Postings of one kind and side. Not safe for two threads at once: who shares it holds a lock."""

    def __init__(self, kind: Kind, side: Side) -> None:
        self.kind, self.side = kind, side
        self._attributes = Attributes(kind)
        self._tables = TableMaker(kind, side, self._attributes)
        self._numbers, self._key = Column(np.int32, WIDTH), Column(np.int64)
        self._bags = Bags()
        self._references: list[str] = []
        self._row_of: dict[int, int] = {}
        self._arranged = 0
        self._profiles: dict[int, Profile] = {}
        self._orders: Kept[tuple[Table, Order]] = Kept()
        self._rows: Rows | None = None
        self._side_by_side: Integers | None = None

    def __len__(self) -> int:
        return len(self._row_of)

    def kept(self) -> list[int]:
        """The keys of all postings, in no order that says anything."""
        return list(self._row_of)

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays; names and distinct values come on top."""
        return self._bags.nbytes + self._numbers.nbytes + self._key.nbytes

    def put(self, entries: Iterable[Entry]) -> None:
        """Put postings in; one with a key that is there takes its place.

        Raises ValueError for a posting of another kind or side, or a term whose weight is not 1..65,535; nothing of
        `entries` is then put in.
        """
        added = {each.key: each for each in entries}
        for each in added.values():
            self._check(each.profile)
        self.drop(added)
        self._bags.extend((each.profile.terms, each.profile.terms_length) for each in added.values())
        start = len(self._references)
        self._numbers.extend(
            (
                *self._attributes.numbers(each.profile, each.desk),
                each.until.toordinal() if each.until else NO_LAST_DAY,
                each.owner,
            )
            for each in added.values()
        )
        self._key.extend(list(added))
        self._references += [each.profile.reference for each in added.values()]
        self._row_of.update(zip(added, range(start, start + len(added)), strict=True))
        self._rows = None

    def drop(self, keys: Iterable[int]) -> None:
        """Take postings out; a key that is not there is none."""
        for key in keys:
            row = self._row_of.pop(key, None)
            self._profiles.pop(key, None)
            if row is not None:
                self._numbers.all[row, UNTIL] = GONE

    def best(
        self,
        own: Profile,
        *,
        owner: int | None,
        today: dt.date,
        desk_loads: Mapping[int, float],
        crosswalk: Crosswalk,
        weights: Weights,
        top: int,
    ) -> list[Hit]:
        """The `top` counterparts of `own` that break no hard requirement, best first, ties by reference.

        Exactly those that `engine.ranking` puts first. `owner` is left out, and so is what closed before `today`.
        `desk_loads` holds open items per officer by desk; a desk not in it has none. Raises ValueError for a posting
        of another kind or of the same side, or when `top` is not at least 1.
        """
        if own.kind is not self.kind or own.side is self.side:
            raise ValueError(f"{own.reference}: this block holds {self.kind}, {self.side}")
        if top < 1:
            raise ValueError("top must be at least 1")
        if not self._row_of or (own.capacity_left is not None and own.capacity_left <= 0):
            return []
        self._arrange_when_untidy()
        points = weights.by_group[group_of(own.kind)]
        tables = self._tables.tables(own, crosswalk, points, desk_loads)
        asked = Question(
            tables=tables,
            order=self._order(own, tables.subject, points[Criterion.SUBJECT]),
            today=today.toordinal(),
            not_owner=NOBODY if owner is None else owner,
            own=self._bags.weights_of(own.terms),
            length=own.terms_length,
            text_points=points[Criterion.TEXT],
            all_points=sum(points.values()),
            top=top,
        )
        rows, tenths = fastest().find(self._as_arrays(), asked)
        names = [self._references[row] for row in rows.tolist()]
        order = sorted(zip((-tenths).tolist(), names, self._key.all[rows].tolist(), strict=True))
        return [Hit(key, name, -score / 10) for score, name, key in order[:top]]

    def alike(
        self, own: Profile, *, owner: int | None, today: dt.date, least: int, top: int
    ) -> list[tuple[int, str, int]]:
        """The `top` postings most like `own` by `engine.likeness`, among those that share a field of work with it.

        As (points, reference, key), most points first, ties by reference; none below `least` points. `owner` is left
        out, and so is what closed before `today`. Raises ValueError when `least` or `top` is not at least 1.
        """
        if least < 1 or top < 1:
            raise ValueError("least and top must be at least 1")
        numbers = self._numbers.all
        found = np.flatnonzero(self._attributes.subjects.sharing_work(own.work_fields).take(self._subjects()))
        open_still = numbers[found, UNTIL] >= today.toordinal()
        others = numbers[found, OWNER] != (NOBODY if owner is None else owner)
        rows, points = most_alike(
            found[open_still & others], self._as_arrays(), self._bags.weights_of(own.terms), own.terms_length,
            least=least, top=top,
        )  # fmt: skip
        names = [self._references[row] for row in rows.tolist()]
        hits = sorted(zip((-points).tolist(), names, self._key.all[rows].tolist(), strict=True))
        return [(-minus, name, key) for minus, name, key in hits[:top]]

    def _order(self, own: Profile, table: Table, weight: int) -> Order:
        """The rows in the order of a subject, kept until its table is another or too many rows came since."""
        subject = (own.work_fields, own.study_fields)
        known = self._orders.get(subject)
        if known is not None and known[0] is table and not self._many(len(self._references) - len(known[1].rows)):
            return known[1]
        order = ordered(table, self._subjects(), weight, fastest())
        self._orders.add(subject, (table, order), order.rows.nbytes)
        return order

    def profile(self, key: int, *, desk_loads: Mapping[int, float]) -> Profile:
        """The posting as it was put in, with the load of its desk; how its words were written is not kept.

        Days and times are kept for lectures and visits alone. Raises KeyError when it is not there.
        """
        row = self._row_of[key]
        known = self._profiles.get(key)
        if known is not None and known.desk_load == self._attributes.load(
            int(self._numbers.all[row, DESK]), desk_loads
        ):
            return known
        values = self._attributes.values(self._numbers.all[row, :UNTIL].tolist(), desk_loads)
        made = Profile(self._references[row], self.kind, self.side, terms=self._bags.bag(row), **values)
        if len(self._profiles) >= MOST_PROFILES:
            self._profiles.clear()
        self._profiles[key] = made
        return made

    def _check(self, profile: Profile) -> None:
        if profile.kind is not self.kind or profile.side is not self.side:
            raise ValueError(f"{profile.reference}: this block holds {self.kind}, {self.side}")
        if profile.terms and not 0 < min(profile.terms.values()) <= max(profile.terms.values()) <= HEAVIEST_TERM:
            raise ValueError(f"{profile.reference}: a term weighs 1..{HEAVIEST_TERM}")

    def _subjects(self) -> Integers:
        """The subject of every row, side by side for who reads nothing else; laid out once until a row is put in."""
        if self._side_by_side is None or len(self._side_by_side) != len(self._references):
            self._side_by_side = np.ascontiguousarray(self._numbers.all[:, SUBJECT])
        return self._side_by_side

    def _as_arrays(self) -> Rows:
        """The rows, laid out once until one is put in or they are arranged anew."""
        if self._rows is None:
            bags = self._bags
            words = bags.stems.all, bags.weights.all, bags.first.all, bags.lengths.all
            self._rows = Rows(self._numbers.all, *words)
        return self._rows

    def _arrange_when_untidy(self) -> None:
        rows = len(self._references)
        if self._many(rows - self._arranged + rows - len(self)):
            self._arrange()

    def _many(self, untidy: int) -> bool:
        return untidy > FEWEST_SPARE and untidy * SPARE_SHARE > len(self._references)

    def _arrange(self) -> None:
        """Leave out the rows that are gone, and let those with the same subject lie side by side."""
        kept = np.array(list(self._row_of.values()), dtype=np.int64)
        kept = kept[np.lexsort((kept, self._numbers.all[kept, SUBJECT]))]
        self._numbers, self._key = self._numbers.only(kept), self._key.only(kept)
        self._bags.keep(kept)
        self._references = [self._references[row] for row in kept.tolist()]
        self._row_of = {key: row for row, key in enumerate(self._key.all.tolist())}
        self._arranged = len(kept)
        self._orders, self._rows, self._side_by_side = Kept(), None, None
