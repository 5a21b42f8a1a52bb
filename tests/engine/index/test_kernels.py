import numpy as np
import pytest

from matchmaker.engine.index.kernels import IN_NUMPY, OUT, Kernels, compiled

pytest.importorskip("numba", reason="DID NOT RUN: the extra `fast` is not installed")


@pytest.fixture(params=range(5))
def case(request):
    chance = np.random.default_rng(request.param)
    rows = (0, 1, 7, 300, 2_000)[request.param]
    sizes = (1, 5, 17, 3, 40)
    columns = [chance.integers(0, size, rows).astype(np.intp) for size in sizes]
    tables = [chance.integers(-(10**8), 10**5, size).astype(np.int32) for size in sizes]
    until, owner = chance.integers(0, 9, rows).astype(np.int32), chance.integers(0, 4, rows)
    first = np.concatenate(([0], np.cumsum(chance.integers(0, 30, rows))))
    stems = chance.integers(0, 50, first[-1]).astype(np.int32)
    weights = chance.integers(1, 65_536, first[-1]).astype(np.uint16)
    own = chance.integers(0, 65_536, 50) * chance.integers(0, 2, 50)
    return columns, tables, until, owner, stems, weights, first, own, chance.permutation(rows)[: rows // 2]


def read(kernels: Kernels, case) -> tuple[list[int], list[int]]:
    columns, tables, until, owner, stems, weights, first, own, rows = case
    points = kernels.add_points(columns, tables, until, owner, 4, 2)
    return points.tolist(), kernels.products(own, stems, weights, first, rows).tolist()


def test_the_compiled_loops_give_what_numpy_gives(case):
    assert read(compiled(), case) == read(IN_NUMPY, case)


def test_closed_rows_and_those_of_the_owner_are_out(case):
    columns, tables, until, owner, *_ = case
    points = compiled().add_points(columns, tables, until, owner, 4, 2)
    assert (points[(until < 4) | (owner == 2)] == OUT).all()
