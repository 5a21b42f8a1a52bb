"""Stems: singular, plural and inflected forms of a Dutch word become one key.

The Porter variant of Snowball for Dutch is used (https://snowballstem.org/algorithms/dutch_porter/stemmer.html).
The newer Dutch algorithm of Snowball is not: it turns "gemeenten" into "meen" and "stageplaatsen" into "staplaats".
Two faults of Porter are mended here: it takes "plaats" for a plural of "plaat", and it leaves "dwangsommen" as
"dwangsomm".
"""

import re
import threading
from functools import lru_cache
from typing import Protocol

import snowballstemmer

from matchmaker.dutch.tokens import fold

_PLAATS = re.compile(r"plaats(?:en|je|jes)?$")
_DOUBLE_END = re.compile(r"([bcdfghjklmnpqrstvwxz])\1$")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802


class _PerThread(threading.local):
    """A Snowball stemmer keeps the word it works on inside itself, so each thread has its own."""

    def __init__(self) -> None:
        self.stemmer: _Stemmer = snowballstemmer.stemmer("dutch_porter")


_LOCAL = _PerThread()


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of one word. Upper case and accents are ignored; an abbreviation of up to three letters is kept."""
    plain = fold(word)
    if len(plain) <= 3:
        return plain
    if _PLAATS.search(plain):
        return _PLAATS.sub("plaats", plain)
    return _DOUBLE_END.sub(r"\1", _LOCAL.stemmer.stemWord(plain))
