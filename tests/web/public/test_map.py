"""Dots of the map on the front page."""

import time
from itertools import combinations
from math import hypot
from typing import Any

from matchmaker.web.map_projection import WHOLE_COUNTRY, project
from matchmaker.web.public.map_labels import with_names
from matchmaker.web.public.map_spread import FURTHEST, spread

AROUND_UTRECHT = {
    "Utrecht": (52.09, 5.11, 90, 12), "Nieuwegein": (52.03, 5.09, 20, 5), "Houten": (52.03, 5.17, 15, 3),
    "Zeist": (52.09, 5.23, 10, 0), "De Bilt": (52.11, 5.18, 9, 0), "Stichtse Vecht": (52.14, 5.04, 12, 0),
    "IJsselstein": (52.02, 5.04, 8, 1), "Amersfoort": (52.16, 5.39, 60, 8), "Groningen": (53.22, 6.57, 0, 4),
}  # fmt: skip


def dots() -> list[dict[str, Any]]:
    made = []
    for name, (lat, lon, supply, demand) in AROUND_UTRECHT.items():
        x, y = project(lat, lon)
        made.append({"name": name, "x": x, "y": y, "supply": supply, "demand": demand})
    return made


def test_no_dot_lies_on_another_and_none_leaves_its_region() -> None:
    found, homes = spread(dots()), dots()
    for one, other in combinations(found, 2):
        assert hypot(one["x"] - other["x"], one["y"] - other["y"]) >= one["reach"] + other["reach"], (one, other)
    for dot, home in zip(found, homes, strict=True):
        assert hypot(dot["x"] - home["x"], dot["y"] - home["y"]) <= FURTHEST + 0.1
    assert (found[-1]["x"], found[-1]["y"]) == (homes[-1]["x"], homes[-1]["y"])


def test_the_dots_lie_the_same_every_time_even_on_one_spot() -> None:
    same = [{"name": str(n), "x": 100.0, "y": 100.0, "supply": 4, "demand": 0} for n in range(4)]
    assert spread(same) == spread(same)
    assert len({(dot["x"], dot["y"]) for dot in spread(same)}) == 4
    assert spread(dots()) == spread(dots())


def test_the_first_dot_is_named_even_when_the_others_close_it_in() -> None:
    ways = ((24, 0), (-24, 0), (0, 24), (0, -24))
    around = [{"name": f"Buur {n}", "x": 300.0 + x, "y": 400.0 + y, "reach": 8.0} for n, (x, y) in enumerate(ways)]
    named = with_names([{"name": "Utrecht", "x": 300.0, "y": 400.0, "reach": 14.0}, *around], WHOLE_COUNTRY)
    assert named[0]["label"]
    assert named[0]["lead"] is not None
    assert all(dot["lead"] is None for dot in named[1:])


def test_a_name_is_only_written_where_no_dot_lies() -> None:
    named = with_names(spread(dots()), WHOLE_COUNTRY, most=6)
    assert sum(dot["label"] for dot in named) >= 3
    for dot in named:
        if dot["label"] and dot["side"] == "right":
            start = dot["x"] + dot["reach"]
            end = start + len(dot["name"]) * 13
            for other in named:
                inside = start < other["x"] < end and abs(other["y"] - dot["y"]) < 12
                assert other is dot or not inside, (dot["name"], other["name"])


def test_a_map_that_did_not_change_is_not_worked_out_again() -> None:
    """Pushing the dots of a country apart takes a good part of a second."""
    country = [
        {"name": str(n), "x": n % 20 * 10.0, "y": n // 20 * 10.0, "supply": n % 7, "demand": n % 3} for n in range(340)
    ]
    first = spread(country)
    begun = time.thread_time()
    assert spread(country) == first
    assert time.thread_time() - begun < 0.05
    fuller = [country[0] | {"supply": 50}, *country[1:]]
    assert spread(fuller)[0]["reach"] > first[0]["reach"]
