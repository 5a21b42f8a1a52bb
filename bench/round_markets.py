"""Markets for the figures on rounds: the wishes of many needs as a graph.

Made here from a seed with the shape of real scores: every criterion of docs/engine.md for places, with its weight. The
subject of needs and offers follows a few popular ones (share of rank r is as 1 / r^0.8), and each need wishes the 20
best of all offers, as the engine would propose. `engine.rounds.graph.Graph` is all a figure asks for, so a graph from
any other source can be put in its place.
"""

import numpy as np
from numpy.typing import NDArray

from matchmaker.engine.rounds.graph import Graph, Whole

SUBJECTS, POPULARITY = 300, 0.8
WISHES = 20
COUNTRY_KM = 200


def market(needs: int, offers: int, *, places: Whole, seed: int) -> Graph:
    """A market in which each need wishes its 20 best offers."""
    draw = np.random.default_rng(seed)
    share = 1 / np.arange(1, SUBJECTS + 1) ** POPULARITY
    share /= share.sum()
    subject = {side: draw.choice(SUBJECTS, size, p=share) for side, size in (("need", needs), ("offer", offers))}
    where = {side: draw.random((size, 2)) * COUNTRY_KM for side, size in (("need", needs), ("offer", offers))}
    starts = {side: draw.integers(0, 26, size) for side, size in (("need", needs), ("offer", offers))}
    level = {side: draw.integers(0, 3, size) for side, size in (("need", needs), ("offer", offers))}
    of_subject = [np.flatnonzero(subject["offer"] == each) for each in range(SUBJECTS)]
    rows: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    for need in range(needs):
        own = subject["need"][need]
        found = np.concatenate([of_subject[own], of_subject[(own + 1) % SUBJECTS]])
        distance = np.hypot(*(where["offer"][found] - where["need"][need]).T)
        total = (
            35 * np.where(subject["offer"][found] == own, 100, 50)
            + 10 * np.clip(draw.normal(35, 20, len(found)), 0, 100).round()
            + 10 * np.where(level["offer"][found] == level["need"][need], 100, 75)
            + 15 * np.clip(100 - 8 * np.abs(starts["offer"][found] - starts["need"][need]), 0, 100)
            + 10 * np.clip(100 - (distance - 5) * 100 / 55, 0, 100).round()
            + (5 + 10) * 100
            + 5 * 80
        )
        tenths = (total / 10).round().astype(np.int64)
        best = np.lexsort((found, -tenths))[:WISHES]
        rows.append((found[best], tenths[best]))
    return Graph.without_desks(
        start=np.cumsum([0, *(len(found) for found, _ in rows)], dtype=np.int64),
        offer=np.concatenate([found for found, _ in rows]).astype(np.int32),
        score=np.concatenate([tenths for _, tenths in rows]),
        places=places,
    )


def loose() -> Graph:
    """Plenty: 20,000 needs, 100,000 offers with one to three places each."""
    return market(20_000, 100_000, places=np.random.default_rng(2).integers(1, 4, 100_000), seed=1)


def scarce() -> Graph:
    """Too little: 20,000 needs and 4,000 offers with one to seven places, about 16,000 in all."""
    return market(20_000, 4_000, places=np.random.default_rng(2).integers(1, 8, 4_000), seed=1)


def scarce_single() -> Graph:
    """Too little, one place each: 20,000 needs and 15,000 offers."""
    return market(20_000, 15_000, places=np.ones(15_000, np.int64), seed=1)


def evenly_wished(needs: int) -> Graph:
    """Each need wishes 20 offers at random, of one offer with four places for every five needs: small sizes too."""
    draw = np.random.default_rng(3)
    offers = needs // 5
    rows = [draw.permutation(offers)[:WISHES] for _ in range(needs)]
    return Graph.without_desks(
        start=np.arange(needs + 1, dtype=np.int64) * WISHES,
        offer=np.concatenate(rows).astype(np.int32),
        score=np.zeros(needs * WISHES, np.int64),
        places=np.full(offers, 4),
    )
