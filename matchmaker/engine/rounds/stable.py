"""A stable round: nobody could do better with an offer that would rather have them.

Offers do not choose between people, so a lottery from a published seed decides who goes first where there is not
enough. One lottery holds for all offers. With one order for all, deferred acceptance (Gale & Shapley 1962) never has to
take back what it gave when the needs propose in that order: the outcome is that of serving them in turn. That is why it
is fast, and nobody can gain by listing other wishes than the true ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np

from matchmaker.engine.rounds.compiling import Loops, loops
from matchmaker.engine.rounds.graph import Graph, Short, Supply, Whole, check_wishes, graph_of, narrowed

AHEAD = 64
"""Needs whose first wish is read ahead."""


@dataclass(frozen=True)
class Stable:
    """What each need got, by reference, and what an outsider needs to check it."""

    assigned: dict[str, str]
    certificate: dict[str, Any]


def lottery_number(seed: str, need: str) -> str:
    """SHA-256 of the seed, a colon and the reference of the need, in hexadecimal: the lowest goes first."""
    return sha256(f"{seed}:{need}".encode()).hexdigest()


def lottery(seed: str, needs: Sequence[str]) -> Short:
    """The numbers (positions in `needs`) of the needs in the order of the lottery; equal draws fall to the reference.

    Raises ValueError for a seed without a sign in it.
    """
    if not seed.strip():
        raise ValueError("a lottery needs a seed")
    drawn = sorted((lottery_number(seed, need), need, place) for place, need in enumerate(needs))
    return narrowed(np.array([place for _, _, place in drawn], np.int64), len(needs))


def stable(wishes: Mapping[str, Sequence[str]], supply: Supply, *, seed: str, compiled: bool | None = None) -> Stable:
    """Give every need the best of its wishes (offers, best first) that those before it in the lottery left.

    Wishes hold only what meets the hard requirements. An offer takes no more than its places and a desk no more than
    its room. The outcome depends on neither the order of the input nor on whether the loops are compiled. Raises
    ValueError for a wish for what is not there, a wish named twice, and a seed that is empty.
    """
    needs = sorted(wishes)
    for need in needs:
        check_wishes(need, wishes[need], supply)
    graph, names = graph_of([[(offer, 0) for offer in wishes[need]] for need in needs], supply)
    held = serve(graph, lottery(seed, needs), loops(compiled=compiled, wishes=len(graph.offer)))
    assigned = {need: names[graph.offer[wish]] for need, wish in zip(needs, held, strict=True) if wish >= 0}
    return Stable(
        assigned,
        {
            "method": "stable",
            "seed": seed,
            "needs": {need: list(wishes[need]) for need in needs},
            **supply.as_json(),
            "assigned": assigned,
        },
    )


def serve(graph: Graph, turn: Short, run: Loops) -> Whole:
    """The wish each need gets (n, numbers into the wishes, -1 for none) when needs are served in the order of `turn`.

    The time is that of reading each wish once at most.
    """
    held = run.hold(np.full(graph.needs, -1, np.int64))
    left = narrowed(np.minimum(graph.places, graph.needs), graph.needs)
    room = np.append(np.minimum(graph.room, graph.needs), graph.needs + 1)
    ahead, first, last = (run.hold(np.zeros(AHEAD, each.dtype)) for each in (graph.offer, graph.start, graph.start))
    run.serve_in_turn(
        *map(run.hold, (graph.start, graph.offer, turn, left, graph.desk, room)), held, ahead, first, last
    )
    return np.asarray(held, np.int64)
