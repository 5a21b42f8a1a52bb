"""Figures 4, 5 and 6: rounds beside their peers, in turn and warm: `python -m bench.rounds --help`.

CPU seconds of this process; in each turn everyone works twice and the second time counts, so that caches are warm.
"Times faster" is the peer divided by ours in the same turn: the median of all turns and the worst. "Short" is how far
our scores together are below those of the optimum OR-Tools found on the same graph with the same bonus; "certified" is
what our own certificate says at most. For OR-Tools only the solving counts, for ours everything from the arrays of the
graph to the outcome, its prices, the bound and the cover.

The first three rows are the round of the national database (DATABASE_URL, else one made in `build/bench`); the others
are made markets, for other shapes.
"""

import argparse
import json
import platform
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np

from bench import round_graphs, round_markets, round_peers
from matchmaker.engine.rounds.best_total import Outcome, assign
from matchmaker.engine.rounds.compiling import Loops, loops
from matchmaker.engine.rounds.graph import Graph, Whole
from matchmaker.engine.rounds.stable import lottery, serve

TURNS = 9
SEED = "bench"
TOO_LONG = 60.0


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives and its CPU seconds the second time in a row, so that the caches hold its own data."""
    work()
    began = time.process_time()
    found = work()
    return found, time.process_time() - began


def best_total_row(name: str, graph: Graph, run: Loops) -> dict[str, Any]:
    """One market: our auction and OR-Tools in turn."""
    assign(graph, run=run)
    ratios, own, with_building = [], [], []
    for _ in range(TURNS):
        found, seconds = timed(lambda: assign(graph, run=run))
        round_peers.min_cost_flow(graph, found.bonus)
        optimum, solving, building = round_peers.min_cost_flow(graph, found.bonus)
        own.append(seconds)
        ratios.append(solving / seconds)
        with_building.append((solving + building) / seconds)
    assert isinstance(found, Outcome)
    covered = int((found.held >= 0).sum())
    scores = optimum * found.scale - found.bonus * found.scale * covered
    return {
        "row": name,
        "needs": graph.needs,
        "wishes": len(graph.offer),
        "places": int(graph.places.sum()),
        "covered": covered,
        "times_faster": statistics.median(ratios),
        "worst": min(ratios),
        "with_building": statistics.median(with_building),
        "milliseconds": 1000 * statistics.median(own),
        "short_percent": 100 * (optimum * found.scale - found.total) / scores,
        "certified_percent": 100 * found.gap,
        "as_many_as_can_be": found.cover is not None,
        "bonus": found.bonus,
    }


def stable_row(name: str, graph: Graph, run: Loops) -> dict[str, Any]:
    """One market: ours, deferred acceptance with heaps, and serving in turn, the last two in plain Python on lists."""
    turn = lottery(SEED, [str(need) for need in range(graph.needs)])
    lot = np.argsort(turn).tolist()
    wishes, places, order = as_lists(graph), graph.places.tolist(), turn.tolist()
    serve(graph, turn, run)
    heap_ratios, turn_ratios, own = [], [], []
    for _ in range(TURNS):
        held, seconds = timed(lambda: serve(graph, turn, run))
        heaps, heap_seconds = timed(lambda: round_peers.deferred_acceptance(wishes, places, lot))
        _, turn_seconds = timed(lambda: round_peers.in_turn(wishes, places, order))
        own.append(seconds)
        heap_ratios.append(heap_seconds / seconds)
        turn_ratios.append(turn_seconds / seconds)
    got = np.where(held >= 0, graph.offer[held], -1)
    return {
        "row": name,
        "needs": graph.needs,
        "wishes": len(graph.offer),
        "covered": int((held >= 0).sum()),
        "times_faster": statistics.median(heap_ratios),
        "worst": min(heap_ratios),
        "faster_than_in_turn": statistics.median(turn_ratios),
        "milliseconds": 1000 * statistics.median(own),
        "same_as_heaps": got.tolist() == heaps,
        "blocking_pairs": blocking_pairs(graph, held, np.argsort(turn)),
    }


def blocking_pairs(graph: Graph, held: Whole, lot: Whole) -> int:
    """Wishes better than what was got, of which the offer has room or someone later in the lottery."""
    taken = np.bincount(graph.offer[held[held >= 0]], minlength=len(graph.places))
    last = np.full(len(graph.places), -1)
    np.maximum.at(last, graph.offer[held[held >= 0]], lot[held >= 0])
    need = np.repeat(np.arange(graph.needs), np.diff(graph.start))
    better = (held[need] < 0) | (np.arange(len(graph.offer)) < held[need])
    takes = (taken < graph.places)[graph.offer] | (last[graph.offer] > lot[need])
    return int((better & takes).sum())


def where_matching_ends(run: Loops) -> list[dict[str, Any]]:
    """Ever larger markets until the package `matching` takes longer than a minute."""
    found = []
    needs = 250
    while True:
        graph = round_markets.evenly_wished(needs)
        turn = lottery(SEED, [str(need) for need in range(needs)])
        _, seconds = timed(lambda graph=graph, turn=turn: serve(graph, turn, run))
        peer = round_peers.matching_package(as_lists(graph), graph.places.tolist(), np.argsort(turn).tolist())
        found.append({"needs": needs, "seconds": peer, "times_faster": peer / seconds})
        print(f"  matching, {needs:,} needs: {peer:.1f} s", flush=True)
        if peer > TOO_LONG:
            return found
        needs *= 2


def as_lists(graph: Graph) -> list[list[int]]:
    offers = graph.offer.tolist()
    return [offers[first:last] for first, last in zip(graph.start[:-1], graph.start[1:], strict=True)]


def show(row: dict[str, Any]) -> None:
    print(f"{row['row']}: {row['times_faster']:.1f} times faster (worst {row['worst']:.1f})")
    rest = {name: value for name, value in row.items() if name not in {"row", "times_faster", "worst"}}
    print("   " + ", ".join(f"{name} {value:.6g}" for name, value in rest.items()), flush=True)


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--without-numba", action="store_true")
    told.add_argument("--matching", action="store_true", help="also find where the package `matching` ends; minutes")
    told.add_argument("--json", default="")
    asked = told.parse_args()
    run = loops(compiled=not asked.without_numba)
    card = {name: version(name) for name in ("numpy", "numba", "ortools", "matching")}
    card |= {"python": platform.python_version(), "machine": platform.processor() or platform.machine()}
    print(f"loops: {run.name}; " + ", ".join(f"{name} {value}" for name, value in card.items()))
    plenty, scarce, single = round_graphs.national(), round_markets.scarce(), round_markets.scarce_single()
    too_little = round_graphs.cut(plenty)
    rows = []
    for measure in (
        lambda: best_total_row("4 best-total, loose", plenty, run),
        lambda: best_total_row("5 best-total, scarce", too_little, run),
        lambda: stable_row("6 stable", too_little, run),
        lambda: best_total_row("4 made: best-total, loose", round_markets.loose(), run),
        lambda: best_total_row("5 made: best-total, scarce", scarce, run),
        lambda: best_total_row("5 made: best-total, scarce, one place each", single, run),
        lambda: stable_row("6 made: stable, one place each", single, run),
        lambda: stable_row("6 made: stable, several places each", scarce, run),
    ):
        rows.append(measure())
        show(rows[-1])
    ends = where_matching_ends(run) if asked.matching else []
    if asked.json:
        with open(asked.json, "w", encoding="utf-8") as out:
            json.dump({"loops": run.name, "card": card, "rows": rows, "matching": ends}, out, indent=1)


if __name__ == "__main__":
    main()
