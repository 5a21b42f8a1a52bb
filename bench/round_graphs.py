"""The round of the national database as a graph: the wishes as `match round` ranks them, from the warm index.

Without desks, which the peers do not know.
"""

import numpy as np

from bench.national import national_app
from matchmaker.engine.rounds.graph import Graph, Supply, graph_of
from matchmaker.matches.round_market import Market, add_wishes, needs_for_a_round, slices

AT_ONCE = 500
SCARCE = 0.8
"""Places per need in the scarce market."""


def national() -> Graph:
    """Plenty: every open need and offer with its places."""
    market = Market()
    with national_app():
        for piece in slices(needs_for_a_round(), AT_ONCE):
            add_wishes(market, piece)
    rows = [sorted(market.wishes[need].items(), key=lambda wish: (-wish[1], wish[0])) for need in sorted(market.wishes)]
    graph, _ = graph_of(rows, Supply(market.places))
    return graph


def cut(graph: Graph, *, seed: int = 1) -> Graph:
    """Too little: the same wishes, with places drawn one by one from all there are until there are 0.8 per need.

    Wishes for offers that kept none are left out.
    """
    every = np.repeat(np.arange(len(graph.places)), graph.places)
    drawn = np.random.default_rng(seed).permutation(every)[: int(SCARCE * graph.needs)]
    places = np.bincount(drawn, minlength=len(graph.places))
    kept = places[graph.offer] > 0
    start = np.append(0, np.cumsum(kept))[graph.start]
    return Graph.without_desks(start, graph.offer[kept], graph.score[kept], places)
