"""What a listing says, in words."""

from datetime import date

import pytest
from flask import Flask

from matchmaker.listings.models import Need, Offer
from matchmaker.vocabulary import Kind, Mode
from matchmaker.words import listings as words


def offer(**values: object) -> Offer:
    known = {"kind": Kind.WORK, "details": {}, "places": 1, "places_taken": 0, "mode": Mode.ON_SITE, "levels": []}
    return Offer(**{**known, "work_fields": [], "study_fields": [], "slots": [], "place": "", **values})


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (24, 32, "24 tot 32 uur per week"),
        (36, 36, "36 uur per week"),
        (24, None, "vanaf 24 uur per week"),
        (None, 32, "hoogstens 32 uur per week"),
        (None, None, ""),
    ],
)
def test_hours(app: Flask, low: int | None, high: int | None, said: str) -> None:
    assert words.hours_line(offer(hours_min=low, hours_max=high)) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"starts_on": date(2027, 2, 8), "duration_weeks": 20}, "start 8 februari 2027, 20 weken"),
        ({"starts_on": date(2027, 2, 8), "ends_on": date(2027, 7, 2)}, "8 februari 2027 tot en met 2 juli 2027"),
        ({"duration_weeks": 1}, "1 week"),
        ({"ends_on": date(2027, 7, 2)}, "tot en met 2 juli 2027"),
        ({"kind": Kind.LECTURE, "starts_on": date(2027, 3, 1)}, "vanaf 1 maart 2027"),
        ({}, ""),
    ],
)
def test_period(app: Flask, values: dict[str, object], said: str) -> None:
    assert words.period_line(offer(**values)) == said


@pytest.mark.parametrize(
    ("low", "high", "note", "said"),
    [
        (600, 700, "", "€ 600 tot € 700 per maand bij 36 uur"),
        (650, None, "en reiskosten", "€ 650 per maand bij 36 uur, en reiskosten"),
        (None, 700, "", "hoogstens € 700 per maand bij 36 uur"),
        (0, None, "", "geen vergoeding"),
        (None, None, "in overleg", "in overleg"),
    ],
)
def test_allowance(app: Flask, low: int | None, high: int | None, note: str, said: str) -> None:
    assert words.allowance_line(offer(allowance_min=low, allowance_max=high, allowance_note=note)) == said


def test_levels_are_joined_and_empty_is_all(app: Flask) -> None:
    assert words.levels_line(["mbo4", "hbo_bachelor", "wo_master"]) == "mbo 4, hbo-bachelor en wo-master"
    assert words.levels_line([]) == "alle niveaus"


def test_studies_are_said_in_the_words_of_the_posting_and_not_twice(app: Flask) -> None:
    listing = offer(study_fields=["0421", "0732"], details={"study_words": ["rechten", "toveren"]})
    assert words.study_line(listing) == "rechten, toveren en Bouw, wegen en water"


def test_moments(app: Flask) -> None:
    slots = [{"weekday": 2, "part": "morning"}, {"date": "2027-03-02", "time": "10:00"}]
    assert words.slots_line(slots) == "dinsdagochtend en dinsdag 2 maart 2027, 10.00 uur"


def test_places_are_said_where_they_mean_something(app: Flask) -> None:
    assert words.places_line(offer(places=3, places_taken=2)) == "Nog 1 van 3 plekken"
    assert words.places_line(offer(places=2)) == "2 plekken"
    assert words.places_line(offer(kind=Kind.LECTURE)) == ""


def test_a_group_a_term_and_a_place(app: Flask) -> None:
    need = Need(kind=Kind.GROUP, details={"group_size": 5}, places=2)
    assert words.group_line(need) == "2 groepen van 5 deelnemers"
    assert words.term_line(offer(details={"term_years": 3, "meetings_per_year": 2})) == "3 jaar, 2 keer per jaar"
    assert words.place_line(offer(place="Zeist", mode=Mode.HYBRID)) == "Zeist, deels thuis of online"
    assert words.place_line(offer(place="Zeist", mode=Mode.ONLINE)) == "online"


def test_facts_leave_out_what_is_not_known(app: Flask) -> None:
    assert [fact.code for fact in words.facts(offer(hours_min=24, place="Zeist"))] == ["levels", "hours", "place"]


def test_a_vacant_seat_seeks_someone_and_an_offered_colleague_brings_something(app: Flask) -> None:
    details = {"profile": "Kent het omgevingsplan"}
    seat = Need(kind=Kind.SEAT, details=details)
    assert (words.profile_name(seat), words.profile_name(offer(kind=Kind.SEAT, details=details))) == (
        "Wie wordt gezocht",
        "Brengt mee",
    )
