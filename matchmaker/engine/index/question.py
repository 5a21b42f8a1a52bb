"""What a block is and what it is asked, in arrays: the two things a reading of it needs."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[Any]
Fractions = NDArray[np.float64]

SUBJECT, WHERE, WHEN, AUDIENCE, AMOUNT, DESK, UNTIL, OWNER = range(8)
"""What stands where in the numbers of a row: distinct values, the last day to respond, the organisation."""

WIDTH = 8


class Rows(NamedTuple):
    """The rows of a block: numbers (rows, WIDTH), so that one row is one piece of memory, and words.

    The words of row r lie from first[r] to first[r + 1] in `stems` and `weights`; `lengths` is Euclidean, 0 for none.
    """

    numbers: Integers
    stems: Integers
    weights: Integers
    first: Integers
    lengths: Fractions


class Order(NamedTuple):
    """The rows by what their subject brings, most first. Each level has an end and weighed points.

    Rows that came later are in no order.
    """

    rows: Integers
    ends: Integers
    points: Integers


class Question(NamedTuple):
    """What is asked: tables per column, rows that are out, the own words (weight per stem) and how to weigh them.

    A row is out when its last day < today or its owner == not_owner. `text_points` is the weight of text, `all_points`
    of all criteria that apply, `top` how many rows are asked.
    """

    tables: Sequence[Integers]
    order: Order
    today: int
    not_owner: int
    own: Integers
    length: float
    text_points: int
    all_points: int
    top: int
