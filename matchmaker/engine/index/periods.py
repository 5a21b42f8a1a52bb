"""The points for period of every distinct period at once: `engine.timing.period` in columns."""

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from matchmaker.engine.findings import NEUTRAL
from matchmaker.engine.index.columns import Column, Distinct
from matchmaker.engine.profiles import Period

OPEN_START = 0
OPEN_END = dt.date.max.toordinal() + 1
"""Day numbers (`date.toordinal`) that stand for an open end; no day of a posting is one of them."""

DAYS_IN_WEEK = 7


class Periods:
    """Distinct periods: first and last day of the window (day numbers), and the duration in weeks (0 is unknown)."""

    def __init__(self) -> None:
        self.distinct: Distinct[Period] = Distinct()
        self._first, self._last, self._weeks = Column(np.int64), Column(np.int64), Column(np.int64)

    def points(self, own: Period, *, own_asks: bool) -> NDArray[np.int64]:
        """Points (0..100) of each distinct period against `own`, shape (periods,). `own_asks`: own is the need."""
        theirs_first, theirs_last = self.windows()
        weeks = self._weeks.all
        first, last = window_of(own)
        if (first, last) == (OPEN_START, OPEN_END):
            return np.full(len(weeks), NEUTRAL)
        joint_first, joint_last = np.maximum(theirs_first, first), np.minimum(theirs_last, last)
        longest = np.maximum(weeks, own.weeks or 0)
        asking = (np.int64(first), np.int64(last)) if own_asks else (theirs_first, theirs_last)
        asked = np.where(longest > 0, longest.astype(np.float64), _weeks(*asking))
        shared = _weeks(joint_first, joint_last)
        for stated in (weeks, np.int64(own.weeks or 0)):
            shared = np.where(stated > 0, np.minimum(shared, stated), shared)
        with np.errstate(invalid="ignore"):
            part = np.floor(100 * shared / asked + 0.5)
        fits = np.isinf(asked) | (shared >= asked)
        points = np.clip(np.where(fits, 100, np.nan_to_num(part)), 0, 100).astype(np.int64)
        points[joint_last < joint_first] = 0
        points[(theirs_first == OPEN_START) & (theirs_last == OPEN_END)] = NEUTRAL
        return points

    def windows(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """First and last day of each distinct period, shape (periods,)."""
        fresh = self.distinct.values[len(self._first) :]
        windows = [window_of(each) for each in fresh]
        self._first.extend([first for first, _ in windows])
        self._last.extend([last for _, last in windows])
        self._weeks.extend([each.weeks or 0 for each in fresh])
        return self._first.all, self._last.all


def window_of(period: Period) -> tuple[int, int]:
    """The window as day numbers; an open end becomes OPEN_START or OPEN_END."""
    first, last = period.window()
    return first.toordinal() if first else OPEN_START, last.toordinal() if last else OPEN_END


def _weeks(first: NDArray[np.int64] | np.int64, last: NDArray[np.int64] | np.int64) -> NDArray[np.float64]:
    return np.where((first == OPEN_START) | (last == OPEN_END), np.inf, (last - first + 1) / DAYS_IN_WEEK)
