"""What someone may have meant who finds little: the search with a word that was mistyped put right."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.database import db
from matchmaker.dutch.compounds import PARTS, split
from matchmaker.dutch.stems import stem
from matchmaker.dutch.tokens import fold, surface_words
from matchmaker.listings.models import Listing
from matchmaker.listings.search.look import Look
from matchmaker.listings.search.nearness import LONGEST_ENDING, SHORTEST, Vocabulary, reach, steps_between
from matchmaker.listings.search.terms import LONGEST_TERM, Searched, searched_terms, wording_of
from matchmaker.listings.search.warm import learn, vocabulary

FEW = 2
"""With so few results or less, a word of the search may be mistyped."""
MOST_NEAR = 12
MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Meant:
    """A search with mistyped words put right, and how much it finds."""

    words: str
    listings: int


def meant(look: Look) -> list[Meant]:
    """Searches that find more than this one, the most first; none when it finds enough.

    One word is put right at a time, and every mistyped word at once, each by its nearest.
    """
    if not look.wanted.words or len(look.rows) > FEW:
        return []
    found: dict[str, Meant] = {}
    all_right = look.wanted.words
    for word in searched_terms(look.wanted.words):
        few = look.holders_of(word) <= FEW
        others = (list(_other_words(look, word)) or compounds_like(word.typed)) if few else []
        for other in others:
            _try(look, _with(look.wanted.words, word.typed, other), found)
        all_right = _with(all_right, word.typed, others[0]) if others else all_right
    _try(look, all_right, found)
    return sorted(found.values(), key=lambda each: (-each.listings, each.words))[:MOST_SHOWN]


def _try(look: Look, text: str, found: dict[str, Meant]) -> None:
    """Add a search to what may be meant when it finds more than this one."""
    number = len(Look(replace(look.wanted, words=text), look.snapshot).rows)
    if number > len(look.rows):
        found.setdefault(text, Meant(text, number))


def _other_words(look: Look, word: Searched) -> Iterator[str]:
    """The nearest terms that something open has, as someone wrote them.

    A stem is compared with the beginning of what was typed, then the whole word with how it was written.
    """
    near = vocabulary().near(word.typed, MOST_NEAR, ending=LONGEST_ENDING)
    learn(look.snapshot, near)
    newest = {term: look.newest_with(term) for term in near}
    numbers = [number for number in newest.values() if number is not None]
    names = (joinedload(Listing.organisation), joinedload(Listing.team), joinedload(Listing.programme))
    listings = {
        each.id: each for each in db.session.scalars(select(Listing).where(Listing.id.in_(numbers)).options(*names))
    }
    for term, number in newest.items():
        if number in listings:
            written = written_in(listings[number], term)
            least = min(steps_between(word.typed, fold(written)), steps_between(word.terms[0], term))
            if 0 < least <= reach(word.typed):
                yield written


def compounds_like(typed: str) -> list[str]:
    """Known compounds with one part of the word put right: "omgevingsvergunnning" is the second part of one mistyped.

    The nearest first. For a word no listing is near to: a compound may be found by its parts alone.
    """
    if len(split(typed)) > 1:
        return []
    found: dict[tuple[str, ...], tuple[int, int, str]] = {}
    for candidate in _with_one_part_right(typed):
        parts = split(candidate)
        if len(parts) > 1:
            nearness = (steps_between(typed, candidate), -len(candidate), candidate)
            found[parts] = min(nearness, found.get(parts, nearness))
    return [candidate for _, _, candidate in sorted(found.values())][:MOST_SHOWN]


def _with_one_part_right(typed: str) -> Iterator[str]:
    for cut in range(SHORTEST, len(typed) - SHORTEST + 1):
        front, back = typed[:cut], typed[cut:]
        if split(f"{front}werk")[1:] == ("werk",):
            yield from (front + each for each in _parts().near(back, MOST_SHOWN))
        if back in PARTS:
            yield from (each + link + back for each in _parts().near(front, MOST_SHOWN) for link in ("", "s"))


@cache
def _parts() -> Vocabulary:
    return Vocabulary([(part, 1) for part in sorted(PARTS)])


def written_in(listing: Listing, term: str) -> str:
    """How a term was written in a listing that has it: "vergunningen", not the stem. Else the term itself."""
    wording = wording_of(listing)
    for text in (wording.title, wording.text, *wording.names):
        for surface in surface_words(text):
            for part in (fold(surface), *split(surface)):
                if stem(part)[:LONGEST_TERM] == term:
                    return surface if part == fold(surface) and surface.isupper() else part
    return term


def _with(text: str, typed: str, other: str) -> str:
    """The search with one word in place of another."""
    return " ".join(other if fold(surface) == typed else surface for surface in surface_words(text))
