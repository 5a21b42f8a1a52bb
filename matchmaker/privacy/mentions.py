"""Where others wrote someone's name or address: it is taken out of their words, and the rest stays."""

import json
import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import JSON, ColumnElement, String, Text, cast, delete, func, or_, select
from sqlalchemy.orm import Mapper

from matchmaker.accounts.models import Account
from matchmaker.classification import Keep, What
from matchmaker.database import Base, Code, db
from matchmaker.listings.models import Listing
from matchmaker.listings.search.models import ListingWords
from matchmaker.mail.models import Letter
from matchmaker.privacy.owners import Person
from matchmaker.privacy.registry import class_of

GONE = "***"
_CODE = re.compile(r"[a-z0-9_.:+-]{0,40}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_OF_LIKE = re.compile(r"([%_/])")
_LEFT_OUT = {What.TECHNICAL, What.SECRET}
_STAYS = {Keep.PLACEMENT, Keep.TERM}
_APART = {"accounts", "audit_events"}


def only_codes(value: Any) -> Any:
    """A value of JSON without what a person wrote: numbers, dates and codes stay, other texts become empty."""
    if isinstance(value, dict):
        return {name: only_codes(each) for name, each in value.items()}
    if isinstance(value, list):
        return [only_codes(each) for each in value]
    return "" if isinstance(value, str) and not _CODE.fullmatch(value) else value


def forget_mentions(name: str, person: Person) -> None:
    """Take the address, and a full name that nobody else has, out of every text. A single word stays: it would be
    found inside other words and names."""
    for words in _words(name, person):
        pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
        for mapper in Base.registry.mappers:
            if mapper.local_table.name not in _APART and mapper.inherits is None:
                _forget_in(mapper, words, pattern)
        _forget_in_calendars(pattern)
    db.session.flush()


def _words(name: str, person: Person) -> Iterator[str]:
    yield person.address
    if len(name.split()) > 1:
        alike = db.session.scalars(select(Account.display_name).where(_may_contain(Account.display_name, name)))
        if [each.lower() for each in alike].count(name.lower()) == 1:
            yield name


def _forget_in(mapper: Mapper[Any], words: str, pattern: re.Pattern[str]) -> None:
    """The words a posting is found by go too, and are made anew from what is left of it."""
    texts = {}
    for attribute in mapper.column_attrs:
        column = attribute.columns[0]
        if column.table is mapper.local_table and _can_hold(column):
            texts[attribute.key] = column
    if not texts:
        return
    changed: set[int] = set()
    holds = or_(*(_may_contain(column, words) for column in texts.values()))
    for row in db.session.scalars(select(mapper.class_).where(holds)).all():
        for key in texts:
            before = getattr(row, key)
            after = _without(before, pattern)
            if after != before:
                setattr(row, key, after)
                if isinstance(row, Listing):
                    changed.add(row.id)
    db.session.execute(delete(ListingWords).where(ListingWords.listing_id.in_(changed)))


def _can_hold(column: Any) -> bool:
    rule, kind = class_of(column), column.type
    if rule.what in _LEFT_OUT or rule.keep in _STAYS or isinstance(kind, Code) or column.primary_key:
        return False
    return isinstance(kind, JSON) or (isinstance(kind, String) and (kind.length is None or kind.length >= len(GONE)))


def _may_contain(column: Any, words: str) -> ColumnElement[bool]:
    """Whether these words can stand in a column. A letter beyond ASCII counts as any: SQLite knows no capitals of it,
    and JSON writes it in another way."""
    text, pieces = column, [each.lower() for each in _BEYOND_ASCII.split(words)]
    if isinstance(column.type, JSON):
        text, pieces = cast(column, Text), [json.dumps(each)[1:-1] for each in pieces]
    known = "%".join(_OF_LIKE.sub(r"/\1", each) for each in pieces)
    return func.lower(text).like(f"%{known}%", escape="/")


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(GONE, value)
    if isinstance(value, list):
        return [_without(each, pattern) for each in value]
    if isinstance(value, dict):
        return {name: _without(each, pattern) for name, each in value.items()}
    return value


def _forget_in_calendars(pattern: re.Pattern[str]) -> None:
    """An invitation in a letter to another; its long lines are joined first."""
    for letter in db.session.scalars(select(Letter).where(Letter.calendar.is_not(None))):
        whole = (letter.calendar or b"").replace(b"\r\n ", b"").decode()
        after = pattern.sub(GONE, whole)
        if after != whole:
            letter.calendar = after.encode()
