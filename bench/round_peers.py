"""Others that solve what a round solves, used as they are meant to be used."""

import sys
import time
from heapq import heappush, heappushpop

import numpy as np
from matching.games import HospitalResident
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from matchmaker.engine.rounds.graph import Graph

Lists = list[list[int]]


def min_cost_flow(graph: Graph, bonus: int) -> tuple[int, float, float]:
    """OR-Tools: the greatest total, and CPU seconds to solve and to build its graph. Staying without costs nothing."""
    began = time.process_time()
    solver = SimpleMinCostFlow()
    needs, source = graph.needs, np.repeat(np.arange(graph.needs), np.diff(graph.start))
    ones, end = np.ones(needs, np.int64), needs + len(graph.places)
    wished = np.unique(graph.offer)
    value = graph.score + bonus
    solver.add_arcs_with_capacity_and_unit_cost(source, needs + graph.offer, np.ones(len(value), np.int64), -value)
    free = np.zeros(len(wished), np.int64)
    solver.add_arcs_with_capacity_and_unit_cost(needs + wished, np.full(len(wished), end), graph.places[wished], free)
    solver.add_arcs_with_capacity_and_unit_cost(np.arange(needs), np.full(needs, end), ones, 0 * ones)
    solver.set_nodes_supplies(np.arange(needs), ones)
    solver.set_node_supply(end, -needs)
    built = time.process_time()
    assert solver.solve() == solver.OPTIMAL
    return -solver.optimal_cost(), time.process_time() - built, built - began


def deferred_acceptance(wishes: Lists, places: list[int], lot: list[int]) -> list[int]:
    """Plain Python with a heap per offer: the offer each need gets, -1 for none. lot (n): the lowest goes first."""
    heaps: list[list[tuple[int, int]]] = [[] for _ in places]
    asked, got = [0] * len(wishes), [-1] * len(wishes)
    free = list(range(len(wishes)))
    while free:
        need = free.pop()
        while asked[need] < len(wishes[need]):
            offer = wishes[need][asked[need]]
            asked[need] += 1
            if len(heaps[offer]) < places[offer]:
                heappush(heaps[offer], (-lot[need], need))
                got[need] = offer
                break
            _, out = heappushpop(heaps[offer], (-lot[need], need))
            if out != need:
                got[need], got[out] = offer, -1
                free.append(out)
                break
    return got


def in_turn(wishes: Lists, places: list[int], order: list[int]) -> list[int]:
    """Plain Python that serves the needs in the order of the lottery, as ours does."""
    left, got = places.copy(), [-1] * len(wishes)
    for need in order:
        for offer in wishes[need]:
            if left[offer]:
                left[offer] -= 1
                got[need] = offer
                break
    return got


def matching_package(wishes: Lists, places: list[int], lot: list[int]) -> float:
    """CPU seconds the package `matching` takes to make and solve the same market. It needs every offer to rank.

    It copies its players by recursion from one into all others; at Python's own limit that fails at a few hundred.
    """
    sys.setrecursionlimit(10_000_000)
    ranks: Lists = [[] for _ in places]
    for need in sorted(range(len(wishes)), key=lot.__getitem__):
        for offer in wishes[need]:
            ranks[offer].append(need)
    offers = [offer for offer, ranked in enumerate(ranks) if ranked and places[offer]]
    began = time.process_time()
    game = HospitalResident.create_from_dictionaries(
        {need: [f"o{offer}" for offer in row] for need, row in enumerate(wishes)},
        {f"o{offer}": ranks[offer] for offer in offers},
        {f"o{offer}": places[offer] for offer in offers},
    )
    game.solve()
    return time.process_time() - began
