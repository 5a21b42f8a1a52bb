"""What someone may have meant who finds little: the search with a word that was mistyped put right."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.database import db
from matchmaker.dutch.compounds import split
from matchmaker.dutch.stems import stem
from matchmaker.dutch.tokens import fold, surface_words
from matchmaker.listings.models import Listing
from matchmaker.listings.search.look import Look
from matchmaker.listings.search.nearness import LONGEST_ENDING, reach, steps_between
from matchmaker.listings.search.terms import LONGEST_TERM, Searched, searched_terms, wording_of
from matchmaker.listings.search.warm import learn, vocabulary

FEW = 2
"""With so few results or less, a word of the search may be mistyped."""
MOST_NEAR = 12
MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Meant:
    """A search that differs in one word and finds more, and how much it finds."""

    words: str
    listings: int


def meant(look: Look) -> list[Meant]:
    """Searches one word away that find more than this one, the most first; none when it finds enough."""
    if not look.wanted.words or len(look.rows) > FEW:
        return []
    found: dict[str, Meant] = {}
    for word in searched_terms(look.wanted.words):
        if look.holders_of(word) <= FEW:
            for other in _other_words(look, word):
                text = _with(look.wanted.words, word.typed, other)
                number = len(Look(replace(look.wanted, words=text), look.snapshot).rows)
                if number > len(look.rows):
                    found.setdefault(text, Meant(text, number))
    return sorted(found.values(), key=lambda each: (-each.listings, each.words))[:MOST_SHOWN]


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
