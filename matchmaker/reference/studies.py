"""Names of programmes as schools and students use them, with level and field of study."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from matchmaker.reference.names import fold
from matchmaker.reference.tables import listed, rows
from matchmaker.vocabulary import Level


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme name, not the programme of one school.

    `isced` is the detailed field (four digits) to match on. `croho_part` is the part of the higher-education register
    (empty for mbo alone): filter on it, never match on it. `status` says how far the row was checked.
    """

    key: str
    name: str
    name_en: str
    levels: tuple[Level, ...]
    isced: str
    croho_part: str
    search_words: tuple[str, ...]
    status: str


@cache
def programmes() -> tuple[Programme, ...]:
    """All programme names, by key."""
    return tuple(
        Programme(
            key=row["key"],
            name=row["name"],
            name_en=row["name_en"],
            levels=tuple(Level(level) for level in listed(row["levels"])),
            isced=row["isced"],
            croho_part=row["croho_part"],
            search_words=listed(row["search_words"]),
            status=row["status"],
        )
        for row in rows("programmes")
    )


@cache
def _by_key() -> dict[str, Programme]:
    return {programme.key: programme for programme in programmes()}


@cache
def _by_word() -> dict[str, tuple[Programme, ...]]:
    named: defaultdict[str, list[Programme]] = defaultdict(list)
    for programme in programmes():
        named[fold(programme.name)].insert(0, programme)
        for word in (*programme.search_words, programme.name_en):
            if programme not in named[fold(word)]:
                named[fold(word)].append(programme)
    return {word: tuple(found) for word, found in named.items()}


def programme(key: str) -> Programme:
    """The programme with this key. Raises KeyError for an unknown key."""
    return _by_key()[key]


def find_programmes(name: str, level: Level | None = None) -> tuple[Programme, ...]:
    """The programmes with this name or search word, at this level if one is given; a programme's own name comes first.

    Forgives case, accents and punctuation, not spelling.
    """
    return tuple(found for found in _by_word().get(fold(name), ()) if level is None or level in found.levels)
