"""Figure 10: from 10,000 to 1,000,000 offers: time per offer and memory: `python -m bench.growth --help`.

Each size is a seeded database of its own in `build/bench`, kept to use again (the largest takes long to make), and is
measured in a process of its own. The blocks of every kind are filled from it; then as many needs of each kind
are ranked. Time per offer is the time of a need divided by the offers it was compared with.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from contextlib import ExitStack
from typing import Any

from bench.measure import card, write
from bench.national import national_app
from bench.ranking import Ours, needs_of
from matchmaker.matches.warm import committed_postings
from matchmaker.vocabulary import Kind, Side

SIZES = (10_000, 100_000, 1_000_000)
NEEDS = 2_000
OF_EACH_KIND = 40
TURNS = 5


def measure(offers: int) -> dict[str, Any]:
    """Nanoseconds per offer a need was compared with (CPU, best of the turns), seconds to fill, and memory at most."""
    with national_app(offers=offers, needs=NEEDS) as _, ExitStack() as blocks:
        began = time.process_time()
        ours = Ours({kind: blocks.enter_context(committed_postings(kind, Side.OFFER)) for kind in Kind})
        filled = time.process_time() - began
        needs = [need for kind in Kind for need in needs_of(kind, OF_EACH_KIND)]
        compared = sum(len(ours.indexes[need.kind]) for need in needs)
        for need in needs:
            ours.best(need)
        least = min(_seconds(ours, needs) for _ in range(TURNS))
        return {
            "offers": offers,
            "nanoseconds_per_offer": 1e9 * least / compared,
            "milliseconds_per_need": 1000 * least / len(needs),
            "seconds_to_fill": filled,
            "index_megabytes": sum(index.nbytes for index in ours.indexes.values()) / 1e6,
            "process_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        }


def _seconds(ours: Ours, needs: list[Any]) -> float:
    began = time.process_time()
    for need in needs:
        ours.best(need)
    return time.process_time() - began


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    told.add_argument("--one", type=int, help="measure one size and print it as JSON")
    told.add_argument("--json", default="")
    asked = told.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one)))
        return
    rows = []
    for size in asked.sizes:
        command = [sys.executable, "-m", "bench.growth", "--one", str(size)]
        row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
        print("10 growth: " + ", ".join(f"{name} {value:.4g}" for name, value in row.items()), flush=True)
        rows.append(row)
    write(asked.json, {"card": card("numpy", "numba"), "rows": rows})


if __name__ == "__main__":
    main()
