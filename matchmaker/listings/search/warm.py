"""The columns of open listings, kept per process and kept true by the change number.

Each application has its own, held by its database engine. What a transaction changed and did not commit is seen by that
transaction alone: it gets a snapshot of its own, which is thrown away.
"""

import json
import threading
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, String, Text, cast, select

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.listings.changes import changed_since, latest_change, pending_changes
from matchmaker.listings.models import Listing
from matchmaker.listings.search.columns import Poster, Row, Snapshot, first_snapshot
from matchmaker.listings.search.filters import hours_codes, start_months
from matchmaker.listings.search.models import ListingWords
from matchmaker.listings.search.nearness import Vocabulary
from matchmaker.listings.search.terms import PREFIX_FROM
from matchmaker.listings.search.text_index import counted_words, listings_with
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Mode

MOST_TERMS = 4096
"""Terms whose listings are remembered; then the ones asked first are forgotten."""
MOST_AT_ONCE = 500
"""Numbers named in one statement."""
AT_ONCE = 10_000
"""Rows in memory at a time while all are read."""
SPARE_SLOTS = 20_000
VOCABULARY_KEPT = timedelta(hours=1)
_SEEN = "search_snapshot"

_COLUMNS = (
    Listing.id, Listing.side, cast(Listing.kind, String), cast(Listing.mode, String), cast(Listing.levels, Text),
    cast(Listing.study_fields, Text), cast(Listing.work_fields, Text), Listing.starts_on, cast(Listing.slots, Text),
    Listing.hours_min, Listing.hours_max, Listing.latitude, Listing.longitude, Listing.published_at,
    Listing.respond_before, Listing.places_left, Organisation.slug, Organisation.name, Organisation.province,
    Organisation.latitude, Organisation.longitude,
)  # fmt: skip
"""Lists as the text they are stored as: the same ones come back, and are read once."""


class Warm:
    """The last snapshot of one application, and the lock for who makes the next."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.snapshot: Snapshot | None = None
        self.vocabulary: Vocabulary | None = None
        self.vocabulary_read = now()


_warm: WeakKeyDictionary[Engine, Warm] = WeakKeyDictionary()


def seen() -> Snapshot:
    """What is open as the transaction of now sees it. One short query when nothing changed; the same all along."""
    pending = pending_changes()
    transaction = db.session().get_transaction()
    before, found = db.session().info.get(_SEEN, (None, None))
    if found is not None and before is transaction and transaction is not None and not pending:
        return found
    found = _true_now(keep=not pending)
    if pending:
        numbers = set(pending.listing_ids)
        if (below := pending.below()) is not None:
            numbers.update(db.session.scalars(below))
        return _filled(found.number) if pending.everything else _with_changes(found.apart(), found.number, numbers)
    db.session().info[_SEEN] = (db.session().get_transaction(), found)
    return found


def learn(snapshot: Snapshot, terms: Collection[str]) -> None:
    """Make sure the snapshot knows which listings hold these terms. At most one query."""
    unasked = [term for term in terms if term not in snapshot.holders]
    if not unasked:
        return
    for term, listing_ids in listings_with(unasked).items():
        snapshot.keep_holders(term, listing_ids)
    for term in list(islice(snapshot.holders, max(0, len(snapshot.holders) - MOST_TERMS))):
        if term not in terms:
            snapshot.holders.pop(term, None)


def vocabulary() -> Vocabulary:
    """The words of all listings, read again after an hour."""
    own = _warm.setdefault(_engine(), Warm())
    with own.lock:
        if own.vocabulary is None or now() - own.vocabulary_read > VOCABULARY_KEPT:
            own.vocabulary, own.vocabulary_read = Vocabulary(counted_words()), now()
        return own.vocabulary


def forget() -> None:
    """Let go of what this process remembers of the database of now."""
    _warm.pop(_engine(), None)
    db.session().info.pop(_SEEN, None)


def _true_now(*, keep: bool) -> Snapshot:
    """The snapshot of the last change. Kept for all unless this transaction has changes nobody else may see."""
    own = _warm.setdefault(_engine(), Warm())
    with own.lock:
        latest = latest_change()
        if own.snapshot is not None and latest < own.snapshot.number:
            return own.snapshot.apart()
        if own.snapshot is not None and own.snapshot.number == latest:
            return own.snapshot
        found = _next(own.snapshot, latest)
        if keep:
            own.snapshot = found
        return found


def _next(before: Snapshot | None, latest: int) -> Snapshot:
    if before is None or before.known.slots > 2 * len(before) + SPARE_SLOTS:
        return _filled(latest)
    changes = changed_since(before.number)
    if not changes.complete:
        return _filled(latest)
    return _with_changes(before, changes.number, changes.listing_ids)


def _engine() -> Engine:
    return db.session.get_bind().engine


def _filled(number: int) -> Snapshot:
    return first_snapshot(number, _read_rows(None))


def _with_changes(before: Snapshot, number: int, listing_ids: Collection[int]) -> Snapshot:
    """The snapshot with these listings read again, and what is remembered of terms carried over to them."""
    rows = [row for some in _read_rows(listing_ids) for row in some]
    made, slots = before.changed(number, listing_ids, rows)
    for some in _in_pieces(slots if made.holders else ()):
        query = select(ListingWords.listing_id, ListingWords.words).where(ListingWords.listing_id.in_(some))
        for listing_id, words in db.session.execute(query):
            made.add_holder(slots[listing_id], _finding(words.split(" "), made.holders))
    return made


def _finding(words: Iterable[str], terms: Collection[str]) -> set[str]:
    """Which of the terms find a listing with these words: the words themselves and their beginnings."""
    found = {word for word in words if word in terms}
    for word in words:
        found.update(word[:end] for end in range(PREFIX_FROM, len(word)) if word[:end] in terms)
    return found


def _in_pieces(numbers: Iterable[int]) -> Iterator[list[int]]:
    rest = sorted(numbers)
    return (rest[first : first + MOST_AT_ONCE] for first in range(0, len(rest), MOST_AT_ONCE))


def _read_rows(listing_ids: Collection[int] | None) -> Iterator[list[Row]]:
    """What is online with a place left, of all or of these; also what is past its last day, since days pass by."""
    query = (
        select(*_COLUMNS)
        .select_from(Listing)
        .outerjoin(Organisation, Organisation.id == Listing.organisation_id)
        .where(Listing.is_published, Listing.places_left > 0)
        .execution_options(yield_per=AT_ONCE)
    )
    for some in [None] if listing_ids is None else _in_pieces(listing_ids):
        narrowed = query if some is None else query.where(Listing.id.in_(some))
        for values in db.session.execute(narrowed.order_by(Listing.id)).partitions():
            yield [_row(each) for each in values]


def _row(values: Any) -> Row:
    (
        listing_id, side, kind, mode, levels, studies, work, starts_on, slots, hours_min, hours_max, latitude,
        longitude, published_at, last_day, places_left, slug, name, province, own_latitude, own_longitude,
    ) = values  # fmt: skip
    codes = (
        _one(kind),
        _listed(levels),
        _broad(studies),
        _listed(studies),
        _listed(work),
        _months(starts_on, slots),
        _hours(hours_min, hours_max),
        _one(mode),
        _one(province),
        _one(slug),
    )
    poster = Poster(name, slug, own_latitude, own_longitude) if slug else None
    return Row(
        listing_id, side, published_at, last_day, places_left, latitude, longitude, mode == Mode.ONLINE, codes, poster
    )


@lru_cache(maxsize=4_096)
def _one(code: str | None) -> frozenset[str]:
    return frozenset((code,) if code else ())


@lru_cache(maxsize=65_536)
def _listed(codes: str) -> frozenset[str]:
    return frozenset(json.loads(codes))


@lru_cache(maxsize=65_536)
def _broad(codes: str) -> frozenset[str]:
    """The broad fields of study: the first two digits of the detailed ones."""
    return frozenset(code[:2] for code in json.loads(codes))


@lru_cache(maxsize=65_536)
def _months(starts_on: date | None, slots: str) -> frozenset[str]:
    return start_months(starts_on, json.loads(slots))


_hours = lru_cache(maxsize=4_096)(hours_codes)
