"""The loops of a round, compiled when numba is there (the extra `fast`), else as they stand."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from matchmaker.engine.compiling import can_compile, compiled_names
from matchmaker.engine.rounds import covering, kernels


@dataclass(frozen=True)
class Loops:
    """One way to run the loops. `hold` turns an array into what they work on."""

    name: str
    serve_in_turn: Callable[..., None]
    auction: Callable[..., int]
    drop_reserves: Callable[..., int]
    settle: Callable[..., tuple[int, int]]
    reach: Callable[..., bool]
    hold: Callable[[Any], Any]


PLAIN = Loops(
    "python",
    kernels.serve_in_turn,
    kernels.auction,
    kernels.drop_reserves,
    kernels.settle,
    covering.reach,
    lambda values: values.tolist(),
)
"""On lists: reading one number from a list is several times faster in Python than from an array."""

WORTH_COMPILING = 20_000
"""Wishes below which Python is done sooner than numba is imported."""


def loops(*, compiled: bool | None = None, wishes: int = WORTH_COMPILING) -> Loops:
    """The loops asked for; when none are, the compiled ones if they can be had and there are wishes enough.

    Raises ValueError when the compiled ones are asked for and numba is not installed.
    """
    if compiled is None:
        compiled = wishes >= WORTH_COMPILING and can_compile()
    if not compiled:
        return PLAIN
    if not can_compile():
        raise ValueError("numba is not installed: install the extra `fast`")
    return _compiled()


@cache
def _compiled() -> Loops:
    names = compiled_names(kernels, covering)
    return Loops(
        "numba",
        names["serve_in_turn"],
        names["auction"],
        names["drop_reserves"],
        names["settle"],
        names["reach"],
        np.ascontiguousarray,
    )
