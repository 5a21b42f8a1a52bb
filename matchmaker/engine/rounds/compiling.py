"""The loops of a round, compiled when numba is there (the extra `fast`), else as they stand."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import FunctionType
from typing import Any

import numpy as np

from matchmaker.engine.rounds import kernels


@dataclass(frozen=True)
class Loops:
    """One way to run the loops. `hold` turns an array into what they work on."""

    name: str
    serve_in_turn: Callable[..., None]
    auction: Callable[..., int]
    settle: Callable[..., tuple[int, int, int]]
    hold: Callable[[Any], Any]


PLAIN = Loops("python", kernels.serve_in_turn, kernels.auction, kernels.settle, lambda values: values.tolist())
"""On lists: reading one number from a list is several times faster in Python than from an array."""


def can_compile() -> bool:
    return importlib.util.find_spec("numba") is not None


def loops(*, compiled: bool | None = None) -> Loops:
    """The compiled loops when they can be had, or those asked for. Raises ValueError when numba is not installed."""
    if compiled is None:
        compiled = can_compile()
    if not compiled:
        return PLAIN
    if not can_compile():
        raise ValueError("numba is not installed: install the extra `fast`")
    return _compiled()


@cache
def _compiled() -> Loops:
    """numba is imported here and not at the top, because that takes longer than a round and most never need it."""
    numba = import_module("numba")
    names: dict[str, Any] = dict(vars(kernels))
    for name, plain in vars(kernels).items():
        if isinstance(plain, FunctionType) and plain.__module__ == kernels.__name__:
            names[name] = numba.njit(cache=True)(FunctionType(plain.__code__, names, name))
    return Loops(
        "numba",
        names["serve_in_turn"],
        names["auction"],
        names["settle"],
        np.ascontiguousarray,
    )
