"""Which listings hold a term: FTS5 on SQLite, an index of lexemes on PostgreSQL, both over the same words.

The database is handed words that are analysed already and may not change them. SQLite reads them with its plainest
tokenizer (`ascii`: only a space parts words, an apostrophe belongs to one), PostgreSQL makes each word a lexeme as it
is. Triggers and an index over `listing_words` keep both true (`migrations/versions/0003_search.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import joinedload

from matchmaker.database import db
from matchmaker.dutch.version import analysis_version
from matchmaker.listings.changes import note_changed
from matchmaker.listings.models import Listing
from matchmaker.listings.search.models import ListingWords, SearchWord
from matchmaker.listings.search.terms import PREFIX_FROM, Wording, terms_of, wording_of

Numbers = NDArray[np.int64]
TEXT_INDEX = "listing_words_search"
"""How the names of tables and indexes begin that are no model: the text index of each database."""
BATCH = 500
"""Rows in one statement, and listings in memory at a time."""

_HOLDS = {
    "sqlite": "SELECT {n}, group_concat(rowid) FROM listing_words_search WHERE listing_words_search MATCH :term{n}",
    "postgresql": "SELECT {n}, string_agg(listing_id::text, ',') FROM listing_words "
    "WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST(:term{n} AS tsquery)",
}
_COUNTED = {
    "sqlite": "SELECT term, doc FROM listing_words_search_vocabulary",
    "postgresql": "SELECT word, ndoc FROM ts_stat("
    "'SELECT array_to_tsvector(string_to_array(words, '' '')) FROM listing_words')",
}
"""One row per term, its listings as one text: a hundred thousand rows would cost more than finding them."""


def index_listings(rows: Iterable[Wording]) -> int:
    """Keep what these listings are found by, instead of what was kept; returns how many. For one and for many."""
    done, waiting, version = 0, list[dict[str, object]](), analysis_version()
    for wording in rows:
        found = " ".join(terms_of(wording))
        waiting.append({"listing_id": wording.listing_id, "words": found, "version": version})
        if len(waiting) == BATCH:
            done += _write(waiting)
            waiting = []
    return done + _write(waiting)


def index_outdated(_moment: datetime | None = None) -> int:
    """Index one slice of the listings without words, or with those of an earlier version of the analysis."""
    now = select(ListingWords.listing_id).where(ListingWords.version == analysis_version())
    query = select(Listing).where(Listing.id.not_in(now)).order_by(Listing.id).limit(BATCH)
    names = (joinedload(Listing.organisation), joinedload(Listing.team), joinedload(Listing.programme))
    return index_listings(map(wording_of, db.session.scalars(query.options(*names)).all()))


def renew_vocabulary(_moment: datetime | None = None) -> int:
    """Count again in how many listings each term stands, for who types a word that no listing has."""
    db.session.execute(delete(SearchWord))
    made = db.session.execute(text(f"INSERT INTO search_words (word, listings) {_COUNTED[_dialect()]}"))  # noqa: S608  # nosec B608  # one of two texts of ours
    return made.rowcount


def listings_with(terms: Sequence[str]) -> Mapping[str, Numbers]:
    """Per term the numbers of the listings that hold it, open or not, in no order. One query for all terms."""
    if not terms:
        return {}
    pieces = (_HOLDS[_dialect()].format(n=number) for number in range(len(terms)))
    asked = {f"term{number}": _quoted(term) for number, term in enumerate(terms)}
    rows = db.session.execute(text(" UNION ALL ".join(pieces)), asked)
    return {terms[number]: np.fromstring(found or "", dtype=np.int64, sep=",") for number, found in rows}


def counted_words() -> list[tuple[str, int]]:
    """Each term with the number of listings that had it when it was last counted, in alphabetical order."""
    rows = db.session.execute(select(SearchWord.word, SearchWord.listings).order_by(SearchWord.word))
    return [(word, number) for word, number in rows]


def _write(rows: list[dict[str, object]]) -> int:
    if rows:
        note_changed(int(str(row["listing_id"])) for row in rows)
        db.session.execute(delete(ListingWords).where(ListingWords.listing_id.in_([row["listing_id"] for row in rows])))
        db.session.execute(insert(ListingWords), rows)
    return len(rows)


def _quoted(term: str) -> str:
    """A term as each database reads it: nothing in it is an operator, and from four letters on it is a beginning."""
    if _dialect() == "sqlite":
        escaped = term.replace('"', '""')
        return f'"{escaped}"*' if len(term) >= PREFIX_FROM else f'"{escaped}"'
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}':*" if len(term) >= PREFIX_FROM else f"'{escaped}'"


def _dialect() -> str:
    return db.session.get_bind().dialect.name
