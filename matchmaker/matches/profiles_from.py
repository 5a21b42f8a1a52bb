"""Rows to the values the engine compares. Only here does the engine meet the database."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from matchmaker.dutch.terms import terms, written_as
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
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Desk
from matchmaker.vocabulary import Level, Track


def profile_from(listing: Listing, *, desk_loads: Mapping[int, float]) -> Profile:
    """One posting as the engine sees it.

    What the posting leaves open is taken from its programme (field of study, levels) or its organisation (place).
    `desk_loads` holds open items per officer by desk.
    """
    title, text = listing.title, listing.text
    return Profile(
        reference=listing.reference,
        kind=listing.kind,
        side=listing.side,
        levels=frozenset(map(Level, listing.levels or _programme_levels(listing))),
        study_fields=_study_fields(listing),
        work_fields=frozenset(listing.work_fields),
        terms=terms(title, text),
        written_as=written_as(title, text),
        hours=_hours(listing.hours_min, listing.hours_max),
        period=Period(listing.starts_on, listing.ends_on, listing.duration_weeks),
        sessions=sessions_from(listing.slots),
        location=_location(listing),
        mode=listing.mode,
        max_distance_km=listing.max_distance_km,
        capacity_left=max(0, listing.places_left),
        tracks=frozenset(map(Track, listing.tracks)),
        languages=frozenset(listing.languages),
        desk_load=_load(listing, desk_loads),
    )


def profiles_from(listings: Iterable[Listing], *, desk_loads: Mapping[int, float]) -> dict[str, Profile]:
    """Profiles by reference."""
    return {each.reference: profile_from(each, desk_loads=desk_loads) for each in listings}


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


def _study_fields(listing: Listing) -> frozenset[str]:
    if listing.study_fields or listing.programme is None or not listing.programme.isced:
        return frozenset(listing.study_fields)
    return frozenset({listing.programme.isced})


def _programme_levels(listing: Listing) -> list[str]:
    return listing.programme.levels if listing.programme else []


def _hours(least: int | None, most: int | None) -> Hours | None:
    if least is None and most is None:
        return None
    return Hours(most if least is None else least, least if most is None else most)  # type: ignore[arg-type]


def _location(listing: Listing) -> Place | None:
    for where in (listing, listing.organisation):
        if where is not None and where.latitude is not None and where.longitude is not None:
            return Place(where.latitude, where.longitude)
    return None


def _load(listing: Listing, desk_loads: Mapping[int, float]) -> float | None:
    organisation = listing.organisation
    desk: Desk | None = organisation.desk if organisation else None
    return desk_loads.get(desk.id, 0.0) if desk else None
