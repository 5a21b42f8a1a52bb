import datetime as dt
import json
import math

import pytest

from matchmaker.engine.assessment import Verdict, verdict_of
from matchmaker.engine.profiles import Hours, PartOfDay, Period, Sessions, WeeklyPart
from matchmaker.engine.ranking import explain, rank, rank_needs
from matchmaker.engine.weights import DEFAULT_WEIGHTS
from matchmaker.vocabulary import Kind, Level, Party


def test_the_score_can_be_computed_again_from_the_reasons(need, offer, crosswalk):
    candidate = explain(need(), offer(), crosswalk=crosswalk)
    assert candidate is not None
    tenths = sum(each.score * round(each.weight * 100) for each in candidate.reasons) / 10
    assert candidate.score == math.floor(tenths + 0.5) / 10
    assert sum(each.weight for each in candidate.reasons) == pytest.approx(1)
    assert candidate.weights_version == "1"


def test_best_comes_first_and_equal_scores_fall_to_the_reference(need, offer, crosswalk):
    offers = [offer(reference="C"), offer(reference="B"), offer(reference="A", work_fields=frozenset({"W17"}))]
    found = rank(need(), offers, crosswalk=crosswalk)
    assert [(each.offer, each.rank) for each in found] == [("B", 1), ("C", 2), ("A", 3)]


def test_top_gives_the_first_of_the_whole_list(need, offer, crosswalk):
    offers = [offer(reference=f"A{n:02d}", desk_load=float(n)) for n in range(30)]
    whole = rank(need(), offers, crosswalk=crosswalk)
    assert rank(need(), offers, crosswalk=crosswalk, top=5) == whole[:5]
    with pytest.raises(ValueError, match="top"):
        rank(need(), offers, crosswalk=crosswalk, top=0)


def test_a_pair_scores_the_same_both_ways(need, offer, crosswalk):
    forward = rank(need(), [offer()], crosswalk=crosswalk)
    assert rank_needs(offer(), [need()], crosswalk=crosswalk.strengths) == forward


def test_verdicts_change_at_75_and_55():
    verdicts = [verdict_of(score) for score in (75.0, 74.9, 55.0, 54.9)]
    assert verdicts == [Verdict.GOOD, Verdict.FAIR, Verdict.FAIR, Verdict.MAYBE]


def test_reasons_and_hints_are_plain_json(need, offer, crosswalk):
    candidate = explain(need(), offer(hours=Hours(8, 24)), crosswalk=crosswalk)
    assert candidate is not None
    stored = [each.as_json() for each in candidate.reasons]
    assert json.loads(json.dumps(stored)) == stored
    hint = candidate.hint_for(Party.MUNICIPALITY)
    assert hint is not None
    assert hint.as_json()["code"] == "hint.widen_hours"


def test_an_offer_that_starts_too_early_is_told_to_start_later(need, offer, crosswalk):
    early = offer(period=Period(dt.date(2026, 12, 14), dt.date(2027, 5, 16), 20))
    candidate = explain(need(period=Period(dt.date(2027, 2, 1), dt.date(2027, 7, 4), 20)), early, crosswalk=crosswalk)
    assert candidate is not None
    hint = candidate.hint_for_municipality
    assert hint is not None
    assert (hint.code, hint.values) == ("hint.start_later", {"weeks": 5})
    assert hint.score == round(candidate.score + hint.gain, 1)


def test_a_lecturer_is_told_which_part_of_the_week_would_fit(need, offer, crosswalk):
    march = Period(dt.date(2027, 3, 1), dt.date(2027, 3, 31))
    friday, tuesday = (Sessions(weekly=frozenset({WeeklyPart(day, PartOfDay.MORNING)})) for day in (5, 2))
    candidate = explain(
        need(kind=Kind.LECTURE, sessions=friday, period=march),
        offer(kind=Kind.LECTURE, sessions=tuesday, period=march),
        crosswalk=crosswalk,
    )
    assert candidate is not None
    hint = candidate.hint_for_school
    assert hint is not None
    assert (hint.code, hint.values) == ("hint.add_part", {"weekday": 2, "part": "morning"})


def test_a_school_is_never_told_to_change_the_level_of_its_students(need, offer, crosswalk):
    asked = need(levels=frozenset({Level.HBO_BACHELOR, Level.WO_BACHELOR}))
    candidate = explain(asked, offer(), crosswalk=crosswalk)
    assert candidate is not None
    assert candidate.hint_for_municipality is not None
    assert candidate.hint_for_municipality.code == "hint.add_level"
    assert candidate.hint_for_school is None


def test_a_perfect_pair_has_no_hint(need, offer, crosswalk):
    same = {"study_fields": frozenset({"0731"}), "work_fields": frozenset({"W22"})}
    candidate = explain(need(**same), offer(**same, location=need().location), crosswalk=crosswalk)
    assert candidate is not None
    assert (candidate.score, candidate.verdict) == (100.0, Verdict.GOOD)
    assert (candidate.hint_for_school, candidate.hint_for_municipality) == (None, None)


def test_weights_of_another_version_are_named_in_the_proposal(need, offer, crosswalk):
    from_school = DEFAULT_WEIGHTS.from_json(DEFAULT_WEIGHTS.to_json().replace('"version": "1"', '"version": "2"'))
    candidate = explain(need(), offer(), crosswalk=crosswalk, weights=from_school)
    assert candidate is not None
    assert candidate.weights_version == "2"
