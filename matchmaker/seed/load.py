"""Put the made-up load in the database, in one transaction: it is there wholly or not at all."""

from collections.abc import Callable, Iterator
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import Table, func, insert, select, text

from config import Settings
from matchmaker.audit.actions import record
from matchmaker.database import db
from matchmaker.dutch.terms import terms
from matchmaker.dutch.version import analysis_version
from matchmaker.errors import NotAllowed
from matchmaker.listings.changes import note_everything
from matchmaker.listings.models import Listing, ListingTag
from matchmaker.listings.search.text_index import index_listings, renew_vocabulary
from matchmaker.listings.writing import FACETS
from matchmaker.organisations.queries import organisation_by_code
from matchmaker.organisations.registers import PLATFORM_CODE, load_registers
from matchmaker.seed.country import fill_country
from matchmaker.seed.postings import Posting, Writer
from matchmaker.vocabulary import Side

AT_ONCE = 2_000


def must_be_for_trial(settings: Settings, *, add: bool) -> None:
    """Raises NotAllowed in production, and where there are postings already unless they may be added to."""
    if settings.production:
        raise NotAllowed(reason="production")
    if not add and db.session.scalar(select(Listing.id).limit(1)) is not None:
        raise NotAllowed(reason="postings")


def load_seed(*, offers: int, needs: int, seed: int, say: Callable[[int, int], object]) -> None:
    """Write so many offers and needs of all municipalities and schools. `say` hears how many of how many are written.

    The same seed, numbers and day on an equal database give the same postings. Flushes; the caller commits.
    """
    load_registers()
    posters = fill_country(_chance(seed, "country"))
    taken = set(db.session.scalars(select(Listing.reference)))
    writer = Writer(posters, _chance(seed, "postings"), taken=taken)
    first = (db.session.scalar(select(func.max(Listing.id))) or 0) + 1
    done = 0
    for side, number in ((Side.OFFER, offers), (Side.NEED, needs)):
        for some in _slices(writer.postings(side, number, first_id=first + done)):
            _write(some)
            done += len(some)
            say(done, offers + needs)
    _count_on_from(first + done)
    renew_vocabulary()
    note_everything()
    platform = organisation_by_code(PLATFORM_CODE)
    assert platform is not None
    record("listings.seeded", about=platform, by=None, offers=offers, needs=needs, seed=seed)
    db.session.flush()


def _chance(seed: int, purpose: str) -> Random:
    """A source of chance for one purpose: what was there already for another does not move it."""
    return Random(f"{seed} {purpose}")  # noqa: S311  # nosec B311  # to be repeatable, not secret


def _slices(made: Iterator[Posting]) -> Iterator[list[Posting]]:
    while some := list(islice(made, AT_ONCE)):
        yield some


def _write(made: list[Posting]) -> None:
    rows, version = [each.row for each in made], analysis_version()
    for row in rows:
        row["terms"], row["terms_version"] = terms(row["title"], row["text"]), version
    tags = [
        {"listing_id": row["id"], "facet": facet, "value": value}
        for row in rows
        for facet in FACETS
        for value in row[facet]
    ]
    connection = db.session.connection()
    connection.execute(insert(_table(Listing)), rows)
    if tags:
        connection.execute(insert(_table(ListingTag)), tags)
    index_listings(each.wording for each in made)


def _count_on_from(number: int) -> None:
    """Rows that came with a number of their own do not move the counter of PostgreSQL."""
    if db.session.get_bind().dialect.name == "postgresql":
        move = text("SELECT setval(pg_get_serial_sequence('listings', 'id'), :number, false)")
        db.session.execute(move, {"number": number})


def _table(model: type[Any]) -> Table:
    table: Table = model.__table__
    return table
