"""What can be true of a listing, and what cannot."""

from datetime import date, timedelta

import pytest

from matchmaker.clock import today
from matchmaker.listings.fields import BY_NAME, MOST_PLACES
from matchmaker.listings.kinds import FIELDS, KINDS_FOR_SIDE, fields_for, kinds_for, who_posts
from matchmaker.listings.values import clean, together
from matchmaker.vocabulary import Kind, OrganisationKind, Side


def reasons(kind: Kind = Kind.WORK, side: Side = Side.OFFER, **values: object) -> dict[str, str]:
    cleaned, problems = clean(kind, side, values)
    return {each.field: each.reason for each in [*problems, *together(cleaned, {})]}


def test_municipality_has_every_offer_and_the_need_of_an_open_question() -> None:
    for kind in Kind:
        asks = kind is Kind.QUESTION
        assert who_posts(kind, Side.NEED) is (OrganisationKind.MUNICIPALITY if asks else OrganisationKind.INSTITUTION)
        assert who_posts(kind, Side.OFFER) is (OrganisationKind.INSTITUTION if asks else OrganisationKind.MUNICIPALITY)


def test_a_region_posts_as_its_municipalities_and_a_provider_posts_nothing() -> None:
    assert kinds_for(OrganisationKind.REGION, Side.OFFER) == KINDS_FOR_SIDE[OrganisationKind.MUNICIPALITY, Side.OFFER]
    assert kinds_for(OrganisationKind.PROVIDER, Side.OFFER) == ()


def test_every_kind_asks_only_fields_that_exist_and_none_twice() -> None:
    for kind in Kind:
        assert len(FIELDS[kind]) == len(set(FIELDS[kind]))
        assert set(FIELDS[kind]) <= BY_NAME.keys()


def test_a_municipality_names_a_team_and_a_school_a_programme() -> None:
    offer, need = fields_for(Kind.LECTURE, Side.OFFER), fields_for(Kind.LECTURE, Side.NEED)
    assert ("team_id" in offer, "programme_id" in offer) == (True, False)
    assert ("team_id" in need, "programme_id" in need) == (False, True)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"hours_min": 36, "hours_max": 24}, {"hours_max": "range_reversed"}),
        ({"places": 0}, {"places": "too_small"}),
        ({"places": 10_000}, {"places": "too_large"}),
        ({"places": 10**30}, {"places": "too_large"}),
        ({"places": -1}, {"places": "too_small"}),
        ({"places": "drie"}, {"places": "not_a_number"}),
        ({"places": True}, {"places": "not_a_number"}),
        ({"hours_min": 41}, {"hours_min": "too_large"}),
        ({"allowance_min": 700, "allowance_max": 600}, {"allowance_max": "range_reversed"}),
        ({"starts_on": date(1999, 1, 1)}, {"starts_on": "past"}),
        ({"starts_on": date(9999, 1, 1)}, {"starts_on": "too_far"}),
        ({"work_fields": ["W99"]}, {"work_fields": "unknown_code"}),
        ({"work_fields": ["W00"]}, {"work_fields": "unknown_code"}),
        ({"study_fields": ["042"]}, {"study_fields": "unknown_code"}),
        ({"levels": ["hbo"]}, {"levels": "unknown_code"}),
        ({"levels": ["vo"]}, {"levels": "not_this_kind"}),
        ({"levels": [{"a": 1}]}, {"levels": "unknown_code"}),
        ({"tracks": ["bol"], "levels": ["hbo_bachelor"]}, {"tracks": "only_with_mbo"}),
        ({"title": "x" * 161}, {"title": "text_too_long"}),
        ({"text": "x" * 1_000_000}, {"text": "text_too_long"}),
        ({"text": "a\x00b"}, {"text": "unusable_text"}),
        ({"text": "half \ud83d teken"}, {"text": "unusable_text"}),
        ({"place": "Nergenshuizen"}, {"place": "unknown_place"}),
        ({"team_id": 2**63}, {"team_id": "unknown_code"}),
        ({"mode": "per post"}, {"mode": "unknown_code"}),
        ({"group_size": 30}, {"group_size": "not_this_kind"}),
        ({"bestaat_niet": "x"}, {"bestaat_niet": "not_this_kind"}),
        ({"programme_id": 1}, {"programme_id": "not_this_kind"}),
    ],
)
def test_an_impossible_value_is_refused_at_its_field(values: dict[str, object], wrong: dict[str, str]) -> None:
    assert reasons(**values) == wrong


def test_a_period_may_not_end_before_it_starts() -> None:
    later, sooner = today() + timedelta(days=40), today() + timedelta(days=20)
    assert reasons(starts_on=later, ends_on=sooner) == {"ends_on": "reversed"}


def test_the_limit_of_places_itself_is_fine() -> None:
    assert reasons(places=MOST_PLACES) == {}


def test_emoji_and_html_are_text_like_any_other() -> None:
    cleaned, problems = clean(Kind.WORK, Side.OFFER, {"title": "Fiets 🚲 <b>mee</b>"})
    assert (cleaned, problems) == ({"title": "Fiets 🚲 <b>mee</b>"}, [])


def test_bol_goes_with_an_mbo_level() -> None:
    assert reasons(tracks=["bol"], levels=["mbo4", "hbo_bachelor"]) == {}


def test_levels_are_stored_low_to_high_and_once() -> None:
    cleaned, _ = clean(Kind.WORK, Side.OFFER, {"levels": ["wo_master", "mbo4", "wo_master"]})
    assert cleaned["levels"] == ["mbo4", "wo_master"]


def test_slots_are_a_part_of_a_weekday_or_a_date_with_a_time() -> None:
    day = (today() + timedelta(days=30)).isoformat()
    given = [{"weekday": 2, "part": "morning"}, {"date": day, "time": "9:30"}, {"weekday": 2, "part": "morning"}]
    cleaned, problems = clean(Kind.LECTURE, Side.NEED, {"slots": given})
    assert problems == []
    assert cleaned["slots"] == [{"weekday": 2, "part": "morning"}, {"date": day, "time": "09:30"}]


@pytest.mark.parametrize(
    ("slot", "reason"),
    [
        ({"weekday": 7, "part": "morning"}, "slot_unclear"),
        ({"weekday": 2, "part": "night"}, "slot_unclear"),
        ({"date": "2027-02-30", "time": "10:00"}, "not_a_date"),
        ({"date": "2001-01-01", "time": "10:00"}, "past"),
        ({"date": "2027-03-02", "time": "25:00"}, "slot_unclear"),
        ("dinsdag", "slot_unclear"),
    ],
)
def test_an_impossible_slot_is_refused(slot: object, reason: str) -> None:
    assert reasons(Kind.LECTURE, Side.NEED, slots=[slot]) == {"slots": reason}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "www.hu.nl", "https://", "https://[x", "http://a b.nl"])
def test_a_web_address_must_be_one(address: str) -> None:
    assert reasons(Kind.LECTURE, Side.NEED, course_url=address) == {"course_url": "not_an_address"}


def test_the_course_of_a_lecture_is_the_schools_to_say() -> None:
    told = {"course": "Recht 2", "course_url": "https://school.example/recht"}
    assert reasons(Kind.LECTURE, Side.NEED, **told) == {}
    assert reasons(Kind.LECTURE, Side.OFFER, **told) == dict.fromkeys(told, "not_this_kind")


def test_every_problem_is_reported_at_once() -> None:
    assert set(reasons(places=0, hours_min=99, title="x" * 200)) == {"places", "hours_min", "title"}
