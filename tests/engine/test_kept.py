"""A profile that was kept compares exactly as the one the engine saw."""

import json
from dataclasses import replace

from hypothesis import given, settings

from matchmaker.engine.kept import profile_as_json, profile_from_json
from matchmaker.engine.profiles import Profile
from matchmaker.engine.ranking import explain
from matchmaker.vocabulary import Kind, Side
from tests.engine.generated import CROSSWALK, needs_with_offers, profiles


def through_json(profile: Profile) -> Profile:
    return profile_from_json(json.loads(json.dumps(profile_as_json(profile))), desk_load=profile.desk_load)


@settings(max_examples=200, deadline=None)
@given(profiles(Side.OFFER))
def test_a_profile_comes_back_equal(profile: Profile) -> None:
    assert through_json(profile) == profile


@settings(max_examples=100, deadline=None)
@given(needs_with_offers)
def test_a_pair_gives_the_same_score_reasons_and_hints(pool: tuple[Profile, list[Profile]]) -> None:
    need, offers = pool
    for offer in offers:
        kept = explain(through_json(need), through_json(offer), crosswalk=CROSSWALK)
        assert kept == explain(need, offer, crosswalk=CROSSWALK)


def test_only_words_a_reason_can_name_are_kept() -> None:
    own = Profile("A1", Kind.LECTURE, Side.OFFER, terms={"water": 100}, written_as={"water": "Water"})
    more = replace(own, written_as={"water": "Water", "het": "het"})
    assert profile_as_json(more) == profile_as_json(own)
