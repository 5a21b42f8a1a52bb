"""Small markets for the tests, and the plain truth about them."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from config import ROOT
from matchmaker.engine.rounds.graph import Supply

Wishes = dict[str, dict[str, int]]
WAYS = [False, True]
"""Plain Python, and compiled: numba is among what the tests install, so one that is missing is a failure."""


@st.composite
def markets(draw: st.DrawFn, most_needs: int = 5) -> tuple[Wishes, Supply]:
    """A few needs and offers with few places, few different scores (so that ties are common) and perhaps desks."""
    offers = [f"A{number}" for number in range(draw(st.integers(1, 5)))]
    places = {offer: draw(st.integers(0, 2)) for offer in offers}
    room = {f"D{number}": draw(st.integers(0, 3)) for number in range(draw(st.integers(0, 2)))}
    desk_of = {offer: draw(st.sampled_from(sorted(room))) for offer in offers if room and draw(st.booleans())}
    scores = st.sampled_from([0, 1, 400, 401, 750, 1000]) | st.integers(0, 1000)
    wishes = {
        f"V{number}": draw(st.dictionaries(st.sampled_from(offers), scores, max_size=4))
        for number in range(draw(st.integers(0, most_needs)))
    }
    return wishes, Supply(places, desk_of, room)


def fits(assigned: Mapping[str, str], supply: Supply) -> bool:
    """Whether no offer and no desk takes more than it can."""
    taken = Counter(assigned.values())
    at_desk = Counter(supply.desk_of[offer] for offer in assigned.values() if offer in supply.desk_of)
    return all(taken[offer] <= supply.places[offer] for offer in taken) and all(
        at_desk[desk] <= supply.room[desk] for desk in at_desk
    )


def greatest_total(wishes: Wishes, supply: Supply, bonus: int) -> int:
    """The best total there is, by trying everything."""

    def best(needs: list[str], assigned: dict[str, str]) -> int:
        if not needs:
            return 0
        need, *rest = needs
        found = best(rest, assigned)
        for offer, score in wishes[need].items():
            if fits({**assigned, need: offer}, supply):
                found = max(found, score + bonus + best(rest, {**assigned, need: offer}))
        return found

    return best(sorted(wishes), {})


def check(certificate: Mapping[str, Any], folder: Path) -> subprocess.CompletedProcess[str]:
    """Hand a certificate to the script an outsider would run, with nothing of ours in reach."""
    name = f"check_{str(certificate['method']).replace('-', '_')}.py"
    file = folder / "certificate.json"
    file.write_text(json.dumps(certificate), encoding="utf-8")
    script = ROOT / "matchmaker" / "engine" / "rounds" / name
    return subprocess.run(
        [sys.executable, "-I", str(script), str(file)], capture_output=True, text=True, check=False, cwd=folder
    )
