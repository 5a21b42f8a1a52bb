"""Rows to the values the engine compares. Only here does the engine meet the database.

A posting is read with plain columns and no objects, whether one is asked for or a hundred thousand. Lists and moments
come as the text they are stored as: thousands of postings share a few hundred of them, so each is read once.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, String, Text, case, cast, select, type_coerce

from matchmaker.database import db
from matchmaker.dutch.terms import written_as
from matchmaker.engine.profiles import (
    DatedSlot,
    Hours,
    PartOfDay,
    Period,
    Place,
    Profile,
    Sessions,
    WeeklyPart,
    part_of_day,
)
from matchmaker.listings.analysis import kept_terms
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Organisation, Programme
from matchmaker.vocabulary import Kind, Level, Mode, Side, Track

Posting = Row[Any]
"""What the engine sees of a posting, in columns (see `postings`)."""

AT_ONCE = 5_000
"""Rows fetched together, and numbers of rows named in one query."""

_TERMS = cast(Listing.terms, Text)
_SEEN: tuple[ColumnElement[Any], ...] = (
    Listing.id,
    Listing.reference,
    type_coerce(Listing.kind, String).label("kind"),
    type_coerce(Listing.side, String).label("side"),
    type_coerce(Listing.mode, String).label("mode"),
    Listing.organisation_id,
    Listing.respond_before,
    Listing.hours_min,
    Listing.hours_max,
    Listing.starts_on,
    Listing.ends_on,
    Listing.duration_weeks,
    Listing.latitude,
    Listing.longitude,
    Listing.max_distance_km,
    Listing.places,
    Listing.places_taken,
    *(cast(getattr(Listing, name), Text).label(name) for name in ("levels", "study_fields", "work_fields")),
    *(cast(getattr(Listing, name), Text).label(name) for name in ("tracks", "languages", "slots")),
    _TERMS.label("terms"),
    Organisation.latitude.label("own_latitude"),
    Organisation.longitude.label("own_longitude"),
    Organisation.desk_id,
    cast(Programme.levels, Text).label("programme_levels"),
    Programme.isced.label("programme_isced"),
)  # fmt: skip


def postings(*conditions: ColumnElement[bool], with_text: bool) -> Iterator[Posting]:
    """The postings that meet the conditions, by number. Title and text come along when asked for, or when needed."""
    texts = tuple(
        (column if with_text else case((_TERMS.is_(None), column), else_="")).label(name)
        for name, column in (("title", Listing.title), ("text", Listing.text))
    )
    query = (
        select(*_SEEN, *texts)
        .outerjoin(Organisation, Organisation.id == Listing.organisation_id)
        .outerjoin(Programme, Programme.id == Listing.programme_id)
        .where(*conditions)
        .order_by(Listing.id)
    )
    yield from db.session.execute(query, execution_options={"yield_per": AT_ONCE})


def postings_by_number(numbers: Iterable[int], *conditions: ColumnElement[bool], with_text: bool) -> Iterator[Posting]:
    """Those of these numbers that meet the conditions."""
    ordered = sorted(numbers)
    for start in range(0, len(ordered), AT_ONCE):
        yield from postings(Listing.id.in_(ordered[start : start + AT_ONCE]), *conditions, with_text=with_text)


def read_profile(posting: Posting, *, desk_loads: Mapping[int, float] | None = None) -> Profile:
    """One posting as the engine sees it.

    What the posting leaves open is taken from its programme (field of study, levels) or its organisation (place).
    `desk_loads` holds open items per officer by desk; without it the load is not known. How words were written is known
    for a posting that was read with its text.
    """
    kept = None if posting.terms is None else json.loads(posting.terms)
    return Profile(
        reference=posting.reference,
        kind=Kind(posting.kind),
        side=Side(posting.side),
        levels=_levels(posting.levels) or _levels(posting.programme_levels or "[]"),
        study_fields=_codes(posting.study_fields) or _only(posting.programme_isced),
        work_fields=_codes(posting.work_fields),
        terms=kept_terms(kept, posting.title, posting.text),
        written_as=written_as(posting.title, posting.text) if posting.text else {},
        hours=_hours(posting.hours_min, posting.hours_max),
        period=_period(posting.starts_on, posting.ends_on, posting.duration_weeks),
        sessions=_sessions(posting.slots),
        location=_place(posting.latitude, posting.longitude) or _place(posting.own_latitude, posting.own_longitude),
        mode=Mode(posting.mode),
        max_distance_km=posting.max_distance_km,
        capacity_left=max(0, posting.places - posting.places_taken),
        tracks=_tracks(posting.tracks),
        languages=_codes(posting.languages),
        desk_load=_load(posting.desk_id, desk_loads),
    )


def profile_from(listing: Listing, *, desk_loads: Mapping[int, float]) -> Profile:
    """One listing as the engine sees it, with how its words were written."""
    db.session.flush()
    (posting,) = postings(Listing.id == listing.id, with_text=True)
    return read_profile(posting, desk_loads=desk_loads)


def sessions_from(slots: Iterable[Mapping[str, Any]]) -> Sessions:
    """When a lecture or visit may be held, from `{"date": "2027-03-02", "time": "10:00"}` and
    `{"weekday": 2, "part": "morning"}`. A date without a time suits every part of the day."""
    dated: set[DatedSlot] = set()
    weekly: set[WeeklyPart] = set()
    for slot in slots:
        if slot.get("date"):
            day = date.fromisoformat(str(slot["date"]))
            dated.update(DatedSlot(day, part) for part in _parts(slot))
        elif slot.get("weekday"):
            weekly.update(WeeklyPart(int(slot["weekday"]), part) for part in _parts(slot))
    return Sessions(frozenset(dated), frozenset(weekly))


def _parts(slot: Mapping[str, Any]) -> tuple[PartOfDay, ...]:
    if slot.get("time"):
        return (part_of_day(time.fromisoformat(str(slot["time"]))),)
    return (PartOfDay(slot["part"]),) if slot.get("part") else tuple(PartOfDay)


@lru_cache(maxsize=65_536)
def _sessions(slots: str) -> Sessions:
    return sessions_from(json.loads(slots))


@lru_cache(maxsize=65_536)
def _codes(codes: str) -> frozenset[str]:
    return frozenset(json.loads(codes))


@lru_cache(maxsize=4_096)
def _levels(codes: str) -> frozenset[Level]:
    return frozenset(map(Level, json.loads(codes)))


@lru_cache(maxsize=64)
def _tracks(codes: str) -> frozenset[Track]:
    return frozenset(map(Track, json.loads(codes)))


@lru_cache(maxsize=4_096)
def _only(code: str | None) -> frozenset[str]:
    return frozenset({code}) if code else frozenset()


@lru_cache(maxsize=4_096)
def _hours(least: int | None, most: int | None) -> Hours | None:
    if least is None and most is None:
        return None
    return Hours(most if least is None else least, least if most is None else most)  # type: ignore[arg-type]


@lru_cache(maxsize=65_536)
def _period(start: date | None, end: date | None, weeks: int | None) -> Period:
    return Period(start, end, weeks)


@lru_cache(maxsize=65_536)
def _place(latitude: float | None, longitude: float | None) -> Place | None:
    return None if latitude is None or longitude is None else Place(latitude, longitude)


def _load(desk: int | None, desk_loads: Mapping[int, float] | None) -> float | None:
    return None if desk is None or desk_loads is None else desk_loads.get(desk, 0.0)
