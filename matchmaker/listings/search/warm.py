"""The columns of open listings, kept per process and kept true by the change number.

Each application has its own, held by its database engine. What a transaction changed and did not commit is seen by that
transaction alone: it gets a snapshot of its own, which is thrown away.
"""

import threading
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select

from matchmaker.database import db
from matchmaker.listings.changes import changed_since, latest_change, pending_changes
from matchmaker.listings.models import Listing
from matchmaker.listings.search.columns import Poster, Row, Snapshot, first_snapshot
from matchmaker.listings.search.filters import hours_codes, start_months
from matchmaker.listings.search.models import ListingWords
from matchmaker.listings.search.terms import PREFIX_FROM
from matchmaker.listings.search.text_index import listings_with
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Mode

MOST_TERMS = 4096
"""Terms whose listings are remembered; then the ones asked first are forgotten."""
MOST_AT_ONCE = 500
SPARE_SLOTS = 20_000
_SEEN = "search_snapshot"

_COLUMNS = (
    Listing.id, Listing.side, Listing.kind, Listing.mode, Listing.levels, Listing.study_fields, Listing.work_fields,
    Listing.starts_on, Listing.slots, Listing.hours_min, Listing.hours_max, Listing.latitude, Listing.longitude,
    Listing.published_at, Listing.respond_before, Listing.places_left, Organisation.slug, Organisation.name,
    Organisation.province, Organisation.latitude, Organisation.longitude,
)  # fmt: skip


class Warm:
    """The last snapshot of one application, and the lock for who makes the next."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.snapshot: Snapshot | None = None


_warm: WeakKeyDictionary[Engine, Warm] = WeakKeyDictionary()


def seen() -> Snapshot:
    """What is open as the transaction of now sees it. One short query when nothing changed; the same all along."""
    pending = pending_changes()
    transaction = db.session().get_transaction()
    before, found = db.session().info.get(_SEEN, (None, None))
    if found is not None and before is transaction and transaction is not None and not pending:
        return found
    found = _true_now()
    if pending:
        numbers = set(pending.listing_ids)
        if (below := pending.below()) is not None:
            numbers.update(db.session.scalars(below))
        return _filled(found.number) if pending.everything else _with_changes(found, found.number, numbers)
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


def forget() -> None:
    """Let go of what this process remembers of the database of now."""
    _warm.pop(_engine(), None)
    db.session().info.pop(_SEEN, None)


def _true_now() -> Snapshot:
    own = _warm.setdefault(_engine(), Warm())
    with own.lock:
        latest = latest_change()
        if own.snapshot is not None and latest < own.snapshot.number:
            return own.snapshot.apart()
        if own.snapshot is None or own.snapshot.number != latest:
            own.snapshot = _next(own.snapshot, latest)
        return own.snapshot


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
    return first_snapshot(number, list(_read_rows(None)))


def _with_changes(before: Snapshot, number: int, listing_ids: Collection[int]) -> Snapshot:
    """The snapshot with these listings read again, and what is remembered of terms carried over to them."""
    rows = list(_read_rows(listing_ids))
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


def _read_rows(listing_ids: Collection[int] | None) -> Iterator[Row]:
    """What is online with a place left, of all or of these; also what is past its last day, since days pass by."""
    query = (
        select(*_COLUMNS)
        .select_from(Listing)
        .outerjoin(Organisation, Organisation.id == Listing.organisation_id)
        .where(Listing.is_published, Listing.places_left > 0)
    )
    for some in [None] if listing_ids is None else _in_pieces(listing_ids):
        narrowed = query if some is None else query.where(Listing.id.in_(some))
        for values in db.session.execute(narrowed.order_by(Listing.published_at, Listing.id)):
            yield _row(values)


def _row(values: Any) -> Row:
    (
        listing_id, side, kind, mode, levels, studies, work, starts_on, slots, hours_min, hours_max, latitude,
        longitude, published_at, last_day, places_left, slug, name, province, own_latitude, own_longitude,
    ) = values  # fmt: skip
    codes = (
        frozenset((kind.value,)),
        frozenset(levels),
        frozenset(code[:2] for code in studies),
        frozenset(studies),
        frozenset(work),
        start_months(starts_on, slots),
        hours_codes(hours_min, hours_max),
        frozenset((mode.value,)),
        frozenset((province,) if province else ()),
        frozenset((slug,) if slug else ()),
    )
    poster = Poster(slug, name, own_latitude, own_longitude) if slug else None
    return Row(
        listing_id, side, published_at, last_day, places_left, latitude, longitude, mode is Mode.ONLINE, codes, poster
    )
