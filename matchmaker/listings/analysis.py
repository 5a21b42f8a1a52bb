"""What the analysis of Dutch text makes of a listing, kept beside it: to analyse 100,000 texts at a start is too slow.

Whatever writes title or text through the ORM keeps the terms with it. Terms of an earlier version of the analysis stay
in use until `renew_terms` has made them anew, so that everyone reads the same ones meanwhile.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, event, func, inspect, or_, select
from sqlalchemy.orm import Mapper

from matchmaker.database import db
from matchmaker.dutch.terms import terms
from matchmaker.dutch.version import analysis_version
from matchmaker.listings.changes import note_changed
from matchmaker.listings.models import Listing

AT_ONCE = 500
"""Listings analysed in one transaction: the texts are read first, so that the writing itself takes a moment."""


def terms_of(listing: Listing) -> Mapping[str, int]:
    """The terms that count for a listing, heaviest first."""
    return kept_terms(listing.terms, listing.title, listing.text)


def kept_terms(kept: Mapping[str, int] | None, title: str, text: str) -> Mapping[str, int]:
    """The terms kept with a listing; those its text gives now where none were kept."""
    return terms(title, text) if kept is None else kept


def renew_terms(_moment: datetime | None = None) -> int:
    """Make the terms of one slice of listings anew that an earlier version made; returns how many it did."""
    rows = db.session.execute(
        select(Listing.id, Listing.title, Listing.text).where(_is_outdated()).order_by(Listing.id).limit(AT_ONCE)
    ).all()
    if rows:
        made = [{"number": number, "made": terms(title, text)} for number, title, text in rows]
        table = Listing.__table__
        by_number = table.update().where(table.c.id == bindparam("number"))  # type: ignore[attr-defined]
        new = by_number.values(terms=bindparam("made"), terms_version=analysis_version())
        db.session.connection().execute(new, made)
        note_changed(row["number"] for row in made)
    return len(rows)


def outdated_terms() -> int:
    """How many listings have terms of an earlier version."""
    query = select(func.count()).select_from(Listing).where(_is_outdated())
    return db.session.scalar(query) or 0


def _is_outdated() -> ColumnElement[bool]:
    now = analysis_version()
    return or_(Listing.terms_version < now, Listing.terms_version > now)


def _analyse(_mapper: Mapper[Listing], _connection: Connection, listing: Listing) -> None:
    written = inspect(listing).attrs
    if written.title.history.has_changes() or written.text.history.has_changes() or listing.id is None:
        listing.terms = dict(terms(listing.title or "", listing.text or ""))
        listing.terms_version = analysis_version()


for _moment in ("before_insert", "before_update"):
    event.listen(Listing, _moment, _analyse, propagate=True)
