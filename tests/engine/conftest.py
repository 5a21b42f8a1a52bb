import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.profiles import Hours, Period, Place, Profile
from matchmaker.vocabulary import Kind, Level, Side

MakeProfile = Callable[..., Profile]


@pytest.fixture
def crosswalk() -> Crosswalk:
    return Crosswalk(
        {("W22", "0731"): 3, ("W22", "0421"): 2, ("W03", "0421"): 3, ("W17", "0923"): 3, ("W17", "0313"): 1}
    )


@pytest.fixture
def need() -> MakeProfile:
    """A school looks for one place: planning, hbo, half a year from February, in Utrecht."""

    def make(**changes: Any) -> Profile:
        given = {
            "reference": "V1",
            "kind": Kind.WORK,
            "side": Side.NEED,
            "levels": frozenset({Level.HBO_BACHELOR}),
            "study_fields": frozenset({"0731"}),
            "terms": {"omgevingsplan": 200, "kaart": 100},
            "hours": Hours(32, 36),
            "period": Period(dt.date(2027, 2, 1), dt.date(2027, 7, 4), 20),
            "location": Place(52.09, 5.12),
        }
        return Profile(**(given | changes))

    return make


@pytest.fixture
def offer() -> MakeProfile:
    """A municipality close by offers exactly that, in its field of spatial planning."""

    def make(**changes: Any) -> Profile:
        given = {
            "reference": "A1",
            "kind": Kind.WORK,
            "side": Side.OFFER,
            "levels": frozenset({Level.HBO_BACHELOR, Level.MBO4}),
            "work_fields": frozenset({"W22"}),
            "terms": {"omgevingsplan": 200, "inwoner": 100},
            "hours": Hours(24, 32),
            "period": Period(dt.date(2027, 2, 1), dt.date(2027, 7, 4)),
            "location": Place(52.03, 5.08),
            "capacity_left": 2,
            "desk_load": 3.0,
        }
        return Profile(**(given | changes))

    return make
