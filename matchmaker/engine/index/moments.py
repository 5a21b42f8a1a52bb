"""The points for days and times of every distinct (sessions, period) at once: `engine.timing.sessions` in columns."""

import datetime as dt
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matchmaker.engine.findings import NEUTRAL
from matchmaker.engine.index.columns import Column, Distinct
from matchmaker.engine.index.periods import DAYS_IN_WEEK, OPEN_END, OPEN_START, window_of
from matchmaker.engine.profiles import PartOfDay, Period, Sessions
from matchmaker.engine.timing import BY_OPTIONS, DAY_FITS_PERIOD_DOES_NOT, MANY_OPTIONS, SAME_DAY_OTHER_PART

Moment = tuple[Sessions, Period]

PARTS = tuple(PartOfDay)
MOST_TIMES = 3
"""How often a weekly part counts at most: more choice than that adds nothing."""

MANY, SAME_PART, SAME_DAY, SILENT, APART = max(BY_OPTIONS) + 1, 4, 8, 16, 32
"""What is found of a moment: days on which both can (MANY at most), and flags."""


class Moments:
    """Distinct moments: weekly parts and weekdays as bits, the window, and dated slots end to end.

    A slot is its day number x 3 + the part of the day; the bit of a weekly part is (weekday - 1) x 3 + part.
    """

    def __init__(self) -> None:
        self.distinct: Distinct[Moment] = Distinct()
        self._weekly, self._weekdays = Column(np.int64), Column(np.int64)
        self._first, self._last = Column(np.int64), Column(np.int64)
        self._slot, self._slot_bit, self._slot_of = Column(np.int64), Column(np.int64), Column(np.int64)

    def points(self, own: Moment) -> NDArray[np.int64]:
        """Points (0..100) of each distinct moment against `own`, shape (moments,). The same from either side."""
        self._lay_out()
        sessions, period = own
        first, last = window_of(period)
        joint_first, joint_last = np.maximum(self._first.all, first), np.minimum(self._last.all, last)
        apart = joint_last < joint_first
        if not sessions:
            return np.where(apart, 0, NEUTRAL)
        weekly = _weekly_bits(sessions)
        options = self._times(weekly, joint_first, joint_last) + self._days(sessions, weekly, first, last)
        found = np.minimum(options, MANY).astype(np.uint8)
        found += ((self._weekly.all & weekly) != 0).view(np.uint8) * SAME_PART
        found += ((self._weekdays.all & _weekday_bits(sessions)) != 0).view(np.uint8) * SAME_DAY
        found += (self._weekdays.all == 0).view(np.uint8) * SILENT
        found += apart.view(np.uint8) * APART
        return np.asarray(_points_by_finding().take(found))

    def _times(self, weekly: int, joint_first: NDArray[np.int64], joint_last: NDArray[np.int64]) -> NDArray[np.int64]:
        """How often the weekly parts both name fall within both windows, each at most three times."""
        found = np.zeros(len(joint_first), dtype=np.int64)
        open_ended = (joint_first == OPEN_START) | (joint_last == OPEN_END)
        for bit in range(DAYS_IN_WEEK * len(PARTS)):
            if weekly >> bit & 1:
                wait = (bit // len(PARTS) + 1 - joint_first) % DAYS_IN_WEEK
                times = np.clip((joint_last - joint_first - wait) // DAYS_IN_WEEK + 1, 0, MOST_TIMES)
                found += (self._weekly.all >> bit & 1) * np.where(open_ended, MOST_TIMES, times)
        return found

    def _days(self, sessions: Sessions, weekly: int, first: int, last: int) -> NDArray[np.int64]:
        """How many dated slots of either side suit the other, each slot once."""
        slots, bits, rows, count = self._slot.all, self._slot_bit.all, self._slot_of.all, len(self._first)
        found = np.zeros(count, dtype=np.int64)
        own = [_slot(each.day, each.part) for each in sessions.dated]
        for slot in own:
            day = slot // len(PARTS)
            suits = (self._weekly.all >> _bit_of(slot) & 1 == 1) & (self._first.all <= day) & (day <= self._last.all)
            suits[rows[slots == slot]] = True
            found += suits
        within = (first * len(PARTS) <= slots) & (slots < (last + 1) * len(PARTS))
        theirs = np.flatnonzero(within & (weekly >> bits & 1 == 1))
        return found + np.bincount(rows[theirs[~np.isin(slots[theirs], own)]], minlength=count)

    def _lay_out(self) -> None:
        done = len(self._first)
        fresh = self.distinct.values[done:]
        windows = [window_of(period) for _, period in fresh]
        self._first.extend([first for first, _ in windows])
        self._last.extend([last for _, last in windows])
        self._weekly.extend([_weekly_bits(sessions) for sessions, _ in fresh])
        self._weekdays.extend([_weekday_bits(sessions) for sessions, _ in fresh])
        for number, (sessions, _) in enumerate(fresh, start=done):
            slots = [_slot(each.day, each.part) for each in sessions.dated]
            self._slot.extend(slots)
            self._slot_bit.extend([_bit_of(slot) for slot in slots])
            self._slot_of.extend([number] * len(sessions.dated))


def _slot(day: dt.date, part: PartOfDay) -> int:
    return day.toordinal() * len(PARTS) + PARTS.index(part)


def _bit_of(slot: int) -> int:
    """The weekly bit a dated slot falls on. Day number 1 was a Monday."""
    day, part = divmod(slot, len(PARTS))
    return (day - 1) % DAYS_IN_WEEK * len(PARTS) + part


@cache
def _points_by_finding() -> NDArray[np.int64]:
    """Points for each sum of what is found of a moment, shape (64,)."""
    return np.array([_points(finding) for finding in range(2 * APART)])


def _points(finding: int) -> int:
    if finding & SILENT:
        return 0 if finding & APART else NEUTRAL
    options = finding % SAME_PART
    if options:
        return BY_OPTIONS.get(options, MANY_OPTIONS)
    if finding & SAME_PART:
        return DAY_FITS_PERIOD_DOES_NOT
    return SAME_DAY_OTHER_PART if finding & SAME_DAY and not finding & APART else 0


def _weekly_bits(sessions: Sessions) -> int:
    return sum(1 << (each.weekday - 1) * len(PARTS) + PARTS.index(each.part) for each in sessions.weekly)


def _weekday_bits(sessions: Sessions) -> int:
    named = {each.weekday for each in sessions.weekly} | {each.day.isoweekday() for each in sessions.dated}
    return sum(1 << day for day in named)
