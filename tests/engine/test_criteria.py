import datetime as dt

import pytest

from matchmaker.dutch.stems import stem
from matchmaker.engine.criteria import APPLIES, capacity, desk, findings, hours, level, text
from matchmaker.engine.findings import Criterion
from matchmaker.engine.profiles import (
    DatedSlot,
    Hours,
    KindGroup,
    PartOfDay,
    Period,
    Place,
    Sessions,
    WeeklyPart,
    part_of_day,
)
from matchmaker.engine.subject import subject
from matchmaker.engine.timing import period, sessions
from matchmaker.engine.travel import distance, kilometres
from matchmaker.vocabulary import Kind, Level, Mode, Side

TUESDAY_MORNING = WeeklyPart(2, PartOfDay.MORNING)
MARCH = Period(dt.date(2027, 3, 1), dt.date(2027, 3, 31))


def test_subject_follows_the_strength_of_the_crosswalk(need, offer, crosswalk):
    found = subject(need(), offer(), crosswalk)
    assert (found.score, found.code) == (85, "subject.linked")
    assert found.values == {"work_field": "W22", "study_field": "0731", "strength": 3}
    assert subject(need(study_fields=frozenset({"0421"})), offer(), crosswalk).score == 65
    assert subject(need(study_fields=frozenset({"0923"})), offer(), crosswalk).code == "subject.no_link"


def test_subject_named_on_both_sides_beats_the_crosswalk(need, offer, crosswalk):
    same = subject(need(work_fields=frozenset({"W22"}), study_fields=frozenset({"0923"})), offer(), crosswalk)
    assert (same.score, same.code) == (100, "subject.same_work")
    study = subject(need(study_fields=frozenset({"0923"})), offer(study_fields=frozenset({"0923"})), crosswalk)
    assert (study.score, study.code) == (95, "subject.same_study")


def test_subject_falls_when_the_offer_asks_another_study(need, offer, crosswalk):
    found = subject(need(), offer(study_fields=frozenset({"0421"})), crosswalk)
    assert (found.score, found.code) == (50, "subject.linked_other_choice")


def test_naming_more_studies_than_a_choice_does_not_buy_a_full_score(need, offer, crosswalk):
    many = frozenset({"0923", *(f"09{n:02d}" for n in range(40, 60))})
    found = subject(need(study_fields=frozenset({"0923"})), offer(study_fields=many), crosswalk)
    assert found.code == "subject.no_link"


def test_subject_is_neutral_and_says_so_when_nobody_names_a_field(need, offer, crosswalk):
    found = subject(need(study_fields=frozenset()), offer(work_fields=frozenset()), crosswalk)
    assert (found.score, found.code) == (50, "subject.unknown")


def test_text_is_the_cosine_with_the_heaviest_shared_words(need, offer):
    found = text(need(written_as={"omgevingsplan": "Omgevingsplan"}), offer())
    assert (found.score, found.values) == (100, {"words": ["Omgevingsplan"]})
    parts = {"omgevingsplan": 200, "omgev": 100}
    shown = text(need(terms=parts, written_as={"omgev": "omgeving"}), offer(terms=parts))
    assert shown.values == {"words": ["omgevingsplan"]}
    weak = text(need(terms={"kaart": 900, "inwoner": 100}), offer())
    assert weak.score == 12
    assert text(need(terms={}), offer()).code == "text.unknown"
    assert text(need(terms={"x": 100}), offer()).code == "text.none"


def test_a_word_of_every_posting_is_named_only_when_there_is_no_other(need, offer):
    both = {stem("studenten"): 900, "omgevingsplan": 100}
    assert text(need(terms=both), offer(terms=both)).values == {"words": ["omgevingsplan"]}
    alone = {stem("studenten"): 900}
    assert text(need(terms=alone), offer(terms=alone)).values == {"words": [stem("studenten")]}


def test_level_counts_the_share_of_the_need_that_is_welcome(need, offer):
    assert level(need(), offer()).score == 100
    part = level(need(levels=frozenset({Level.HBO_BACHELOR, Level.WO_BACHELOR})), offer())
    assert (part.score, part.values) == (75, {"levels": ["hbo_bachelor"], "missing": ["wo_bachelor"]})
    assert level(need(), offer(levels=frozenset())).code == "level.open_to_all"


def test_choosing_hbo_does_not_include_the_associate_degree(need, offer):
    both = need(levels=frozenset({Level.HBO_BACHELOR, Level.AD}))
    assert level(both, offer(levels=frozenset({Level.HBO_BACHELOR}))).values["missing"] == ["ad"]


def test_period_scores_the_shared_weeks_of_those_asked(need, offer):
    assert period(need(), offer()).code == "period.fits"
    late = offer(period=Period(dt.date(2027, 4, 26), dt.date(2027, 7, 4)))
    assert period(need(), late)[1:] == (50, "period.partly", {"weeks": 10, "asked": 20})
    assert period(need(), offer(period=Period()))[1:] == (50, "period.unknown", {"missing": "offer"})
    gone = offer(period=Period(dt.date(2027, 9, 1), dt.date(2028, 1, 31)))
    assert period(need(), gone)[1:] == (0, "period.apart", {"weeks": 9, "start": "2027-09-01"})


def test_a_start_and_a_duration_make_a_period(need, offer):
    assert Period(dt.date(2027, 2, 1), None, 2).window() == (dt.date(2027, 2, 1), dt.date(2027, 2, 14))
    assert period(need(), offer(period=Period(dt.date(2027, 2, 1), None, 10))).score == 50


def test_a_period_at_the_end_of_the_calendar_does_not_break(need, offer):
    assert Period(dt.date.max, None, 10**6).window() == (dt.date.max, dt.date.max)
    assert period(need(), offer(period=Period(dt.date.max, None, 10**6))).score == 0


def test_a_session_needs_one_common_day_and_gains_by_choice(need, offer):
    asked = need(kind=Kind.LECTURE, sessions=Sessions(weekly=frozenset({TUESDAY_MORNING})), period=MARCH)
    one = offer(sessions=Sessions(dated=frozenset({DatedSlot(dt.date(2027, 3, 2), PartOfDay.MORNING)})))
    found = sessions(asked, one)
    assert (found.score, found.code) == (80, "sessions.on_date")
    assert found.values == {"options": 1, "day": "2027-03-02", "part": "morning"}
    weekly = offer(sessions=asked.sessions, period=Period(dt.date(2027, 3, 8), dt.date(2027, 3, 24)))
    assert sessions(asked, weekly)[1:3] == (100, "sessions.weekly")
    afternoon = offer(sessions=Sessions(weekly=frozenset({WeeklyPart(2, PartOfDay.AFTERNOON)})), period=MARCH)
    assert sessions(asked, afternoon)[1:3] == (40, "sessions.other_part")
    friday = offer(sessions=Sessions(weekly=frozenset({WeeklyPart(5, PartOfDay.MORNING)})), period=MARCH)
    assert sessions(asked, friday)[1:3] == (0, "sessions.none")
    assert sessions(asked, offer())[1:] == (50, "sessions.unknown", {"missing": "offer"})


def test_a_dated_slot_outside_the_period_of_the_weekly_wish_is_no_option(need, offer):
    asked = need(kind=Kind.LECTURE, sessions=Sessions(weekly=frozenset({TUESDAY_MORNING})), period=MARCH)
    april = offer(sessions=Sessions(dated=frozenset({DatedSlot(dt.date(2027, 4, 6), PartOfDay.MORNING)})), period=MARCH)
    assert sessions(asked, april).score == 40


def test_hours_lose_ten_points_for_each_hour_between(need, offer):
    assert hours(need(), offer()).values == {"least": 32, "most": 32}
    assert hours(need(), offer(hours=Hours(16, 24)))[1:] == (20, "hours.offer_less", {"gap": 8})
    assert hours(need(), offer(hours=None))[1:] == (50, "hours.unknown", {"missing": "offer"})


def test_distance_falls_evenly_between_5_and_60_kilometres(need, offer):
    utrecht, amsterdam = Place(52.0907, 5.1214), Place(52.3676, 4.9041)
    assert kilometres(utrecht, amsterdam) == pytest.approx(34.2, abs=0.2)
    assert distance(need(location=utrecht), offer(location=amsterdam))[1:] == (47, "distance.apart", {"km": 34})
    assert distance(need(location=utrecht), offer(location=utrecht))[1:] == (100, "distance.here", {})
    assert distance(need(location=None), offer())[1:] == (50, "distance.unknown", {"missing": "need"})


def test_online_needs_both_sides(need, offer):
    assert distance(need(mode=Mode.ONLINE), offer(mode=Mode.HYBRID)).code == "distance.online"
    assert distance(need(mode=Mode.ONLINE), offer()).code == "distance.mode_differs"
    assert distance(need(mode=Mode.HYBRID), offer(mode=Mode.HYBRID)).code == "distance.hybrid"


def test_capacity_is_the_share_of_what_is_sought(need, offer):
    assert capacity(need(capacity_left=4), offer(capacity_left=3))[1:] == (
        75,
        "capacity.part",
        {"left": 3, "sought": 4},
    )
    assert capacity(need(), offer(capacity_left=None)).code == "capacity.unknown"


def test_desk_load_counts_for_the_side_of_the_municipality(need, offer):
    assert desk(need(), offer(desk_load=15.0))[1:] == (50, "desk.busy", {"items": 15})
    question = need(kind=Kind.QUESTION, desk_load=40.0)
    assert desk(question, offer(kind=Kind.QUESTION, desk_load=0.0)).code == "desk.full"
    assert desk(need(), offer(desk_load=None)).score == 50


def test_hours_are_asked_of_places_alone(need, offer, crosswalk):
    lecture = findings(need(kind=Kind.LECTURE), offer(kind=Kind.LECTURE), crosswalk)
    assert [each.criterion for each in lecture] == [each for each in Criterion if each is not Criterion.HOURS]
    assert APPLIES[KindGroup.PLACES] == tuple(Criterion)


def test_values_that_mean_nothing_are_refused(need, offer):
    for wrong in (
        lambda: Hours(36, 24),
        lambda: Period(dt.date(2027, 3, 2), dt.date(2027, 3, 1)),
        lambda: Period(weeks=0),
        lambda: Place(91, 0),
        lambda: WeeklyPart(0, PartOfDay.MORNING),
        lambda: need(reference=""),
    ):
        with pytest.raises(ValueError):
            wrong()


def test_noon_is_afternoon_and_five_is_evening():
    parts = [part_of_day(dt.time(hour)) for hour in (11, 12, 16, 17)]
    assert parts == [PartOfDay.MORNING, PartOfDay.AFTERNOON, PartOfDay.AFTERNOON, PartOfDay.EVENING]


def test_an_offer_of_the_municipality_and_a_question_of_the_municipality_are_of_one_party(need, offer):
    assert need(kind=Kind.QUESTION).party is offer().party
    assert (need().side, offer().side) == (Side.NEED, Side.OFFER)
