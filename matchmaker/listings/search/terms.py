"""The words a listing is found by, and the words of a search: one analysis for both, on every database alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from matchmaker.dutch.compounds import split
from matchmaker.dutch.remembered import Remembered
from matchmaker.dutch.stems import stem
from matchmaker.dutch.stopwords import FUNCTION_WORDS
from matchmaker.dutch.synonyms import subjects
from matchmaker.dutch.terms import Reading, read
from matchmaker.dutch.tokens import words
from matchmaker.listings.models import Listing
from matchmaker.reference import study_field, work_field

LONGEST_TERM = 40
MOST_SEARCHED = 8
PREFIX_FROM = 4
"""From so many letters on, a term also finds the longer words that begin with it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a listing is found by, before the analysis: its own text, and names a visitor may type instead."""

    listing_id: int
    title: str
    text: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Searched:
    """One word of a search: how it was typed, the terms of which one must be there, and the parts of a compound, which
    must all be there when no listing has the whole.
    """

    typed: str
    terms: tuple[str, ...]
    parts: tuple[str, ...] = ()


def wording_of(listing: Listing) -> Wording:
    """The text of a listing with the names of the organisation, its place, the team, the programme and the fields."""
    names = [listing.place, *(str(word) for word in listing.details.get("study_words", []))]
    if listing.organisation:
        names += [listing.organisation.name, listing.organisation.place]
    if listing.team:
        names.append(listing.team.name)
    if listing.programme:
        names.append(listing.programme.name)
    names += names_of_fields(listing.work_fields, listing.study_fields)
    return Wording(listing.id, listing.title, listing.text, tuple(name for name in names if name))


def names_of_fields(work: Iterable[str], study: Iterable[str]) -> list[str]:
    """The Dutch names of fields of work and of study, by their codes."""
    return [*(work_field(code).name_nl for code in work), *(study_field(code).name_nl for code in study)]


def terms_of(wording: Wording) -> list[str]:
    """The terms a listing is found by, in alphabetical order.

    Of each word its stem; of a compound the stems of its parts too; of a subject of the trade, short or in full, the
    short name too.
    """
    return terms_in(read(wording.title), read(wording.text), wording.names)


def terms_in(title: Reading, text: Reading, names: Iterable[str]) -> list[str]:
    """The same for a title and text that were read already."""
    found = _analysed(title) | _analysed(text)
    found.update(*map(_analysed_name, names))
    return sorted(found)


def searched_terms(text: str) -> tuple[Searched, ...]:
    """The words to look for, in the order typed, each once; at most eight, the rest is left out.

    A subject of the trade is one word, however it is written: `wet maatschappelijke ondersteuning` looks for `wmo`,
    which every listing about it has. Function words do not count.
    """
    plain = words(text)
    stems = [stem(word) for word in plain]
    found: dict[tuple[str, ...], Searched] = {}
    position = 0
    for first, past, short in [*subjects(stems), (len(plain), len(plain), "")]:
        for word in plain[position:first]:
            if _counts(word):
                found.setdefault(_terms(word), Searched(word, _terms(word), _parts(word)))
        if short:
            term = (stem(short)[:LONGEST_TERM],)
            found.setdefault(term, Searched(" ".join(plain[first:past]), term))
        position = past
    return tuple(found.values())[:MOST_SEARCHED]


def matches(term: str, word: str) -> bool:
    """Whether a term of a search finds a listing with this word: the same, or from four letters on its beginning."""
    return word.startswith(term) if len(term) >= PREFIX_FROM else word == term


def _analysed(part: Reading) -> set[str]:
    found = set(map(_own_term, part.subjects))
    found.update(*[_FOUND_BY[word] for word in part.words])
    return found


def _found_by(word: str) -> tuple[str, ...]:
    """The terms one word is found by: its stem, and of a compound those of its parts."""
    return (_own_term(word), *_parts(word)) if _counts(word) else ()


_FOUND_BY = Remembered(_found_by, 65_536)


def _own_term(word: str) -> str:
    return stem(word)[:LONGEST_TERM]


@lru_cache(maxsize=8_192)
def _analysed_name(name: str) -> frozenset[str]:
    """Names of places, organisations and fields come back with nearly every listing."""
    return frozenset(_analysed(read(name)))


def _terms(word: str) -> tuple[str, ...]:
    """The stem; and a word half typed whose stem is another beginning (`zepp`, `zep`) as it was typed too."""
    own, typed = _own_term(word), word[:LONGEST_TERM]
    is_covered = len(typed) < PREFIX_FROM or matches(own, typed)
    return (own,) if is_covered else (own, typed)


def _parts(word: str) -> tuple[str, ...]:
    parts = split(word)
    return tuple(map(_own_term, parts)) if len(parts) > 1 else ()


def _counts(word: str) -> bool:
    return len(word) > 1 and word not in FUNCTION_WORDS
