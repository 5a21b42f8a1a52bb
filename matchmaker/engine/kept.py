"""A profile as plain JSON and back, so that what the engine saw can be kept and compared again later."""

import datetime as dt
from typing import Any

from matchmaker.engine.profiles import (
    DatedSlot,
    Hours,
    PartOfDay,
    Period,
    Place,
    Profile,
    Sessions,
    WeeklyPart,
)
from matchmaker.vocabulary import Kind, Level, Mode, Side, Track


def profile_as_json(profile: Profile) -> dict[str, Any]:
    """Plain JSON values that `profile_from_json` reads back to an equal profile; what is open is left out.

    The load of the desk is not in it: it changes with every request and is kept beside it. Of how words were written
    only the terms are kept, because a reason names no others.
    """
    period, sessions = profile.period, profile.sessions
    values: dict[str, Any] = {
        "levels": sorted(profile.levels),
        "study_fields": sorted(profile.study_fields),
        "work_fields": sorted(profile.work_fields),
        "terms": dict(profile.terms),
        "written_as": {stem: word for stem, word in profile.written_as.items() if stem in profile.terms},
        "hours": [profile.hours.least, profile.hours.most] if profile.hours else None,
        "start": period.start.isoformat() if period.start else None,
        "end": period.end.isoformat() if period.end else None,
        "weeks": period.weeks,
        "dated": [[slot.day.isoformat(), slot.part.value] for slot in sorted(sessions.dated)],
        "weekly": [[slot.weekday, slot.part.value] for slot in sorted(sessions.weekly)],
        "location": [profile.location.latitude, profile.location.longitude] if profile.location else None,
        "max_distance_km": profile.max_distance_km,
        "capacity_left": profile.capacity_left,
        "tracks": sorted(profile.tracks),
        "languages": sorted(profile.languages),
    }
    said = {name: value for name, value in values.items() if value not in (None, [], {})}
    return {
        "reference": profile.reference,
        "kind": profile.kind.value,
        "side": profile.side.value,
        "mode": profile.mode.value,
        **said,
    }


def profile_from_json(values: dict[str, Any], *, desk_load: float | None = None) -> Profile:
    """The profile that was kept. Raises KeyError or ValueError for what is none."""
    hours, location = values.get("hours"), values.get("location")
    return Profile(
        reference=values["reference"],
        kind=Kind(values["kind"]),
        side=Side(values["side"]),
        mode=Mode(values["mode"]),
        levels=frozenset(map(Level, values.get("levels", ()))),
        study_fields=frozenset(values.get("study_fields", ())),
        work_fields=frozenset(values.get("work_fields", ())),
        terms=values.get("terms", {}),
        written_as=values.get("written_as", {}),
        hours=Hours(*hours) if hours else None,
        period=Period(_day(values.get("start")), _day(values.get("end")), values.get("weeks")),
        sessions=Sessions(
            frozenset(DatedSlot(dt.date.fromisoformat(day), PartOfDay(part)) for day, part in values.get("dated", ())),
            frozenset(WeeklyPart(weekday, PartOfDay(part)) for weekday, part in values.get("weekly", ())),
        ),
        location=Place(*location) if location else None,
        max_distance_km=values.get("max_distance_km"),
        capacity_left=values.get("capacity_left"),
        tracks=frozenset(map(Track, values.get("tracks", ()))),
        languages=frozenset(values.get("languages", ())),
        desk_load=desk_load,
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
