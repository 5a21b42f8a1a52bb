"""Browsing: each facet is counted without its own choice, on both databases, whatever an address says."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.listings.models import Listing
from matchmaker.listings.search import browse, facets
from matchmaker.listings.search.browse import Order
from matchmaker.listings.search.filters import HOURS_BANDS, NO_DATE, Filter, read_filter, start_months
from matchmaker.listings.search.look import Look
from matchmaker.listings.writing import sync_tags
from matchmaker.reference import distance_km, find_place
from matchmaker.vocabulary import Kind, ListingStatus, Mode, Side
from tests.factories import listings, people

KINDS = (Kind.WORK, Kind.GRADUATION, Kind.LECTURE)
LEVELS = ("mbo4", "hbo_bachelor", "wo_master")
WORK = ("W10", "W15", "W20")
STUDIES = ("0421", "0732", "0613")
STARTS = (None, date(2027, 2, 1), date(2027, 2, 8), date(2027, 9, 1))
PLACES = ("Utrecht", "Amersfoort", "Groningen")

some = st.lists(st.sampled_from(LEVELS), unique=True, max_size=2)
a_listing = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "levels": some,
        "work_fields": st.lists(st.sampled_from(WORK), unique=True, max_size=2),
        "study_fields": st.lists(st.sampled_from(STUDIES), unique=True, max_size=2),
        "starts_on": st.sampled_from(STARTS),
        "hours": st.sampled_from(((None, None), (8, 16), (24, 32), (36, 36), (None, 20))),
        "mode": st.sampled_from(tuple(Mode)),
        "at": st.sampled_from(PLACES),
    }
)
a_filter = st.fixed_dictionaries(
    {
        "kinds": st.lists(st.sampled_from([kind.value for kind in KINDS]), unique=True, max_size=2),
        "levels": some,
        "work_fields": st.lists(st.sampled_from(WORK), unique=True, max_size=2),
        "studies": st.lists(st.sampled_from(("04", "07")), unique=True, max_size=1),
        "starts": st.lists(st.sampled_from(("2027-02", "2027-09", NO_DATE)), unique=True, max_size=2),
        "hours": st.lists(st.sampled_from(("9-16", "25-32", NO_DATE)), unique=True, max_size=2),
        "modes": st.lists(st.sampled_from([mode.value for mode in Mode]), unique=True, max_size=1),
        "place": st.sampled_from(("", "Utrecht")),
    }
)


def offered(*, at: str = "Utrecht", hours: tuple[int | None, int | None] = (None, None), **values: object) -> Listing:
    where = find_place(at)
    assert where is not None
    hours_min, hours_max = hours
    made = listings.offer(
        latitude=where.lat, longitude=where.lon, place=at, hours_min=hours_min, hours_max=hours_max, **values
    )
    sync_tags(made)
    return made


def answers(listing: Listing, name: str, wanted: Filter) -> bool:
    """Whether one listing answers one field of a filter, by the rule in words: what is empty suits all."""
    value = getattr(wanted, name)
    if name == "kinds":
        return listing.kind.value in value
    if name in {"levels", "work_fields"}:
        own = getattr(listing, name)
        return not own or bool(set(own) & set(value))
    if name == "studies":
        return not listing.study_fields or bool({code[:2] for code in listing.study_fields} & set(value))
    if name == "starts":
        return (listing.starts_on.isoformat()[:7] if listing.starts_on else NO_DATE) in value
    if name == "hours":
        return any(in_band(listing, code) for code in value)
    if name == "modes":
        return listing.mode.value in value
    centre = find_place(wanted.place)
    assert name == "place" and centre is not None
    far = distance_km(centre.lat, centre.lon, listing.latitude or 0, listing.longitude or 0)
    return listing.mode is Mode.ONLINE or far <= wanted.km


def in_band(listing: Listing, code: str) -> bool:
    numbers = [number for number in (listing.hours_min, listing.hours_max) if number is not None]
    if code == NO_DATE:
        return not numbers
    band = next(each for each in HOURS_BANDS if each.code == code)
    return bool(numbers) and min(numbers) <= band.most and max(numbers) >= band.least


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(a_listing, max_size=7), chosen=a_filter)
def test_every_facet_counts_what_a_reader_would_count_by_hand(
    app: Flask, made: list[dict[str, object]], chosen: dict[str, object]
) -> None:
    point = db.session.begin_nested()
    try:
        wanted = Filter(
            side=Side.OFFER,
            km=50 if chosen["place"] else 0,
            **{name: tuple(value) if isinstance(value, list) else value for name, value in chosen.items()},  # type: ignore[arg-type]
        )
        compare_with_hand([offered(**values) for values in made], wanted)  # type: ignore[arg-type]
    finally:
        point.rollback()
        db.session.expunge_all()


OPTIONS: dict[str, tuple[str, ...]] = {
    "kinds": tuple(kind.value for kind in KINDS),
    "levels": LEVELS,
    "work_fields": WORK,
    "studies": ("04", "07"),
    "starts": ("2027-02", "2027-09", NO_DATE),
    "hours": ("9-16", "25-32", NO_DATE),
    "modes": tuple(mode.value for mode in Mode),
}


def compare_with_hand(known: list[Listing], wanted: Filter) -> None:
    """The total, and each option of each facet with all other choices kept."""
    total = sum(all(answers(each, name, wanted) for name in wanted.narrowed) for each in known)
    assert browse.count(wanted) == total
    counted = facets.count_facets(Look(wanted))
    for name, values in OPTIONS.items():
        others = [each for each in known if all(answers(each, one, wanted) for one in wanted.narrowed if one != name)]
        by_hand = {
            value: sum(answers(each, name, Filter(side=Side.OFFER, **{name: (value,)})) for each in others)
            for value in values
        }
        assert {value: _count(counted[name], value) for value in values} == by_hand, name


def _count(counts: object, value: str) -> int:
    try:
        return counts[value]  # type: ignore[index]
    except KeyError:
        return 0


def test_only_what_can_still_be_answered_is_shown(app: Flask) -> None:
    open_one = offered(title="Nog open")
    offered(title="Vol", places=1, places_taken=1)
    offered(title="Te laat", respond_before=today() - timedelta(days=1))
    offered(title="Concept", status=ListingStatus.DRAFT)
    offered(title="Gesloten", status=ListingStatus.CLOSED)
    assert [each.id for each in browse.find(Look(Filter(side=Side.OFFER))).listings] == [open_one.id]


def test_a_search_finds_other_forms_of_the_word_and_the_name_of_the_municipality(app: Flask) -> None:
    home = people.municipality(name="Bunnik")
    made = listings.offer(home, title="Vergunningen voor dakkapellen", text="Je leest aanvragen van bewoners.")
    sync_tags(made)
    found = {words: browse.count(Filter(side=Side.OFFER, words=words)) for words in ("vergunning", "Bunnik", "riool")}
    assert found == {"vergunning": 1, "Bunnik": 1, "riool": 0}


def test_all_words_of_a_search_must_be_there(app: Flask) -> None:
    offered(title="Fietsen bij scholen", text="Je telt fietsers.")
    assert browse.count(Filter(side=Side.OFFER, words="fietsen scholen")) == 1
    assert browse.count(Filter(side=Side.OFFER, words="fietsen zwembad")) == 0


def test_the_nearest_comes_first_and_equal_ones_newest_first(app: Flask) -> None:
    far, near, newer = offered(at="Groningen"), offered(at="Utrecht"), offered(at="Utrecht")
    newer.published_at = near.published_at
    found = browse.find(Look(Filter(side=Side.OFFER, place="Utrecht", km=400)), order=Order.NEAREST)
    assert [each.id for each in found.listings] == [newer.id, near.id, far.id]


def test_what_closes_soonest_comes_first_and_what_has_no_day_last(app: Flask) -> None:
    never = offered(respond_before=None)
    late = offered(respond_before=today() + timedelta(days=20))
    soon = offered(respond_before=today() + timedelta(days=2))
    found = browse.find(Look(Filter(side=Side.OFFER)), order=Order.CLOSING)
    assert [each.id for each in found.listings] == [soon.id, late.id, never.id]


def test_a_page_too_far_is_the_last_page(app: Flask) -> None:
    for _ in range(browse.PAGE_SIZE + 1):
        offered()
    found = browse.find(Look(Filter(side=Side.OFFER)), page=999)
    assert (found.number, found.pages, len(found.listings)) == (2, 2, 1)


@pytest.mark.parametrize("place", ["Groningen", "Maastricht", "Vlissingen", "Den Helder"])
def test_the_distance_in_the_database_is_the_distance_over_the_ground(app: Flask, place: str) -> None:
    centre, other = find_place("Utrecht"), find_place(place)
    assert centre is not None and other is not None
    offered(at=place)
    exact = distance_km(centre.lat, centre.lon, other.lat, other.lon)
    assert browse.nearest_km(Look(Filter(side=Side.OFFER, place="Utrecht", km=1))) == pytest.approx(exact, rel=0.001)


def test_without_each_choice_says_how_many_there_would_be(app: Flask) -> None:
    offered(levels=["mbo4"], kind=Kind.WORK)
    offered(levels=["wo_master"], kind=Kind.GRADUATION)
    wanted = Filter(side=Side.OFFER, levels=("mbo4",), kinds=(Kind.GRADUATION.value,))
    assert (browse.count(wanted), browse.count_without_each(Look(wanted))) == (0, {"kinds": 1, "levels": 1})


def test_similar_offers_share_words_and_are_still_open(app: Flask) -> None:
    one = offered(title="Water in de straat", text="Riolering en regen.")
    alike = offered(title="Regen in de straat", text="Riolering en water.")
    offered(title="Riolering vol", text="Water en regen.", places_taken=1)
    found = browse.similar(one)
    assert [each.id for each in found] == [alike.id]


def test_a_lecture_can_start_in_each_month_of_its_dates(app: Flask) -> None:
    slots = [{"date": "2027-03-02", "time": "10:00"}, {"weekday": 2, "part": "morning"}]
    assert start_months(None, slots) == {"2027-03"}


def test_an_address_is_read_and_written_the_same(app: Flask) -> None:
    pairs = [("q", "water"), ("soort", "guest_lecture"), ("niveau", "mbo4"), ("plaats", "Utrecht"), ("km", "10")]
    wanted, ignored = read_filter(Side.OFFER, pairs)
    assert (wanted.pairs(), ignored) == (pairs, [])


@pytest.mark.parametrize(
    ("pairs", "reasons"),
    [
        ([("soort", "paard")], ["unknown"]),
        ([("plaats", "Utrecht"), ("km", "9" * 40)], ["unknown"]),
        ([("km", "10")], ["needs_place"]),
        ([("plaats", "Nergenshuizen")], ["unknown"]),
        ([("q", "a" * 5000)], ["too_long"]),
        ([("q", "een"), ("q", "twee")], ["twice"]),
        ([("niveau", f"x{number}") for number in range(50)], ["too_many"] * 10 + ["unknown"] * 40),
        ([("start", "2027-13")], ["unknown"]),
        ([("van", "../../etc/passwd")], ["unknown"]),
        ([("bestaatniet", "1")], []),
    ],
)
def test_what_an_address_cannot_mean_is_set_aside_with_a_reason(
    app: Flask, pairs: list[tuple[str, str]], reasons: list[str]
) -> None:
    wanted, ignored = read_filter(Side.OFFER, pairs)
    assert [each.reason for each in ignored] == reasons
    assert browse.count(wanted) == 0


def test_facets_take_as_many_queries_for_three_as_for_one(app: Flask, count_queries: Callable[[], object]) -> None:
    facets.count_facets(Look(Filter(side=Side.OFFER)))
    offered(levels=["mbo4"])
    with count_queries() as one:  # type: ignore[attr-defined]
        facets.count_facets(Look(Filter(side=Side.OFFER)))
    offered(levels=["hbo_bachelor"])
    offered(levels=["wo_master", "mbo4"])
    with count_queries() as three:  # type: ignore[attr-defined]
        facets.count_facets(Look(Filter(side=Side.OFFER)))
    assert (one.number, three.number) == (3, 3)
