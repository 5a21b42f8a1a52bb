"""How soon a password is guessed, by who tries what people choose: words, names, years, walks over the keyboard.

The password is cut into the pieces that are cheapest together; a piece costs the binary logarithm of the number of
tries in which it is found. So a long password of three unrelated words is strong, and `Welkom2026!` four times over is
not. Bounded: the longest takes some milliseconds.
"""

import gzip
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from math import log2
from pathlib import Path

MOST_READ = 128
"""Characters that are looked at; some become many when their accents are taken off."""
LONGEST_WORD = 24
SHORTEST_WORD = 3
LETTER, DIGIT, MARK = 4.7, 3.4, 2.0
"""Tries, as a binary logarithm, for one character that belongs to nothing; a mark is mostly one of a few."""
KNOWN, YEAR, DAY, WALK, TURN, AGAIN = 1.0, 6.0, 13.0, 4.0, 1.2, 2.0
"""For a piece of someone's own names, a year, a date, the start of a walk, each turn in it, something said twice."""
DISGUISE, CAPITALS = 1.0, 1.0
"""For digits that stand for letters or a word backwards, and for capitals inside."""
_ROWS = ("`1234567890-=", "  qwertyuiop[]", "  asdfghjkl;'", "  zxcvbnm,./")
_STANDS_FOR = str.maketrans("0134578@$!|", "oieastbasii")
_YEAR = re.compile(r"(?:19[2-9]|20[0-4])\d")
_DAY = re.compile(
    r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
)
Piece = tuple[int, float]
"""How many characters, and what they cost."""


def bits(password: str, *, about: Iterable[str] = ()) -> float:
    """The binary logarithm of about how many tries find it. `about`: names of its owner and of their organisations."""
    text, own = plain(password)[:MOST_READ], _own_words(about)
    read_as = text.translate(_STANDS_FOR)
    cheapest = [0.0] * (len(text) + 1)
    for end in range(len(text) - 1, -1, -1):
        pieces = (*_one(text, end), *_words(text, read_as, end, own), *_again(text, end), *_walk(text, end))
        cheapest[end] = min(cost + cheapest[end + length] for length, cost in pieces)
    return cheapest[0] + _for_capitals(password)


def plain(text: str) -> str:
    """Small letters without accents or spaces, as the list of words is written."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in letters if not unicodedata.combining(each) and not each.isspace())


def _own_words(about: Iterable[str]) -> frozenset[str]:
    """The words in someone's names and addresses, and each name and address without what stands between."""
    found = set()
    for each in about:
        words = re.findall(r"\w+", plain(each.replace(" ", "-")))
        found.update(words, ["".join(words)])
    return frozenset(word for word in found if len(word) >= SHORTEST_WORD)


def _one(text: str, start: int) -> Iterator[Piece]:
    """One character by itself, and digits that are a year or a day."""
    each = text[start]
    yield 1, DIGIT if each.isdigit() else LETTER if each.isalpha() else MARK
    if _YEAR.match(text, start):
        yield 4, YEAR
    if _DAY.match(text, start):
        yield 8, DAY


def _words(text: str, read_as: str, start: int, own: frozenset[str]) -> Iterator[Piece]:
    """Words people choose, as they are, in disguise or backwards."""
    known = _known_words()
    for end in range(start + SHORTEST_WORD, min(len(text), start + LONGEST_WORD) + 1):
        piece = text[start:end]
        for word, disguise in ((piece, 0.0), (read_as[start:end], DISGUISE), (piece[::-1], DISGUISE)):
            if word in own:
                yield end - start, KNOWN + disguise
            elif word in known:
                yield end - start, log2(known[word] + 2) + disguise


def _again(text: str, start: int) -> Iterator[Piece]:
    """What was said before, whole or a part of it."""
    for end in range(start + 2, len(text) + 1):
        if text.find(text[start:end], 0, start) < 0:
            return
        if end - start >= SHORTEST_WORD:
            yield end - start, AGAIN


def _walk(text: str, start: int) -> Iterator[Piece]:
    """Neighbours on the keyboard, or characters that follow each other: `qwer`, `1qaz`, `abcd`, `7654`, `aaaa`."""
    cost, before, end = WALK, None, start
    for one, other in pairwise(text[start:]):
        step = _step(one, other)
        if step is None:
            return
        if step != before and before is not None:
            cost += TURN
        before, end = step, end + 1
        if end - start >= 2:
            yield end - start + 1, cost


def _step(one: str, other: str) -> tuple[str, int, int] | None:
    """Which way it goes from one character to the next; None when they do not lie together."""
    if ord(other) - ord(one) in (-1, 0, 1):
        return "code", 0, ord(other) - ord(one)
    here, there = _places().get(one), _places().get(other)
    if here is None or there is None:
        return None
    down, right = there[0] - here[0], there[1] - here[1]
    return ("keys", down, right) if abs(down) <= 1 and abs(right) <= 1 else None


def _for_capitals(password: str) -> float:
    inside = password[1:]
    return CAPITALS if inside != inside.lower() and password != password.upper() else 0.0


@cache
def _places() -> dict[str, tuple[int, int]]:
    """Row and column of each key."""
    return {key: (row, column) for row, keys in enumerate(_ROWS) for column, key in enumerate(keys) if key != " "}


@cache
def _known_words() -> dict[str, int]:
    """Each word with its place in the list, read when the first password is chosen."""
    lines = gzip.decompress((Path(__file__).parent / "guessed_first.txt.gz").read_bytes()).decode()
    return {word: place for place, word in enumerate(lines.split("\n"))}
