"""`selection.find_in_numpy` as plain loops, for `selection.compiled` to compile (the extra `fast`). Slow uncompiled.

Rows whose subject fits best come first. The leaders among the first of them give a score that the winners have at
least. Then all rows that can reach it are gathered, as far as a subject can still make up for the rest, and their words
are read in the order of their points without text, until full points for text are not enough.
"""

import math

import numpy as np

from matchmaker.engine.criteria import FULL_LIKENESS
from matchmaker.engine.findings import NEUTRAL
from matchmaker.engine.index.question import Fractions, Integers, Order, Question, Rows

OUT = -(2**31)
"""Points of a row that is no answer."""

UNREAD = -1
"""Tenths of a row whose words were not read."""

FULL = 100
POOLED, LEADERS = 24, 3
"""Times the rows asked: of the first so many, so many say what score is to be reached."""


def find(
    numbers: Integers, stems: Integers, weights: Integers, first: Integers, lengths: Fractions,
    t0: Integers, t1: Integers, t2: Integers, t3: Integers, t4: Integers, t5: Integers,
    order: Integers, ends: Integers, points: Integers,
    today: int, not_owner: int, own: Integers, length: float, text_points: int, all_points: int, top: int,
) -> tuple[Integers, Integers]:  # fmt: skip
    """The best rows and their scores in tenths; see `selection.Find`. Arrays go in faster than what holds them."""
    rows = Rows(numbers, stems, weights, first, lengths)
    tables, by_subject = (t0, t1, t2, t3, t4, t5), Order(order, ends, points)
    return best_rows(rows, Question(tables, by_subject, today, not_owner, own, length, text_points, all_points, top))


def best_rows(rows: Rows, asked: Question) -> tuple[Integers, Integers]:
    """What `find` gives."""
    order, count, place, level = asked.order, 0, 0, 0
    kept, base = np.empty(len(rows.numbers) + 1, dtype=np.int32), np.empty(len(rows.numbers) + 1, dtype=np.int32)
    while level < len(order.ends) and count < asked.top * POOLED:
        end = min(order.ends[level], place + asked.top * POOLED)
        count = gather(rows, asked, order.points[level], place, end, 0, kept, base, count)
        place = end
        level += place == order.ends[level]
    best = np.full(asked.top, OUT, dtype=np.int64)
    tenths = read_leaders(rows, asked, kept, base[:count], best)
    least, rest = least_points(best[0], asked), greatest_rest(asked)
    while level < len(order.ends) and order.points[level] + rest >= least:
        count = gather(rows, asked, order.points[level], place, order.ends[level], least, kept, base, count)
        place = order.ends[level]
        level += 1
    count = gather_loose(rows, asked, least, kept, base, count)
    return read_rest(rows, asked, kept, base[:count], tenths, best)


def greatest_rest(asked: Question) -> int:
    """The most points that anything but subject and text can bring."""
    t1, t2, t3, t4, t5 = asked.tables[1], asked.tables[2], asked.tables[3], asked.tables[4], asked.tables[5]
    rest: int = t1.max() + t2.max() + t3.max() + t4.max() + t5.max()
    return rest


def gather(
    rows: Rows, asked: Question, subject: int, place: int, end: int, least: int,
    kept: Integers, base: Integers, count: int,
) -> int:  # fmt: skip
    """Write the rows from `place` to `end` of the order that have `least` points behind the first `count` of `kept`.

    What is not kept is written over: a choice that cannot be foreseen costs more than writing. Returns the new count.
    """
    order, numbers, today, not_owner = asked.order.rows, rows.numbers, asked.today, asked.not_owner
    t1, t2, t3, t4, t5 = asked.tables[1], asked.tables[2], asked.tables[3], asked.tables[4], asked.tables[5]
    for at in range(place, end):
        row = order[at]
        points = subject + t1[numbers[row, 1]] + t2[numbers[row, 2]] + t3[numbers[row, 3]]
        points += t4[numbers[row, 4]] + t5[numbers[row, 5]]
        kept[count], base[count] = row, points
        count += (points >= least) & (numbers[row, 6] >= today) & (numbers[row, 7] != not_owner)
    return count


def gather_loose(rows: Rows, asked: Question, least: int, kept: Integers, base: Integers, count: int) -> int:
    """The same for the rows that are in no order yet."""
    numbers, tables = rows.numbers, asked.tables
    for row in range(len(asked.order.rows), len(numbers)):
        points = tables[0][numbers[row, 0]] + tables[1][numbers[row, 1]] + tables[2][numbers[row, 2]]
        points += tables[3][numbers[row, 3]] + tables[4][numbers[row, 4]] + tables[5][numbers[row, 5]]
        kept[count], base[count] = row, points
        count += (points >= least) & (numbers[row, 6] >= asked.today) & (numbers[row, 7] != asked.not_owner)
    return count


def least_points(reached: int, asked: Question) -> int:
    """The points without text below which no row can have `reached` tenths."""
    if reached == OUT:
        return 0
    full = FULL if asked.length > 0 else NEUTRAL
    least: int = max(0, -((asked.all_points - 2 * asked.all_points * reached) // 20) - asked.text_points * full)
    return least


def read_leaders(rows: Rows, asked: Question, kept: Integers, base: Integers, best: Integers) -> Integers:
    """Tenths of the rows that are ahead without text, UNREAD for the others; the greatest go into `best`."""
    stems, weights, first, lengths = rows.stems, rows.weights, rows.first, rows.lengths
    own, length, text_points, all_points = asked.own, asked.length, asked.text_points, asked.all_points
    leaders = np.full(asked.top * LEADERS, OUT, dtype=np.int64)
    for points in base:
        keep(leaders, points)
    tenths = np.full(len(base), UNREAD, dtype=np.int64)
    left = 2 * len(leaders)
    for number in range(len(base)):
        if base[number] >= leaders[0] and left > 0:
            points = text(kept[number], stems, weights, first, lengths, own, length)
            tenths[number] = rounded(base[number] + text_points * points, all_points)
            keep(best, tenths[number])
            left -= 1
    return tenths


def read_rest(
    rows: Rows, asked: Question, kept: Integers, base: Integers, tenths: Integers, best: Integers
) -> tuple[Integers, Integers]:
    """The best rows with their tenths: the others are read most points first, while full points for text are enough."""
    stems, weights, first, lengths = rows.stems, rows.weights, rows.first, rows.lengths
    own, length, text_points, all_points = asked.own, asked.length, asked.text_points, asked.all_points
    full = text_points * (FULL if length > 0 else NEUTRAL)
    near = np.flatnonzero(base >= least_points(best[0], asked))
    near = near[np.argsort(-base[near])]
    scores = np.full(len(near), OUT, dtype=np.int64)
    for place in range(len(near)):
        number = near[place]
        if rounded(base[number] + full, all_points) < best[0]:
            break
        if number < len(tenths) and tenths[number] != UNREAD:
            scores[place] = tenths[number]
        else:
            points = text(kept[number], stems, weights, first, lengths, own, length)
            scores[place] = rounded(base[number] + text_points * points, all_points)
            keep(best, scores[place])
    chosen = np.flatnonzero(scores >= max(0, best[0]))
    return kept[near[chosen]], scores[chosen]


def keep(best: Integers, value: int) -> None:
    """Put a value among the greatest so far, which stand in order, when it is greater than the least of them."""
    if value > best[0]:
        place = 0
        while place + 1 < len(best) and best[place + 1] < value:
            best[place] = best[place + 1]
            place += 1
        best[place] = value


def text(
    row: int, stems: Integers, weights: Integers, first: Integers, lengths: Fractions, own: Integers, length: float
) -> int:
    """The points for text as `engine.criteria.text` gives them."""
    if length == 0 or lengths[row] == 0:
        return NEUTRAL
    products = np.int64(0)
    for place in range(first[row], first[row + 1]):
        products += np.int64(own[stems[place]]) * np.int64(weights[place])
    cosine = products / (length * lengths[row])
    points: int = min(FULL, max(0, math.floor(100 * cosine / FULL_LIKENESS + 0.5)))
    return points


def rounded(weighed: int, all_points: int) -> int:
    """A score in tenths, rounded half up, as `engine.weights.Weights.total` does."""
    tenths: int = (20 * weighed + all_points) // (2 * all_points)
    return tenths


def order_rows(lacking: Integers, subjects: Integers) -> tuple[Integers, Integers]:
    """Rows by what the table `lacking` (0..100 per subject) says of their subject, least first and else as they lie.

    Beside them how many rows lack 0..100 each, shape (101,).
    """
    counts = np.zeros(FULL + 1, dtype=np.int64)
    for row in range(len(subjects)):
        counts[lacking[subjects[row]]] += 1
    place = np.cumsum(counts) - counts
    rows = np.empty(len(subjects), dtype=np.int32)
    for row in range(len(subjects)):
        level = lacking[subjects[row]]
        rows[place[level]] = row
        place[level] += 1
    return rows, counts
