import numpy as np
import pytest

from matchmaker.engine.index.selection import Question, Rows, compiled, find_in_numpy

SIZES = (1, 5, 17, 3, 8, 40)
HARD_NO = -(10**8)


def case(number: int, *, rows: int, top: int, text: int, silent: bool) -> tuple[Rows, Question]:
    chance = np.random.default_rng(number)
    first = np.concatenate(([0], np.cumsum(chance.integers(0, 9, rows))))
    weights = chance.integers(1, 65_536, first[-1]).astype(np.uint16)
    squares = np.concatenate(([0], np.cumsum(weights.astype(np.int64) ** 2)))
    own = np.zeros(50, dtype=np.int64) if silent else chance.integers(0, 65_536, 50) * chance.integers(0, 2, 50)
    tables = [chance.choice((HARD_NO, 0, 50, 1_000, 3_000), size, p=(0.1, 0.2, 0.3, 0.2, 0.2)) for size in SIZES]
    return (
        Rows(
            columns=[chance.integers(0, size, rows).astype(np.uint32) for size in SIZES],
            until=chance.integers(0, 9, rows).astype(np.int32),
            owner=chance.integers(0, 4, rows).astype(np.int32),
            stems=chance.integers(0, 50, first[-1]).astype(np.int32),
            weights=weights,
            first=first,
            lengths=np.sqrt((squares[first[1:]] - squares[first[:-1]]).astype(np.float64)),
        ),
        Question(
            tables=[table.astype(np.int32) for table in tables],
            today=3,
            not_owner=2,
            own=own.astype(np.int32),
            length=float(np.sqrt((own**2).sum())),
            text_points=text,
            all_points=100 + text,
            top=top,
        ),
    )


@pytest.mark.parametrize("number", range(12))
@pytest.mark.parametrize("rows", [1, 7, 300, 3_000])
def test_the_compiled_loops_find_what_numpy_finds(number, rows):
    rows, asked = case(number, rows=rows, top=1 + 4 * number, text=10 * number, silent=number % 4 == 0)
    ours, theirs = compiled()(rows, asked), find_in_numpy(rows, asked)
    assert [each.tolist() for each in ours] == [each.tolist() for each in theirs]


def test_what_is_closed_or_of_the_owner_or_a_hard_no_is_not_found():
    rows, asked = case(1, rows=2_000, top=2_000, text=10, silent=False)
    found, _ = compiled()(rows, asked)
    points = sum(table[column] for table, column in zip(asked.tables, rows.columns, strict=True))
    assert found.tolist() == np.flatnonzero((rows.until >= 3) & (rows.owner != 2) & (points >= 0)).tolist()
