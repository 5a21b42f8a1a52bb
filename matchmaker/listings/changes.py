"""The change number: how a process hears which listings changed since it last looked.

A transaction that changes a listing, or what is seen of one (its organisation, team or programme), takes the next
number as the last thing before it commits, by updating one row. The lock on that row makes numbers visible in their
own order: whoever reads number n has every change up to n before it, and none is missed by being committed late. A
rollback gives its number back, so there are no gaps.

Changes written by the ORM are noticed by themselves. A statement that writes listings past the ORM says so with
`note_changed` or `note_everything`.

A listing is found by the names of what it hangs under. Where one of those changed, its words are marked as those of an
earlier analysis, and the job that makes such words anew (`search.text_index.index_outdated`) does the rest.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, and_, delete, event, func, inspect, or_, select, update
from sqlalchemy.orm import Mapper, Session, SessionTransaction, object_session

from matchmaker.clock import now
from matchmaker.database import db, insert_lines, ready_for
from matchmaker.listings.models import Listing, ListingChange, ListingChangeCounter
from matchmaker.listings.search.models import ListingWords
from matchmaker.organisations.models import Organisation, Programme, Team
from matchmaker.vocabulary import Kind, Side

MOST_NAMED = 20_000
"""Above so many listings in one transaction, or to read at once, reading all of them again costs no more."""

KEPT = timedelta(days=1)

SEEN: dict[type, tuple[str, ...]] = {
    Organisation: ("kind", "name", "slug", "sector", "place", "province", "latitude", "longitude", "desk_id", "active"),
    Programme: ("name", "levels", "isced"),
    Team: ("name",),
}
"""What the engine, the search and the lists read of what a listing hangs under."""

NAMES: dict[type, tuple[str, ...]] = {Organisation: ("name", "place"), Programme: ("name",), Team: ("name",)}
"""What of that stands among the words a listing is found by (`search.terms.wording_of`)."""

_UNDER = {Organisation: Listing.organisation_id, Programme: Listing.programme_id, Team: Listing.team_id}
_PENDING = "changed_listings"
_EVERYTHING = 0
_LATEST = select(ListingChangeCounter.number)
_PLAIN = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed after a number, up to and including `number`.

    When not `complete` the changes are no longer known one by one: read everything again.
    """

    number: int
    listing_ids: frozenset[int]
    complete: bool


Group = tuple[Side, Kind]


@dataclass(slots=True)
class Pending:
    """What a session has changed and not committed: numbers of listings, and of what listings hang under.

    Listings stand under their side and kind, or under None where that was not said. May hold more than really changed,
    as after a savepoint that was rolled back; never less.
    """

    listings: dict[Group | None, set[int]] = field(default_factory=lambda: defaultdict(set))
    above: dict[type, set[int]] = field(default_factory=lambda: {each: set() for each in SEEN})
    renamed: dict[type, set[int]] = field(default_factory=lambda: {each: set() for each in NAMES})
    everything: bool = False

    def __bool__(self) -> bool:
        return self.everything or any(self.listings.values()) or any(self.above.values())

    @property
    def listing_ids(self) -> frozenset[int]:
        """The numbers of the listings that were written themselves."""
        return frozenset().union(*self.listings.values())

    def below(self) -> Select[tuple[int]] | None:
        """The numbers of the listings under what changed; None when nothing above a listing did."""
        return _under(self.above)

    def with_old_names(self) -> Select[tuple[int]] | None:
        """The numbers of the listings found by a name that is no longer true; None when nothing was renamed."""
        return _under(self.renamed)

    def within(self, side: Side, kind: Kind) -> frozenset[int]:
        """The numbers of all listings of this side and kind that may have changed."""
        below = self.below()
        under = () if below is None else db.session.scalars(below.where(Listing.side == side, Listing.kind == kind))
        return frozenset().union(self.listings.get((side, kind), ()), self.listings.get(None, ()), under)


def _under(changed: dict[type, set[int]]) -> Select[tuple[int]] | None:
    hangs = [_UNDER[each].in_(numbers) for each, numbers in changed.items() if numbers]
    return select(Listing.id).where(or_(*hangs)) if hangs else None


def latest_change() -> int:
    """The number of the last change this session can see. One short query."""
    return db.session.connection().execute(_LATEST).scalar_one()


def changed_since(number: int) -> Changes:
    """What was changed after this number. One statement, so number and changes are of the same moment."""
    after = and_(ListingChange.number > number, ListingChange.number <= ListingChangeCounter.number)
    rows = db.session.execute(
        select(ListingChangeCounter.number, ListingChangeCounter.forgotten, ListingChange.listing_id)
        .outerjoin(ListingChange, after)
        .distinct()
        .limit(MOST_NAMED + 1)
    ).all()
    latest, forgotten = rows[0][0], rows[0][1]
    found = frozenset(listing_id for _, _, listing_id in rows if listing_id is not None)
    complete = forgotten <= number and _EVERYTHING not in found and len(found) <= MOST_NAMED
    return Changes(latest, found if complete else frozenset(), complete)


def pending_changes() -> Pending:
    """What the session of now has changed and not committed; flushes first, so that new listings have a number."""
    db.session.flush()
    found: Pending = db.session().info.get(_PENDING) or Pending()
    return found


def note_changed(listing_ids: Iterable[int]) -> None:
    """Say which listings a statement past the ORM changed, side and kind aside; the commit gives them a number."""
    pending = _pending(db.session())
    named = [numbers for group, numbers in pending.listings.items() if group is not None]
    pending.listings[None].update(each for each in listing_ids if not any(each in numbers for numbers in named))


def note_everything() -> None:
    """Say that a statement past the ORM changed more listings than are worth naming."""
    _pending(db.session()).everything = True


def forget_old_changes(moment: datetime) -> int:
    """Let go of changes of more than a day ago; returns how many. Who slept longer reads everything again."""
    old = ListingChange.at < moment - KEPT
    last = db.session.scalar(select(func.max(ListingChange.number)).where(old))
    if last is None:
        return 0
    gone = db.session.execute(delete(ListingChange).where(ListingChange.number <= last)).rowcount
    db.session.execute(update(ListingChangeCounter).values(forgotten=last))
    return int(gone)


def _pending(session: Session) -> Pending:
    found: Pending = session.info.setdefault(_PENDING, Pending())
    return found


def _listing_written(_mapper: Mapper[Listing], _connection: Connection, listing: Listing) -> None:
    session = object_session(listing)
    if session is None or (listing not in session.deleted and not session.is_modified(listing)):
        return
    pending, earlier = _pending(session), inspect(listing).attrs.kind.history.deleted
    for kind in (listing.kind, *earlier):
        pending.listings[listing.side, kind].add(listing.id)


def _note_above(kind: type) -> Callable[[object, Connection, Organisation | Programme | Team], None]:
    seen, names = SEEN[kind], NAMES[kind]

    def written(_mapper: object, _connection: Connection, part: Organisation | Programme | Team) -> None:
        session, attributes = object_session(part), inspect(part).attrs
        if session is None:
            return
        if any(attributes[name].history.has_changes() for name in seen):
            _pending(session).above[kind].add(part.id)
        if any(attributes[name].history.has_changes() for name in names):
            _pending(session).renamed[kind].add(part.id)

    return written


def _number_changes(session: Session) -> None:
    """Write the changes of this transaction under the next number. A savepoint that ends is no commit yet."""
    if session.in_nested_transaction():
        return
    session.flush()
    pending: Pending | None = session.info.pop(_PENDING, None)
    if not pending:
        return
    if (renamed := pending.with_old_names()) is not None:
        outdated = update(ListingWords).where(ListingWords.listing_id.in_(renamed)).values(version="")
        session.execute(outdated, execution_options=_PLAIN)
    counter = update(ListingChangeCounter).values(number=ListingChangeCounter.number + 1)
    number = session.execute(counter.returning(ListingChangeCounter.number), execution_options=_PLAIN).scalar_one()
    named = set(pending.listing_ids)
    if (below := pending.below()) is not None:
        named.update(session.scalars(below.limit(MOST_NAMED + 1)))
    if pending.everything or len(named) > MOST_NAMED:
        named = {_EVERYTHING}
    if named:
        connection, table = session.connection(), ListingChange.__table__
        ready = ready_for(table.c.at, connection.dialect)
        moment = ready(now()) if ready else now()
        insert_lines(connection, table, [(number, each, moment) for each in sorted(named)])


def _forget_pending(session: Session, transaction: SessionTransaction) -> None:
    """What was rolled back did not change; what was committed has its number."""
    if transaction.parent is None:
        session.info.pop(_PENDING, None)


for _moment in ("after_insert", "after_update", "after_delete"):
    event.listen(Listing, _moment, _listing_written, propagate=True)
for _kind in SEEN:
    event.listen(_kind, "after_update", _note_above(_kind))
event.listen(db.session, "before_commit", _number_changes)
event.listen(db.session, "after_transaction_end", _forget_pending)
