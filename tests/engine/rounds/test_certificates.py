"""What an outsider can check: true certificates pass, and one that was tampered with is refused with the reason."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config import ROOT
from matchmaker.engine.rounds.best_total import best_total
from matchmaker.engine.rounds.graph import Supply
from matchmaker.engine.rounds.stable import stable
from tests.engine.rounds.markets import check

SCORES = {
    "V1": {"A1": 900, "A2": 800},
    "V2": {"A1": 850, "A2": 500, "A3": 450},
    "V3": {"A1": 700},
    "V4": {"A4": 600, "A3": 550},
    "V5": {"A4": 640},
}
SUPPLY = Supply({"A1": 1, "A2": 1, "A3": 1, "A4": 2, "A5": 0}, {"A3": "D1", "A4": "D1"}, {"D1": 2, "D2": 0})
Change = Callable[[dict[str, Any]], object]


def of_stable() -> dict[str, Any]:
    return stable({need: list(row) for need, row in SCORES.items()}, SUPPLY, seed="proef").certificate


def of_best_total() -> dict[str, Any]:
    return best_total(SCORES, SUPPLY).certificate


def test_a_true_certificate_is_right(tmp_path: Path) -> None:
    fair = check(of_stable(), tmp_path)
    assert (fair.returncode, fair.stderr) == (0, "")
    assert fair.stdout == "Right: 4 of 5 needs have an offer, and no pair would rather have each other.\n"
    best = check(of_best_total(), tmp_path)
    assert (best.returncode, best.stderr) == (0, "")
    assert best.stdout.startswith("Right: 4 of 5 needs, as many as can be, at most 0.0")


@pytest.mark.parametrize("name", ["check_stable.py", "check_best_total.py"])
def test_a_checker_is_thirty_lines_of_plain_python(name: str) -> None:
    lines = (ROOT / "matchmaker" / "engine" / "rounds" / name).read_text("utf-8").splitlines()
    imports = {line.split()[1] for line in lines if line.startswith(("import ", "from "))}
    assert len(lines) <= 30
    assert imports <= {"json", "sys", "hashlib", "collections"}


STABLE_LIES: dict[str, tuple[Change, str]] = {
    "someone is left out": (lambda told: told["assigned"].pop(min(told["assigned"])), "would rather have"),
    "an offer nobody wished": (lambda told: told["assigned"].update(V3="A2"), "which it did not wish"),
    "another seed": (lambda told: told.update(seed="proef 3"), "would rather have"),
    "more places than there were": (lambda told: told["offers"]["A1"].update(places=2), "would rather have"),
    "fewer places than were given": (lambda told: told["offers"]["A4"].update(places=0), "takes more than there is"),
    "a desk with less room": (lambda told: told["desks"].update(D1=1), "takes more than there is"),
}
TOTAL_LIES: dict[str, tuple[Change, str]] = {
    "a worse outcome": (lambda told: told["assigned"].pop("V1"), "WRONG: total"),
    "an offer nobody wished": (lambda told: told["assigned"].update(V3="A2"), "what is not among its wishes"),
    "fewer places than were given": (lambda told: told["offers"]["A1"].update(places=0), "takes more than it can"),
    "a desk with less room": (lambda told: told["desks"].update(D1=1), "takes more than it can"),
    "a lower bound than the prices give": (lambda told: told.update(bound=told["total"] - 1), "WRONG: total"),
    "a cover with a hole": (
        lambda told: told["cover"].update(needs=[], offers=[], desks=[]),
        "the cover does not show",
    ),
    "a price below zero": (lambda told: told["prices"].update(A2=-600), "a price is below zero"),
    "no price where all want to be": (lambda told: told["prices"].clear(), "WRONG: total"),
    "a higher total": (lambda told: told.update(total=told["total"] + 1), "WRONG: total"),
    "a better score than was stated": (lambda told: told["needs"]["V4"].update(A4=1000), "WRONG: total"),
}


@pytest.mark.parametrize("lie", STABLE_LIES)
def test_a_stable_certificate_that_was_tampered_with_is_refused(lie: str, tmp_path: Path) -> None:
    told, (change, reason) = copy.deepcopy(of_stable()), STABLE_LIES[lie]
    change(told)
    outcome = check(told, tmp_path)
    assert (outcome.returncode, outcome.stdout, reason in outcome.stderr) == (1, "", True), outcome.stderr


@pytest.mark.parametrize("lie", TOTAL_LIES)
def test_a_best_total_certificate_that_was_tampered_with_is_refused(lie: str, tmp_path: Path) -> None:
    told, (change, reason) = copy.deepcopy(of_best_total()), TOTAL_LIES[lie]
    change(told)
    outcome = check(told, tmp_path)
    assert (outcome.returncode, outcome.stdout, reason in outcome.stderr) == (1, "", True), outcome.stderr
