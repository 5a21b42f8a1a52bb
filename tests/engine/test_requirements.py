import pytest

from matchmaker.engine.profiles import Place
from matchmaker.engine.requirements import excluded
from matchmaker.vocabulary import Kind, Level, Mode, Track


def test_a_pair_that_meets_everything_is_not_excluded(need, offer):
    assert excluded(need(), offer()) is None


@pytest.mark.parametrize(
    ("of_need", "of_offer", "code"),
    [
        ({"kind": Kind.LECTURE}, {}, "hard.kind"),
        ({}, {"capacity_left": 0}, "hard.capacity"),
        ({"capacity_left": 0}, {}, "hard.capacity"),
        ({}, {"levels": frozenset({Level.WO_MASTER})}, "hard.level"),
        ({"levels": frozenset({Level.AD})}, {"levels": frozenset({Level.HBO_BACHELOR})}, "hard.level"),
        (
            {"levels": frozenset({Level.MBO4}), "tracks": frozenset({Track.BBL})},
            {"tracks": frozenset({Track.BOL})},
            "hard.track",
        ),
        ({"languages": frozenset({"en"})}, {"languages": frozenset({"nl"})}, "hard.language"),
        ({"max_distance_km": 20.0}, {"location": Place(52.37, 4.90)}, "hard.distance"),
    ],
)
def test_each_hard_requirement_excludes_with_its_code(need, offer, of_need, of_offer, code):
    found = excluded(need(**of_need), offer(**of_offer))
    assert found is not None
    assert found.code == code


def test_a_track_says_nothing_of_hbo(need, offer):
    assert excluded(need(tracks=frozenset({Track.BBL})), offer(tracks=frozenset({Track.BOL}))) is None


def test_a_greatest_distance_does_not_bind_when_both_can_be_online(need, offer):
    far = offer(location=Place(53.2, 6.5), mode=Mode.HYBRID)
    assert excluded(need(max_distance_km=20.0, mode=Mode.HYBRID), far) is None


def test_a_need_compared_with_a_need_is_a_mistake_of_the_caller(need):
    with pytest.raises(ValueError, match="a need with an offer"):
        excluded(need(), need())
