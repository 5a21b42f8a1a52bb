"""Period and sessions: do both sides have time at the same time?"""

import datetime as dt
import math
from functools import lru_cache

from matchmaker.engine.findings import NEUTRAL, Criterion, Finding, Values, whole
from matchmaker.engine.profiles import PartOfDay, Period, Profile, moved

Window = tuple[dt.date | None, dt.date | None]

BY_OPTIONS = {1: 80, 2: 90}
MANY_OPTIONS = 100
"""Three or more days on which a session can be held."""

SAME_DAY_OTHER_PART = 40
DAY_FITS_PERIOD_DOES_NOT = 20


def period(need: Profile, offer: Profile) -> Finding:
    """Weeks both have, as a share of the weeks asked: 100 x min(overlap, durations) / longest duration.

    Without a stated duration the window of the need is what is asked. A need open at an end asks for no number of
    weeks: any time both have fits it. Open ends are unlimited.
    """
    return _period(need.period, offer.period)


@lru_cache(maxsize=100_000)
def _period(need: Period, offer: Period) -> Finding:
    mine, theirs = need.window(), offer.window()
    if mine == (None, None) or theirs == (None, None):
        return Finding(Criterion.PERIOD, NEUTRAL, "period.unknown", {"missing": _silent(mine, theirs)})
    first, last = joint(mine, theirs)
    if first and last and last < first:
        return _apart(mine, theirs)
    stated = [weeks for weeks in (need.weeks, offer.weeks) if weeks]
    asked: float = max(stated) if stated else _weeks(*mine)
    shared = min([_weeks(first, last), *stated])
    if math.isinf(asked) or shared >= asked:
        code = "period.fits_open" if not first else "period.fits" if last else "period.fits_from"
        return Finding(Criterion.PERIOD, 100, code, {"start": _iso(first), "end": _iso(last)})
    return Finding(
        Criterion.PERIOD,
        whole(100 * shared / asked),
        "period.partly",
        {"weeks": max(1, math.floor(shared)), "asked": math.ceil(asked)},
    )


def sessions(need: Profile, offer: Profile) -> Finding:
    """Days on which both can: 1 scores 80, 2 scores 90, 3 or more 100. The same weekday at another time scores 40."""
    mine, theirs = need.period.window(), offer.period.window()
    first, last = joint(mine, theirs)
    apart = bool(first and last and last < first)
    if not need.sessions or not offer.sessions:
        if apart:
            return _apart(mine, theirs)
        missing = "both" if not (need.sessions or offer.sessions) else "offer" if need.sessions else "need"
        return Finding(Criterion.PERIOD, NEUTRAL, "sessions.unknown", {"missing": missing})
    days = _common_days(need, offer)
    parts = sorted(need.sessions.weekly & offer.sessions.weekly)
    options = len(days) + sum(_times(part.weekday, first, last) for part in parts)
    if options:
        values: Values = {"options": options}
        score = BY_OPTIONS.get(options, MANY_OPTIONS)
        if days:
            day, part = min(days)
            return Finding(Criterion.PERIOD, score, "sessions.on_date", values | {"day": _iso(day), "part": str(part)})
        weekly = next(part for part in parts if _times(part.weekday, first, last))
        values |= {"weekday": weekly.weekday, "part": str(weekly.part), "start": _iso(first)}
        return Finding(Criterion.PERIOD, score, "sessions.weekly" if first else "sessions.weekly_open", values)
    if parts:
        return Finding(Criterion.PERIOD, DAY_FITS_PERIOD_DOES_NOT, "sessions.other_period", {"start": _iso(first)})
    same_day = sorted(_weekdays(need) & _weekdays(offer))
    if same_day and not apart:
        return Finding(Criterion.PERIOD, SAME_DAY_OTHER_PART, "sessions.other_part", {"weekday": same_day[0]})
    return Finding(Criterion.PERIOD, 0, "sessions.none", {})


def joint(mine: Window, theirs: Window) -> Window:
    """The days both windows hold. The last day lies before the first when they hold none."""
    starts = [start for start in (mine[0], theirs[0]) if start]
    ends = [end for end in (mine[1], theirs[1]) if end]
    return max(starts, default=None), min(ends, default=None)


def shifted(asked: Period, weeks: int) -> Period:
    """The same period, `weeks` later (or earlier when negative)."""
    return Period(
        start=moved(asked.start, weeks) if asked.start else None,
        end=moved(asked.end, weeks) if asked.end else None,
        weeks=asked.weeks,
    )


def _common_days(need: Profile, offer: Profile) -> set[tuple[dt.date, PartOfDay]]:
    """Dated slots of either side that the other can: on the same date, or in a weekly part within its period."""
    common = {(slot.day, slot.part) for slot in need.sessions.dated & offer.sessions.dated}
    for dated, weekly in ((need, offer), (offer, need)):
        first, last = weekly.period.window()
        parts = {(part.weekday, part.part) for part in weekly.sessions.weekly}
        common |= {
            (slot.day, slot.part)
            for slot in dated.sessions.dated
            if (slot.day.isoweekday(), slot.part) in parts
            and (first is None or slot.day >= first)
            and (last is None or slot.day <= last)
        }
    return common


def _times(weekday: int, first: dt.date | None, last: dt.date | None) -> int:
    """How often a weekday falls in a window, at most 3: more choice than that adds nothing."""
    if first is None or last is None:
        return 3
    wait = (weekday - first.isoweekday()) % 7
    return min(3, max(0, ((last - first).days - wait) // 7 + 1))


def _weekdays(profile: Profile) -> set[int]:
    return {part.weekday for part in profile.sessions.weekly} | {
        slot.day.isoweekday() for slot in profile.sessions.dated
    }


def _weeks(first: dt.date | None, last: dt.date | None) -> float:
    return math.inf if first is None or last is None else ((last - first).days + 1) / 7


def _apart(mine: Window, theirs: Window) -> Finding:
    first, last = joint(mine, theirs)
    assert first and last
    weeks = max(1, math.ceil((first - last).days / 7))
    return Finding(Criterion.PERIOD, 0, "period.apart", {"weeks": weeks, "start": _iso(first)})


def _silent(mine: Window, theirs: Window) -> str:
    if mine == theirs:
        return "both"
    return "need" if mine == (None, None) else "offer"


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
