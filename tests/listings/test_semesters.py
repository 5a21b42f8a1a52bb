"""Whether a place is posted in time for February or September."""

from datetime import date

import pytest

from matchmaker.listings.semesters import Semester, missed_semester
from matchmaker.vocabulary import Kind, Side

FEBRUARY, SEPTEMBER = date(2027, 2, 8), date(2027, 9, 6)


@pytest.mark.parametrize(
    ("starts_on", "posted_on", "missed"),
    [
        (FEBRUARY, date(2026, 11, 1), None),
        (FEBRUARY, date(2026, 11, 2), Semester.FEBRUARY),
        (FEBRUARY, date(2027, 1, 20), Semester.FEBRUARY),
        (FEBRUARY, date(2027, 2, 9), None),
        (SEPTEMBER, date(2027, 5, 1), None),
        (SEPTEMBER, date(2027, 5, 2), Semester.SEPTEMBER),
        (SEPTEMBER, date(2026, 11, 2), None),
        (date(2027, 6, 1), date(2027, 5, 20), None),
        (None, date(2026, 11, 2), None),
    ],
)
def test_a_place_is_late_after_november_and_after_may(
    starts_on: date | None, posted_on: date, missed: Semester | None
) -> None:
    assert missed_semester(Kind.WORK, Side.OFFER, starts_on, posted_on=posted_on) is missed


@pytest.mark.parametrize("kind", [Kind.LECTURE, Kind.SEAT, Kind.TRAINEESHIP, Kind.ORIENTATION, Kind.GROUP])
def test_only_what_schools_plan_a_semester_ahead_can_be_late(kind: Kind) -> None:
    assert missed_semester(kind, Side.OFFER, FEBRUARY, posted_on=date(2027, 1, 5)) is None


def test_a_question_of_a_school_is_never_late() -> None:
    assert missed_semester(Kind.WORK, Side.NEED, FEBRUARY, posted_on=date(2027, 1, 5)) is None
