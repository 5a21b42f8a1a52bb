"""The engine's proposals as they are stored."""

from datetime import date

import pytest
from flask import Flask

from matchmaker.catalogue.queries import crosswalk_at, weights_at
from matchmaker.database import db
from matchmaker.engine.profiles import DatedSlot, Hours, PartOfDay, Sessions, WeeklyPart
from matchmaker.engine.ranking import explain
from matchmaker.mail.models import Letter
from matchmaker.matches import actions
from matchmaker.matches.models import Match
from matchmaker.matches.profiles_from import profile_from, sessions_from
from matchmaker.matches.proposing import LEAST_SCORE, MOST_PROPOSALS
from matchmaker.matches.queries import desk_loads
from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind, Level, ListingStatus, Party, Refusal, Role
from tests.factories import listings, people
from tests.matches.scenes import scene


def test_both_sides_give_the_same_proposal(app: Flask) -> None:
    here = scene()
    offer = listings.offer(here.municipality, work_fields=["W22"])
    (from_need,) = actions.propose_for(here.need)
    assert actions.propose_for(offer) == [from_need]
    assert (from_need.need, from_need.offer, from_need.desk) == (here.need, offer, here.desk)


def test_proposing_again_changes_nothing(app: Flask) -> None:
    here = scene()
    listings.offer(here.municipality, work_fields=["W22"])
    (match,) = actions.propose_for(here.need)
    version, events, sent = match.version, len(match.events), db.session.query(Letter).count()
    assert actions.propose_for(here.need) == [match]
    db.session.refresh(match)
    assert (match.version, len(match.events), db.session.query(Letter).count()) == (version, events, sent)


def test_what_was_refused_is_not_proposed_again(app: Flask) -> None:
    here = scene()
    listings.offer(here.municipality, work_fields=["W22"])
    (match,) = actions.propose_for(here.need)
    actions.request(match, by=here.lecturer)
    actions.refuse(match, refusal=Refusal.CROWDED, by=here.officer, as_party=Party.MUNICIPALITY)
    assert actions.propose_for(here.need) == []
    assert match.state is State.REFUSED


def test_a_changed_posting_changes_the_stored_reasons_of_its_proposals(app: Flask) -> None:
    here = scene()
    offer = listings.offer(here.municipality, work_fields=["W22"])
    (match,) = actions.propose_for(here.need)
    before = match.score
    offer.work_fields = ["W15"]
    offer.study_fields = ["0731"]
    db.session.flush()
    (again,) = actions.propose_for(here.need)
    assert again.id == match.id and again.score != before


def test_reasons_hints_and_score_can_be_recomputed_from_the_stored_versions(app: Flask) -> None:
    here = scene(levels=["hbo_bachelor", "mbo4"])
    offer = listings.offer(here.municipality, work_fields=["W22"], levels=["hbo_bachelor"], places=3)
    (match,) = actions.propose_for(here.need)
    loads = desk_loads()
    again = explain(
        profile_from(here.need, desk_loads=loads),
        profile_from(offer, desk_loads=loads),
        crosswalk=crosswalk_at(match.crosswalk_version),
        weights=weights_at(match.weights_version),
    )
    assert again is not None
    assert match.score == again.score
    assert match.reasons == [reason.as_json() for reason in again.reasons]
    assert match.hints == {
        party: hint.as_json()
        for party, hint in (("school", again.hint_for_school), ("municipality", again.hint_for_municipality))
        if hint
    }
    assert (match.weights_version, match.crosswalk_version) == ("1", "1")


def test_at_most_twenty_above_the_floor_are_stored_best_first(app: Flask) -> None:
    here = scene()
    for _ in range(MOST_PROPOSALS + 2):
        listings.offer(here.municipality, work_fields=["W22"])
    found = actions.propose_for(here.need)
    assert len(found) == MOST_PROPOSALS
    scores = [match.score or 0 for match in found]
    assert scores == sorted(scores, reverse=True) and min(scores) >= LEAST_SCORE


def test_a_hard_requirement_is_never_proposed(app: Flask) -> None:
    here = scene(levels=["mbo4"])
    listings.offer(here.municipality, work_fields=["W22"], levels=["wo_master"])
    assert actions.propose_for(here.need) == []


@pytest.mark.parametrize("status", [ListingStatus.DRAFT, ListingStatus.CLOSED, ListingStatus.IN_CHECK])
def test_what_is_not_online_takes_no_part(app: Flask, status: ListingStatus) -> None:
    here = scene()
    listings.offer(here.municipality, work_fields=["W22"], status=status)
    assert actions.propose_for(here.need) == []
    here.need.status = status
    listings.offer(here.municipality, work_fields=["W22"])
    assert actions.propose_for(here.need) == []


def test_the_load_of_a_desk_is_its_open_items_per_officer(app: Flask) -> None:
    here = scene()
    for _ in range(3):
        actions.ask_desk(listings.need(here.school, owner_id=here.lecturer.id), here.municipality, by=here.lecturer)
    assert desk_loads()[here.desk.id] == 3.0
    people.member(Role.OFFICER, here.municipality)
    assert desk_loads()[here.desk.id] == 1.5


def test_a_need_without_fields_takes_those_of_its_programme(app: Flask) -> None:
    school = people.institution()
    programme = people.programme(school, isced="0731", levels=["hbo_bachelor"])
    need = listings.need(school, programme_id=programme.id, places=4, places_taken=1, hours_min=24, kind=Kind.WORK)
    profile = profile_from(need, desk_loads={})
    assert (profile.study_fields, profile.levels) == (frozenset({"0731"}), frozenset({Level.HBO_BACHELOR}))
    assert (profile.capacity_left, profile.hours, profile.desk_load) == (3, Hours(24, 24), None)


def test_slots_become_parts_of_days(app: Flask) -> None:
    found = sessions_from([{"date": "2027-03-02", "time": "10:00"}, {"weekday": 2, "part": "afternoon"}])
    assert found == Sessions(
        frozenset({DatedSlot(date(2027, 3, 2), PartOfDay.MORNING)}), frozenset({WeeklyPart(2, PartOfDay.AFTERNOON)})
    )


def test_only_the_owner_of_a_posting_that_fits_well_gets_a_letter(app: Flask) -> None:
    here = scene()
    listings.offer(here.municipality, work_fields=["W22"], owner_id=here.officer.id)
    (match,) = actions.propose_for(here.need)
    assert (match.score or 0) >= 75
    assert [(letter.template, letter.to_address) for letter in db.session.query(Letter)] == [
        ("match_proposed", here.officer.email)
    ]
    assert db.session.query(Match).count() == 1
