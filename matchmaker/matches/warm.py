"""The engine's index of open postings, kept warm in the memory of each process and true by the change number.

A block holds one kind and side. It is filled from the database when it is first asked for; before each use one short
query tells whether anything changed since, and only what changed is read again. Nothing is on disk: a process that was
killed fills its blocks anew.

Blocks hold what is committed and nothing else. What the session of now has changed itself and not committed is left out
of them, and `best_counterparts` names it beside what the block finds; so a rollback cannot leave anything behind.
A store belongs to one engine (or connection), so two applications in one process never share one.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement

from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.index import Entry, Index
from matchmaker.engine.profiles import Profile
from matchmaker.engine.weights import Weights
from matchmaker.listings.changes import changed_since, latest_change, pending_changes
from matchmaker.listings.models import Listing
from matchmaker.matches.profiles_from import AT_ONCE, Posting, postings, postings_by_number, read_profile
from matchmaker.vocabulary import Kind, Side

_UNFILLED = -1


class Block:
    """The index of one kind and side with the change number it is true for. Its lock is held while it is used."""

    def __init__(self, kind: Kind, side: Side) -> None:
        self.kind, self.side = kind, side
        self.lock = threading.Lock()
        self.index = Index(kind, side)
        self.number = _UNFILLED
        self.postponed: frozenset[int] = frozenset()
        """Changed postings that could not be read yet, because the session that looked had changed them itself."""

    def bring_up_to(self, number: int, own: frozenset[int]) -> None:
        """Read what was committed until `number` at least, but for what the session of now changed itself (`own`).

        A session that sees less than the block holds (its transaction began before the last refresh) reads nothing: its
        rows may be older ones.
        """
        if self.number == _UNFILLED:
            self._fill(number, own)
        elif number > self.number or (number == self.number and self.postponed - own):
            self._refresh(own)

    def _fill(self, number: int, own: frozenset[int]) -> None:
        index = Index(self.kind, self.side)
        rows = (each for each in postings(*self._standing(), with_text=False) if each.id not in own)
        while some := [_entry(each) for each in islice(rows, AT_ONCE)]:
            index.put(some)
        self.index, self.number, self.postponed = index, number, own

    def _refresh(self, own: frozenset[int]) -> None:
        changes = changed_since(self.number)
        if not changes.complete:
            self._fill(changes.number, own)
            return
        changed = changes.listing_ids | self.postponed
        again = changed - own
        entries = [_entry(each) for each in postings_by_number(again, *self._standing(), with_text=False)]
        self.index.drop(again - {each.key for each in entries})
        self.index.put(entries)
        self.number, self.postponed = max(self.number, changes.number), changed & own

    def _standing(self) -> tuple[ColumnElement[bool], ...]:
        """What can be proposed while there is time: the last day to respond is kept in the index itself."""
        return (
            Listing.side == self.side,
            Listing.kind == self.kind,
            Listing.is_published,
            Listing.places_left > 0,
            Listing.organisation_id.is_not(None),
        )


class Store:
    """The blocks of one database in one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._blocks: dict[tuple[Kind, Side], Block] = {}

    def block(self, kind: Kind, side: Side) -> Block:
        with self._lock:
            found = self._blocks.get((kind, side))
            if found is None:
                found = self._blocks[kind, side] = Block(kind, side)
            return found


_stores: WeakKeyDictionary[Any, Store] = WeakKeyDictionary()
_stores_lock = threading.Lock()


@contextmanager
def committed_postings(kind: Kind, side: Side) -> Iterator[Index]:
    """The index of what can be proposed of a kind and side, true until the last commit, for this thread alone.

    What the session of now changed and did not commit is not in it, or as it was before. The question how far the
    changes are is asked before the lock is taken: nobody waits for the database with the lock of another in hand.
    """
    pending = pending_changes()
    own, number = pending.within(side, kind), latest_change()
    if pending.everything:
        block = Block(kind, side)
        block.bring_up_to(number, frozenset())
        yield block.index
        return
    block = _store().block(kind, side)
    with block.lock:
        block.bring_up_to(number, own)
        yield block.index


def best_counterparts(
    own: Profile,
    *,
    owner: int | None,
    desk_loads: Mapping[int, float],
    crosswalk: Crosswalk,
    weights: Weights,
    top: int,
) -> set[int]:
    """Numbers of listings that hold the `top` best counterparts of a posting, and few others.

    The others are what this session changed and did not commit, whatever it is now: whoever explains the winners reads
    them all in this session and leaves out what is not open.
    """
    side = Side.OFFER if own.side is Side.NEED else Side.NEED
    mine = pending_changes().within(side, own.kind)
    with committed_postings(own.kind, side) as index:
        asked = top
        while True:
            hits = index.best(
                own,
                owner=owner,
                today=today(),
                desk_loads=desk_loads,
                crosswalk=crosswalk,
                weights=weights,
                top=asked,
            )
            found = {hit.key for hit in hits} - mine
            if len(found) >= top or len(hits) < asked:
                return found | mine
            asked *= 2


def alike_postings(
    kind: Kind, side: Side, asked: Sequence[tuple[Profile, int]], *, least: int, top: int
) -> tuple[list[list[tuple[int, str, int]]], frozenset[int]]:
    """Of each (posting, its owner) the `top` listings most like it: (points, reference, number), the best first.

    And the numbers of what this session changed and did not commit, which are in none of them: whoever shows those
    reads and compares them himself.
    """
    mine = pending_changes().within(side, kind)
    with committed_postings(kind, side) as index:
        day, more = today(), top + len(mine)
        hits = [index.alike(own, owner=owner, today=day, least=least, top=more) for own, owner in asked]
    return [[hit for hit in found if hit[2] not in mine] for found in hits], mine


def _store() -> Store:
    with _stores_lock:
        return _stores.setdefault(db.engine, Store())


def _entry(posting: Posting) -> Entry:
    return Entry(
        key=posting.id,
        profile=read_profile(posting),
        owner=posting.organisation_id,
        desk=posting.desk_id,
        until=posting.respond_before,
    )
