"""The written content of the demo: every code exists, every pointer lands, every text is its own."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import matchmaker.demo
from matchmaker.dutch.readability import reading
from matchmaker.listings.kinds import kinds_for, levels_for
from matchmaker.matches.states import State
from matchmaker.reference import find_institution, municipality, study_field, work_field
from matchmaker.vocabulary import (
    PLACE_KINDS,
    SESSION_KINDS,
    Kind,
    Level,
    ListingStatus,
    Mode,
    OrganisationKind,
    Refusal,
    Role,
    Sector,
    Side,
    Track,
)

FOLDER = Path(matchmaker.demo.__path__[0]) / "content"
MEAN_SENTENCE, WORDS = 15, range(50, 111)
WEEKDAYS, PARTS = {"monday", "tuesday", "wednesday", "thursday", "friday"}, {"morning", "afternoon", "evening"}
OPEN_STATES = {State.PROPOSED, State.REQUESTED, State.ASKED, State.ROUTED, State.OFFERED, State.SCHEDULING}

Row = dict[str, Any]


def lines(name: str) -> list[Row]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


ORGANISATIONS: Row = json.loads((FOLDER / "organisations.json").read_text("utf-8"))
MUNICIPALITIES: dict[str, Row] = {row["code"]: row for row in ORGANISATIONS["municipalities"]}
INSTITUTIONS: dict[str, Row] = {row["key"]: row for row in ORGANISATIONS["institutions"]}
OTHERS = {row["key"] for row in [ORGANISATIONS["region"], ORGANISATIONS["platform"], *ORGANISATIONS["providers"]]}
PROGRAMMES = {
    (key, programme["name"]): programme
    for key, school in INSTITUTIONS.items()
    for faculty in school["faculties"]
    for programme in faculty["programmes"]
}
PEOPLE = {row["key"]: row for row in lines("people.jsonl")}
OFFERS = {row["key"]: row for row in lines("offers.jsonl")}
NEEDS = {row["key"]: row for row in lines("needs.jsonl")}
LISTINGS = [(Side.OFFER, row) for row in OFFERS.values()] + [(Side.NEED, row) for row in NEEDS.values()]
STORIES = lines("stories.jsonl")

each_listing = pytest.mark.parametrize(("side", "row"), LISTINGS, ids=[row["key"] for _, row in LISTINGS])
each_story = pytest.mark.parametrize("story", STORIES, ids=[story["key"] for story in STORIES])


def desk_of(code: str) -> str | None:
    """The organisation whose officers hold the desk of this municipality; none when it has no desk."""
    held = MUNICIPALITIES[code]["desk"] if code in MUNICIPALITIES else "none"
    return {"own": code, "region": ORGANISATIONS["region"]["key"], "none": None}[held]


def memberships(person: Row) -> list[Row]:
    return [person, *person.get("also", [])]


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


def test_twelve_municipalities_carry_their_cbs_code_and_name() -> None:
    assert {code: municipality(code).name for code in MUNICIPALITIES} == {
        code: row["name"] for code, row in MUNICIPALITIES.items()
    }
    assert len(MUNICIPALITIES) == 12


def test_seven_desks_are_own_three_municipalities_share_one_and_two_have_none() -> None:
    assert Counter(row["desk"] for row in MUNICIPALITIES.values()) == {"own": 7, "region": 3, "none": 2}
    assert sorted(ORGANISATIONS["region"]["members"]) == sorted(
        code for code, row in MUNICIPALITIES.items() if row["desk"] == "region"
    )


@pytest.mark.parametrize("row", MUNICIPALITIES.values(), ids=lambda row: row["name"])
def test_a_municipality_with_a_desk_promises_and_has_a_team_for_every_field_of_work(row: Row) -> None:
    held = sorted(code for team in row["teams"] for code in team["work_fields"])
    if row["desk"] == "none":
        assert (held, row["first_answer_days"], row["route_days"]) == ([], None, None)
    else:
        assert held == [f"W{number:02d}" for number in range(1, 26)]
        assert 1 <= row["first_answer_days"] <= row["route_days"]
    for statement in row["statements"]:
        assert statement["kind"] in {"no_places", "crowded"}
        assert work_field(statement["work_field"])
        assert [study_field(code).code for code in statement["study_fields"]] == statement["study_fields"]
        assert {Level(level) for level in statement["levels"]} <= set(Level)


@pytest.mark.parametrize("row", INSTITUTIONS.values(), ids=lambda row: row["key"])
def test_an_institution_is_in_the_register_or_says_that_it_is_invented(row: Row) -> None:
    found = find_institution(row["name"])
    assert (found.key if found else None) == row["register"]
    assert row["fictional"] is (found is None) and Sector(row["sector"])


@pytest.mark.parametrize(("key", "programme"), PROGRAMMES.items(), ids=lambda value: str(value)[:60])
def test_a_programme_has_levels_and_a_detailed_field_of_study(key: tuple[str, str], programme: Row) -> None:
    vo = INSTITUTIONS[key[0]]["sector"] == Sector.VO
    assert ({Level(level) for level in programme["levels"]} == {Level.VO}) is vo
    assert programme["levels"]
    if vo:
        assert programme["isced"] is None
    else:
        assert len(study_field(programme["isced"]).code) == 4


def test_every_role_has_an_account_and_every_desk_an_officer() -> None:
    desks = {desk_of(code) for code in MUNICIPALITIES} - {None}
    assert {person["organisation"] for person in PEOPLE.values() if person["role"] == Role.OFFICER} == desks
    assert {Role(member["role"]) for person in PEOPLE.values() for member in memberships(person)} == set(Role)


def test_people_have_their_own_key_and_an_address_that_cannot_exist() -> None:
    emails = [person["email"] for person in PEOPLE.values()]
    assert len(lines("people.jsonl")) == len(PEOPLE) == len(set(emails))
    assert [email for email in emails if not re.fullmatch(r"[a-z.]+@[a-z-]+\.example", email)] == []


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE.keys())
def test_a_person_works_for_an_organisation_team_or_faculty_that_exists(person: Row) -> None:
    for member in memberships(person):
        key = member["organisation"]
        assert key in MUNICIPALITIES or key in INSTITUTIONS or key in OTHERS
        if member.get("team"):
            assert member["team"] in {team["name"] for team in MUNICIPALITIES[key]["teams"]}
        if member.get("faculty"):
            assert member["faculty"] in {faculty["name"] for faculty in INSTITUTIONS[key]["faculties"]}
    if person["role"] == Role.STUDENT:
        assert person["level"] in PROGRAMMES[person["organisation"], person["programme"]]["levels"]
    if person["role"] == Role.COLLEAGUE:
        assert [work_field(code).code for code in person["speaks_about"]] == person["speaks_about"] != []


def test_one_student_is_seventeen_and_one_person_works_for_two_organisations() -> None:
    birthdays = [person["turns_18_in_days"] for person in PEOPLE.values() if "turns_18_in_days" in person]
    assert [0 < days < 365 for days in birthdays] == [True]
    assert [len({m["organisation"] for m in memberships(p)}) for p in PEOPLE.values() if "also" in p] == [2]


@pytest.mark.parametrize("side", Side)
def test_every_kind_stands_on_both_sides_of_the_desk(side: Side) -> None:
    assert {Kind(row["kind"]) for its, row in LISTINGS if its is side} == set(Kind)


def test_offers_cover_every_field_of_work_and_every_status() -> None:
    covered = {code for row in OFFERS.values() for code in row["work_fields"]}
    assert covered == {f"W{number:02d}" for number in range(1, 26)}
    assert {ListingStatus(row["status"]) for row in OFFERS.values()} == set(ListingStatus)


@each_listing
def test_a_listing_is_posted_by_someone_who_may_post_it(side: Side, row: Row) -> None:
    key, owner = row["organisation"], PEOPLE[row["owner"]]
    employers = {member["organisation"] for member in memberships(owner)}
    if key in MUNICIPALITIES:
        assert Kind(row["kind"]) in kinds_for(OrganisationKind.MUNICIPALITY, side)
        assert row["team"] in {team["name"] for team in MUNICIPALITIES[key]["teams"]}
        assert employers & {key, desk_of(key)}
    else:
        assert Kind(row["kind"]) in kinds_for(OrganisationKind.INSTITUTION, side)
        assert (key, row["programme"]) in PROGRAMMES
        assert key in employers


@each_listing
def test_a_listing_uses_codes_that_exist_and_studies_taught_in_the_region(side: Side, row: Row) -> None:
    taught = {programme["isced"] for programme in PROGRAMMES.values()}
    assert set(row["study_fields"]) <= taught
    assert [work_field(code).code for code in row["work_fields"]] == row["work_fields"] != []
    assert {Level(level) for level in row["levels"]} <= set(levels_for(Kind(row["kind"])))
    assert {Track(track) for track in row.get("track", [])} <= set(Track)
    assert Mode(row["mode"]) and row["language"] in {"nl", "en"} and 1 <= row["places"] <= 50


@each_listing
def test_a_listing_has_what_its_kind_asks(side: Side, row: Row) -> None:
    kind = Kind(row["kind"])
    if kind in PLACE_KINDS:
        assert 1 <= row["hours_min"] <= row["hours_max"] <= 40
        assert (row["allowance_min"] is None) is (row["allowance_max"] is None)
        assert (row["allowance_min"] or 0) <= (row["allowance_max"] or 0)
        assert row["duration_weeks"] >= 1
        assert side is Side.NEED or row["supervisor_title"]
        assert bool(row["track"]) is any(level.startswith("mbo") for level in row["levels"])
    if kind in SESSION_KINDS:
        assert row["group_size"] > 0 < row["minutes"] and row["slots"]
        assert all(slot["weekday"] in WEEKDAYS for slot in row["slots"])
        assert all(slot["part"] in PARTS if "part" in slot else slot["time"] for slot in row["slots"])
    asked = {
        Kind.GROUP: ("group_size", "groups", "block_weeks"),
        Kind.LECTURE: ("course", "preparation") if side is Side.NEED else ("preparation",),
        Kind.SEAT: ("term_years", "meetings_per_year", "committee", "profile"),
        Kind.COURSE: ("form",),
        Kind.QUESTION: ("what_is_needed",),
    }
    assert [name for name in asked.get(kind, ()) if not row[name]] == []
    assert (row["status"] == ListingStatus.RETURNED) is ("reason" in row)
    assert (row["respond_in_days"] < 0) is (row["status"] in {ListingStatus.CLOSED, ListingStatus.EXPIRED})


@each_listing
def test_a_text_is_long_enough_to_decide_on_and_short_enough_to_read(side: Side, row: Row) -> None:
    words = len(row["text"].split())
    assert words in WORDS
    assert words / len(sentences(row["text"])) <= MEAN_SENTENCE
    assert row["language"] == "en" or reading(row["text"]).is_b1
    assert 15 <= len(row["title"]) <= 90


def test_no_title_text_or_sentence_is_used_twice() -> None:
    assert (len(lines("offers.jsonl")), len(lines("needs.jsonl"))) == (len(OFFERS), len(NEEDS)) == (255, 120)
    for part in ("title", "text"):
        assert [text for text, n in Counter(row[part] for _, row in LISTINGS).items() if n > 1] == []
    said = Counter(sentence for _, row in LISTINGS for sentence in sentences(row["text"]) if len(sentence.split()) > 4)
    assert [sentence for sentence, n in said.items() if n > 1] == []


def test_no_municipality_pays_by_level() -> None:
    """One range per municipality for everyone, or none at all."""
    for code in MUNICIPALITIES:
        paid = {
            (row["allowance_min"], row["allowance_max"])
            for row in OFFERS.values()
            if row["organisation"] == code and row.get("allowance_min")
        }
        assert len(paid) <= 1


def test_stories_show_every_state_and_every_reason_to_say_no() -> None:
    assert {State(story["state"]) for story in STORIES} == set(State)
    assert {Refusal(story["refusal"]["code"]) for story in STORIES if story["refusal"]} == set(Refusal)
    assert len({story["key"] for story in STORIES}) == len(STORIES)


@each_story
def test_a_story_joins_a_need_and_an_offer_that_fit(story: Row) -> None:
    need, offer = NEEDS[story["need"]], OFFERS[story["offer"]] if story["offer"] else None
    if story["state"] in OPEN_STATES:
        assert {row["status"] for row in (need, offer) if row} == {"published"}
    if offer is None:
        return
    municipal = need if need["kind"] == Kind.QUESTION else offer
    assert municipal["organisation"] == story["municipality"]
    assert need["kind"] == offer["kind"]
    assert set(need["work_fields"]) & set(offer["work_fields"])
    study_fits, level_fits = (
        not need[part] or not offer[part] or bool(set(need[part]) & set(offer[part]))
        for part in ("study_fields", "levels")
    )
    assert study_fits
    assert level_fits is not ((story["refusal"] or {}).get("code") == Refusal.LEVEL)


@each_story
def test_a_story_is_handled_by_the_desk_and_told_in_order(story: Row) -> None:
    owner, colleague = story["owner"], story["colleague"]
    assert (PEOPLE[owner]["organisation"] if owner else None) == desk_of(story["municipality"])
    assert colleague is None or PEOPLE[colleague]["organisation"] == story["municipality"]
    assert story["standby"] is None or story["standby"] in PEOPLE
    days = [story["days_ago"], *(message["days_ago"] for message in story["messages"])]
    assert days == sorted(days, reverse=True)


@each_story
def test_only_those_who_take_part_in_a_story_speak(story: Row) -> None:
    parties = {NEEDS[story["need"]]["owner"], story["owner"], story["colleague"]}
    if story["offer"]:
        parties.add(OFFERS[story["offer"]]["owner"])
    if story["forwarded_to"]:
        parties |= {key for key, person in PEOPLE.items() if person["role"] == Role.OFFICER}
    assert {message["from"] for message in story["messages"]} <= parties
    assert all(message["text"] for message in story["messages"])


@each_story
def test_a_story_holds_what_its_state_needs(story: Row) -> None:
    state = State(story["state"])
    assert (story["agreed_in_days"] is not None) is (state is State.AGREED)
    assert (story["agreed_ago"] is not None) is (state is State.DONE)
    assert (story["forwarded_to"] in MUNICIPALITIES) is (state is State.FORWARDED)
    assert story["refusal"] is None or state in {State.REFUSED, State.WITHDRAWN}
    assert state is not State.REFUSED or story["refusal"]["text"]
    assert state is not State.ROUTED or story["colleague"]
    assert state is not State.SCHEDULING or len(story["slots"]) == 3
