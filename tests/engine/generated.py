"""Generated postings of every form the engine knows, few values each, so that they often meet."""

import datetime as dt

from hypothesis import strategies as st

from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.profiles import DatedSlot, Hours, PartOfDay, Period, Place, Profile, Sessions, WeeklyPart
from matchmaker.vocabulary import Kind, Level, Mode, Side, Track

STUDIES = ("0311", "0312", "0421", "0731", "0732", "0923")
WORKS = ("W01", "W03", "W17", "W22")
CROSSWALK = Crosswalk(
    {
        ("W01", "0312"): 3,
        ("W01", "0311"): 2,
        ("W03", "0421"): 3,
        ("W17", "0923"): 3,
        ("W22", "0731"): 3,
        ("W22", "0421"): 1,
        ("W22", "0732"): 2,
    }
)
KINDS = (Kind.WORK, Kind.LECTURE, Kind.SEAT, Kind.QUESTION)

days = st.dates(dt.date(2027, 1, 1), dt.date(2027, 12, 31))


def some(values: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), max_size=3)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start, end = draw(st.none() | days), draw(st.none() | days)
    if start and end and end < start:
        start, end = end, start
    return Period(start, end, draw(st.none() | st.integers(1, 30)))


@st.composite
def ranges(draw: st.DrawFn) -> Hours:
    least = draw(st.integers(0, 40))
    return Hours(least, least + draw(st.integers(0, 16)))


sessions = st.builds(
    Sessions,
    dated=st.frozensets(st.builds(DatedSlot, days, st.sampled_from(PartOfDay)), max_size=2),
    weekly=st.frozensets(st.builds(WeeklyPart, st.integers(1, 5), st.sampled_from(PartOfDay)), max_size=3),
)


def profiles(side: Side, kinds: tuple[Kind, ...] = KINDS) -> st.SearchStrategy[Profile]:
    return st.builds(
        Profile,
        reference=st.integers(1, 10**6).map(lambda number: f"{side}{number}"),
        kind=st.sampled_from(kinds),
        side=st.just(side),
        levels=st.frozensets(st.sampled_from([Level.MBO4, Level.AD, Level.HBO_BACHELOR, Level.WO_MASTER])),
        study_fields=some(STUDIES),
        work_fields=some(WORKS),
        terms=st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 300), max_size=4),
        hours=st.none() | ranges(),
        period=periods(),
        sessions=sessions,
        location=st.none() | st.builds(Place, st.floats(51.5, 53), st.floats(4.5, 6.5)),
        mode=st.sampled_from(Mode),
        max_distance_km=st.none() | st.floats(5, 100),
        capacity_left=st.none() | st.integers(0, 4),
        tracks=st.frozensets(st.sampled_from(Track)),
        languages=st.frozensets(st.sampled_from(("nl", "en"))),
        desk_load=st.none() | st.floats(0, 40),
    )


def pools(kind: Kind) -> st.SearchStrategy[list[Profile]]:
    return st.lists(profiles(Side.OFFER, (kind,)), min_size=1, max_size=5, unique_by=lambda offer: offer.reference)


needs_with_offers = st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(profiles(Side.NEED, (kind,)), pools(kind)))
