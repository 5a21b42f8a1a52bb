"""Whether a place is posted in time for the semester it is meant for. A hint to people; it decides nothing."""

from datetime import date
from enum import StrEnum

from matchmaker.vocabulary import Kind, Side

PLANNED_KINDS = frozenset({Kind.WORK, Kind.RESEARCH, Kind.GRADUATION})
"""What schools plan students for a semester ahead. A day of looking around or a job is not planned so."""


class Semester(StrEnum):
    FEBRUARY = "february"
    SEPTEMBER = "september"


STARTS = {
    **dict.fromkeys((1, 2, 3), Semester.FEBRUARY),
    **dict.fromkeys((8, 9, 10), Semester.SEPTEMBER),
}
"""The month of a first day to the semester it belongs to; any other month belongs to none."""


def missed_semester(kind: Kind, side: Side, starts_on: date | None, *, posted_on: date) -> Semester | None:
    """The semester for which schools have mostly placed their students by the day this is posted.

    That is after 1 November for February and after 1 May for September: a rule of thumb, since each school has a
    calendar of its own. None when it is in time, begins at another moment or is nothing a school plans.
    """
    if side is not Side.OFFER or kind not in PLANNED_KINDS or starts_on is None or starts_on < posted_on:
        return None
    semester = STARTS.get(starts_on.month)
    if semester is None:
        return None
    last = date(starts_on.year - 1, 11, 1) if semester is Semester.FEBRUARY else date(starts_on.year, 5, 1)
    return semester if posted_on > last else None
