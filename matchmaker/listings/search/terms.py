"""The words a listing is found by: stems, the same on both sides, on SQLite and PostgreSQL alike."""

from matchmaker.dutch.stopwords import FUNCTION_WORDS
from matchmaker.dutch.terms import stems_of, terms
from matchmaker.dutch.tokens import words
from matchmaker.listings.models import Listing
from matchmaker.reference import study_field, work_field

TERM = "term"
START = "start"
NO_DATE = "open"
"""The value of START when no month is named: the two sides will agree on one."""

LONGEST_TERM = 40
MOST_SEARCHED = 8
PREFIX_FROM = 4
"""From so many letters on, a term also finds the longer words that begin with it."""


def search_tags(listing: Listing) -> set[tuple[str, str]]:
    """Facet and value of what is kept beside a listing to find it by: its words and the months it can start in."""
    return {(TERM, term) for term in term_tags(listing)} | {(START, month) for month in start_months(listing)}


def start_months(listing: Listing) -> set[str]:
    """`2027-02` for each month it can start in, by its first day or its proposed dates; `open` when it names none."""
    days = [str(slot["date"]) for slot in listing.slots if slot.get("date")]
    if listing.starts_on:
        days.append(listing.starts_on.isoformat())
    return {day[:7] for day in days} or {NO_DATE}


def term_tags(listing: Listing) -> set[str]:
    """The values of the facet `term`: stems of title and text, and of the names a visitor may type instead.

    Those names are of the organisation, its place, the team, the programme, the fields of work and of study.
    """
    found = set(terms(listing.title, listing.text)) | _stems(" ".join(_names(listing)))
    return {term[:LONGEST_TERM] for term in found if term}


def searched_terms(text: str) -> tuple[str, ...]:
    """The stems to look for, in the order typed, without function words; at most eight, the rest is left out."""
    stems = [stem for word, stem in zip(words(text), stems_of(text), strict=True) if _counts(word)]
    return tuple(dict.fromkeys(stem[:LONGEST_TERM] for stem in stems))[:MOST_SEARCHED]


def _stems(text: str) -> set[str]:
    return {stem for word, stem in zip(words(text), stems_of(text), strict=True) if _counts(word)}


def _counts(word: str) -> bool:
    return len(word) > 1 and word not in FUNCTION_WORDS


def _names(listing: Listing) -> list[str]:
    names = [listing.place, *(str(word) for word in listing.details.get("study_words", []))]
    if listing.organisation:
        names += [listing.organisation.name, listing.organisation.place]
    if listing.team:
        names.append(listing.team.name)
    if listing.programme:
        names.append(listing.programme.name)
    names += [work_field(code).name_nl for code in listing.work_fields]
    names += [study_field(code).name_nl for code in listing.study_fields]
    return [name for name in names if name]
