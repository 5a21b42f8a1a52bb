import numpy as np
import pytest

from matchmaker.engine.index.question import OWNER, UNTIL, Integers, Question, Rows
from matchmaker.engine.index.selection import compiled, in_numpy, ordered

SIZES = (40, 5, 17, 3, 8, 1)
HARD_NO = -(10**8)
SUBJECT_POINTS = 30


def by_row(found: tuple[Integers, Integers]) -> list[tuple[int, int]]:
    return sorted(zip(*(each.tolist() for each in found), strict=True))


def case(number: int, *, rows: int, top: int, text: int, silent: bool) -> tuple[Rows, Question]:
    chance = np.random.default_rng(number)
    first = np.concatenate(([0], np.cumsum(chance.integers(0, 9, rows))))
    weights = chance.integers(1, 65_536, first[-1]).astype(np.uint16)
    squares = np.concatenate(([0], np.cumsum(weights.astype(np.int64) ** 2)))
    own = np.zeros(50, dtype=np.int64) if silent else chance.integers(0, 65_536, 50) * chance.integers(0, 2, 50)
    arranged = rows - rows // 3
    columns = [chance.integers(0, size, rows) for size in SIZES]
    subject = chance.integers(0, 101, SIZES[0]).astype(np.int32) * SUBJECT_POINTS
    tables = [chance.choice((HARD_NO, 0, 50, 1_000, 3_000), size, p=(0.1, 0.2, 0.3, 0.2, 0.2)) for size in SIZES[1:]]
    return (
        Rows(
            numbers=np.stack(
                [*columns, chance.integers(0, 9, rows), chance.integers(0, 4, rows)], axis=1, dtype=np.int32
            ),
            stems=chance.integers(0, 50, first[-1]).astype(np.int32),
            weights=weights,
            first=first,
            lengths=np.sqrt((squares[first[1:]] - squares[first[:-1]]).astype(np.float64)),
        ),
        Question(
            tables=[subject, *(table.astype(np.int32) for table in tables)],
            order=ordered(subject, columns[0][:arranged], SUBJECT_POINTS, in_numpy()),
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
    assert by_row(compiled().find(rows, asked)) == by_row(in_numpy().find(rows, asked))


def test_what_is_closed_or_of_the_owner_or_a_hard_no_is_not_found():
    rows, asked = case(1, rows=2_000, top=2_000, text=10, silent=False)
    found, _ = compiled().find(rows, asked)
    points = sum(table[rows.numbers[:, place]] for place, table in enumerate(asked.tables))
    stands = (rows.numbers[:, UNTIL] >= 3) & (rows.numbers[:, OWNER] != 2) & (points >= 0)
    assert sorted(found.tolist()) == np.flatnonzero(stands).tolist()


@pytest.mark.parametrize("weight", [0, 1, SUBJECT_POINTS])
def test_both_readings_put_the_rows_of_a_subject_in_the_same_order(weight):
    chance = np.random.default_rng(5)
    table = chance.integers(0, 101, 40).astype(np.int32) * weight
    subjects = chance.integers(0, 40, 5_000).astype(np.int32)
    one, other = (ordered(table, subjects, weight, read) for read in (compiled(), in_numpy()))
    assert [each.tolist() for each in one] == [each.tolist() for each in other]
