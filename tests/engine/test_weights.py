import json

import pytest

from matchmaker.engine.criteria import APPLIES
from matchmaker.engine.findings import Criterion
from matchmaker.engine.profiles import KindGroup
from matchmaker.engine.weights import DEFAULT_WEIGHTS, Weights, WeightsError


def test_weights_survive_a_round_trip_through_json():
    assert Weights.from_json(DEFAULT_WEIGHTS.to_json()) == DEFAULT_WEIGHTS


def test_the_default_points_are_percentages():
    assert [sum(DEFAULT_WEIGHTS.by_group[group].values()) for group in KindGroup] == [100, 100, 100, 100]
    assert DEFAULT_WEIGHTS.version == "1"


@pytest.mark.parametrize("points", [-1, 1001, 3.5, "35", True, None])
def test_points_that_are_no_points_are_refused(points):
    read = json.loads(DEFAULT_WEIGHTS.to_json())
    read["weights"]["places"]["subject"] = points
    with pytest.raises(WeightsError, match="places, subject"):
        Weights.from_json(json.dumps(read))


def test_a_missing_or_a_strange_criterion_is_refused():
    read = json.loads(DEFAULT_WEIGHTS.to_json())
    del read["weights"]["seats"]["text"]
    with pytest.raises(WeightsError, match="seats"):
        Weights.from_json(json.dumps(read))
    read = json.loads(DEFAULT_WEIGHTS.to_json())
    read["weights"]["sessions"]["hours"] = 5
    with pytest.raises(WeightsError, match="sessions"):
        Weights.from_json(json.dumps(read))


@pytest.mark.parametrize("text", ["", "[]", "null", '{"version":"2"}', '{"version":2,"weights":{}}', "{"])
def test_text_that_holds_no_weights_is_refused(text):
    with pytest.raises(WeightsError):
        Weights.from_json(text)


def test_a_total_is_rounded_half_up_to_one_decimal():
    points = {each: 1 if each in {Criterion.SUBJECT, Criterion.TEXT} else 0 for each in APPLIES[KindGroup.PLACES]}
    weights = Weights("t", {**DEFAULT_WEIGHTS.by_group, KindGroup.PLACES: {**points, Criterion.TEXT: 19}})
    scores = dict.fromkeys(APPLIES[KindGroup.PLACES], 0) | {Criterion.SUBJECT: 1}
    assert weights.total(KindGroup.PLACES, scores) == 0.1


def test_all_zero_is_no_weighing():
    zero = dict.fromkeys(APPLIES[KindGroup.PLACES], 0)
    with pytest.raises(WeightsError, match="at least one"):
        Weights("t", {**DEFAULT_WEIGHTS.by_group, KindGroup.PLACES: zero})
