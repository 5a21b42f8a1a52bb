"""The one change of the own posting that would raise the fit most, with the score it then exactly has.

A hint is a code with values. `changed` turns it into the changed posting, and the stated score is the score of that
posting by the same rules. Only what the party can decide is offered: a school does not change the level of its
students, a municipality does. A party that named no fields or levels is open to all and has nothing to add there.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from matchmaker.engine.assessment import Assessment
from matchmaker.engine.criteria import find
from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.findings import Criterion, Values
from matchmaker.engine.profiles import (
    DatedSlot,
    Hours,
    PartOfDay,
    Period,
    Profile,
    Sessions,
    WeeklyPart,
    group_of,
    moved,
)
from matchmaker.engine.requirements import excluded
from matchmaker.engine.timing import shifted
from matchmaker.engine.weights import Weights
from matchmaker.vocabulary import SESSION_KINDS, Level, Mode, Party, Side

LEAST_GAIN = 1.0
"""Points a change must at least bring: less is not worth a person's time, and would not show in whole points."""

FULL = 100
MOST_WEEKS = 8
MOST_HOURS = 8
MOST_SLOTS = 5
MOST_FIELDS = 5


@dataclass(frozen=True, slots=True)
class Hint:
    """A change (code, values), the score the pair then has (0..100) and how many points that is more."""

    code: str
    values: Values
    score: float
    gain: float

    def as_json(self) -> dict[str, object]:
        """Plain JSON, as it is stored with a proposal."""
        return {"code": self.code, "values": self.values, "score": self.score, "gain": self.gain}


AFFECTS: Mapping[str, Criterion] = {
    "hint.start_later": Criterion.PERIOD,
    "hint.start_earlier": Criterion.PERIOD,
    "hint.end_later": Criterion.PERIOD,
    "hint.state_period": Criterion.PERIOD,
    "hint.add_part": Criterion.PERIOD,
    "hint.add_day": Criterion.PERIOD,
    "hint.widen_hours": Criterion.HOURS,
    "hint.state_hours": Criterion.HOURS,
    "hint.allow_online": Criterion.DISTANCE,
    "hint.allow_on_site": Criterion.DISTANCE,
    "hint.add_level": Criterion.LEVEL,
    "hint.add_study_field": Criterion.SUBJECT,
    "hint.add_work_field": Criterion.SUBJECT,
    "hint.one_more_place": Criterion.CAPACITY,
}
"""The one criterion a change can move. The others need not be read again, and one that has all points cannot rise."""


def best_hint(
    own: Profile, other: Profile, found: Assessment, *, crosswalk: Crosswalk, weights: Weights
) -> Hint | None:
    """The change of `own` that raises the score of the pair (`found`) most, or None when no change
    brings a point or more.

    Of equal changes the first of `changes` wins, which lists the small ones first.
    """
    scores = {each.criterion: each.score for each in found.findings}
    best: Hint | None = None
    for code, values in changes(own, other):
        criterion = AFFECTS[code]
        if scores.get(criterion, FULL) == FULL:
            continue
        new = changed(own, code, values)
        need, offer = (new, other) if own.side is Side.NEED else (other, new)
        if excluded(need, offer) is not None:
            continue
        points = find(criterion, need, offer, crosswalk).score
        after = weights.total(group_of(own.kind), scores | {criterion: points})
        gain = round(after - found.score, 1)
        if after > (best.score if best else found.score) and gain >= LEAST_GAIN:
            best = Hint(code, values, after, gain)
    return best


def changes(own: Profile, other: Profile) -> Iterator[tuple[str, Values]]:
    """Every realistic single change of `own` in view of `other`, small ones first."""
    yield from _in_time(own, other)
    if own.kind in SESSION_KINDS:
        yield from _in_sessions(own, other)
    yield from _in_hours(own, other)
    if own.mode is Mode.ON_SITE and other.mode is not Mode.ON_SITE:
        yield "hint.allow_online", {}
    if own.mode is Mode.ONLINE and other.mode is not Mode.ONLINE:
        yield "hint.allow_on_site", {}
    if own.party is Party.MUNICIPALITY:
        for level in Level:
            if own.levels and level in other.levels - own.levels:
                yield "hint.add_level", {"level": str(level)}
        for study in sorted(other.study_fields - own.study_fields)[:MOST_FIELDS] if own.study_fields else ():
            yield "hint.add_study_field", {"study_field": study}
    for work in sorted(other.work_fields - own.work_fields)[:MOST_FIELDS] if own.work_fields else ():
        yield "hint.add_work_field", {"work_field": work}
    if own.side is Side.OFFER and own.capacity_left is not None:
        yield "hint.one_more_place", {"places": own.capacity_left + 1}


def changed(own: Profile, code: str, values: Values) -> Profile:
    """The posting after a change. Raises ValueError for a code that is no hint."""
    match code:
        case "hint.start_later" | "hint.start_earlier" | "hint.end_later" | "hint.state_period":
            return replace(own, period=_changed_period(own.period, code, values))
        case "hint.add_part":
            part = WeeklyPart(_int(values, "weekday"), PartOfDay(str(values["part"])))
            return replace(own, sessions=replace(own.sessions, weekly=own.sessions.weekly | {part}))
        case "hint.add_day":
            slot = DatedSlot(dt.date.fromisoformat(str(values["day"])), PartOfDay(str(values["part"])))
            return replace(own, sessions=Sessions(own.sessions.dated | {slot}, own.sessions.weekly))
        case "hint.widen_hours" | "hint.state_hours":
            return replace(own, hours=Hours(_int(values, "least"), _int(values, "most")))
        case "hint.allow_online" | "hint.allow_on_site":
            return replace(own, mode=Mode.HYBRID)
        case "hint.add_level":
            return replace(own, levels=own.levels | {Level(str(values["level"]))})
        case "hint.add_study_field":
            return replace(own, study_fields=own.study_fields | {str(values["study_field"])})
        case "hint.add_work_field":
            return replace(own, work_fields=own.work_fields | {str(values["work_field"])})
        case "hint.one_more_place":
            return replace(own, capacity_left=_int(values, "places"))
    raise ValueError(f"no such hint: {code}")


def _changed_period(period: Period, code: str, values: Values) -> Period:
    match code:
        case "hint.start_later":
            return shifted(period, _int(values, "weeks"))
        case "hint.start_earlier":
            return shifted(period, -_int(values, "weeks"))
        case "hint.end_later":
            return replace(period, end=moved(period.end, _int(values, "weeks")) if period.end else None)
        case _:
            return Period(_day(values, "start"), _day(values, "end"), period.weeks)


def _in_time(own: Profile, other: Profile) -> Iterator[tuple[str, Values]]:
    if own.period.start or own.period.end:
        for weeks in range(1, MOST_WEEKS + 1):
            yield "hint.start_later", {"weeks": weeks}
            yield "hint.start_earlier", {"weeks": weeks}
            if own.period.end:
                yield "hint.end_later", {"weeks": weeks}
        return
    start, end = other.period.window()
    if start and end:
        yield "hint.state_period", {"start": start.isoformat(), "end": end.isoformat()}


def _in_sessions(own: Profile, other: Profile) -> Iterator[tuple[str, Values]]:
    for part in sorted(other.sessions.weekly - own.sessions.weekly)[:MOST_SLOTS]:
        yield "hint.add_part", {"weekday": part.weekday, "part": str(part.part)}
    for slot in sorted(other.sessions.dated - own.sessions.dated)[:MOST_SLOTS]:
        yield "hint.add_day", {"day": slot.day.isoformat(), "part": str(slot.part)}


def _in_hours(own: Profile, other: Profile) -> Iterator[tuple[str, Values]]:
    if other.hours is None:
        return
    if own.hours is None:
        yield "hint.state_hours", {"least": other.hours.least, "most": other.hours.most}
    elif 0 < own.hours.least - other.hours.most <= MOST_HOURS:
        yield "hint.widen_hours", {"least": other.hours.most, "most": own.hours.most}
    elif 0 < other.hours.least - own.hours.most <= MOST_HOURS:
        yield "hint.widen_hours", {"least": own.hours.least, "most": other.hours.least}


def _int(values: Values, name: str) -> int:
    return int(str(values[name]))


def _day(values: Values, name: str) -> dt.date:
    return dt.date.fromisoformat(str(values[name]))
