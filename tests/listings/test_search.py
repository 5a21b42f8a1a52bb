"""Searching: the text index of each database gives exactly the hits of the rule read in plain Python.

The whole file runs on SQLite and on PostgreSQL with the same listings and queries, so their hits are the same too.
"""

import random
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from matchmaker.database import db
from matchmaker.dutch.version import analysis_version
from matchmaker.listings import actions
from matchmaker.listings.models import Listing
from matchmaker.listings.search import browse
from matchmaker.listings.search.filters import Filter
from matchmaker.listings.search.look import Look
from matchmaker.listings.search.models import ListingWords
from matchmaker.listings.search.terms import matches, searched_terms, terms_of, wording_of
from matchmaker.listings.search.text_index import index_outdated, listings_with
from matchmaker.listings.writing import sync_tags
from matchmaker.organisations.models import Team
from matchmaker.vocabulary import Side
from tests.factories import listings, people

WORDS = """
    vergunning omgeving riolering fietspad wijkteam armoede schuldhulpverlening jeugdhulp bestemmingsplan klimaat
    groen water waterschap begroting wethouder griffie archief omgevingsvergunning bouwtoezicht handhaving parkeren
    laadpaal energie warmtenet woningbouw begraafplaats bibliotheek mantelzorg leerplicht onderwijshuisvesting data
    dashboard privacy communicatie redactie subsidie evenement veiligheid ondermijning buurtbemiddeling wmo woo brp
    collega's coördinator reïntegratie financiën café 't Zuidoost 2027 ü-straat naïef ENERGIETRANSITIE İstanbul ǅungla
"""
STEMS = WORDS.split()
PHRASES = (
    "wet maatschappelijke ondersteuning", "wet open overheid", "basisregistratie personen",
    "openbare orde en veiligheid", "ruimtelijke ordening", "afspraken met bewoners", "een dag in de week",
)  # fmt: skip
SIGNS = ('"', "*", "(", ")", ":", "-", "^", "NEAR", "AND", "OR", "NOT", "'", "\\", "&", "|", "!", "<->", "%", "_", ";")


def written(chance: random.Random) -> str:
    return " ".join(chance.choice((*STEMS, *PHRASES)) for _ in range(chance.randint(2, 9)))


@pytest.fixture
def known(app: Flask) -> dict[int, frozenset[str]]:
    """Sixty offers of one municipality, and the words each is found by."""
    chance, home = random.Random(3), people.municipality(name="Bunnik")
    made = [listings.offer(home, title=written(chance)[:120], text=written(chance)) for _ in range(60)]
    for each in made:
        sync_tags(each)
    db.session.commit()
    return {each.id: frozenset(terms_of(wording_of(each))) for each in made}


def by_hand(query: str, known: dict[int, frozenset[str]]) -> set[int]:
    """Every word must be there; a compound nothing has is there when all its parts are."""
    found = set(known)
    for word in searched_terms(query):
        own = set().union(*(holding(term, known) for term in word.terms))
        if not own and word.parts:
            own = set.intersection(*(holding(part, known) for part in word.parts))
        found &= own
    return found


def holding(term: str, known: dict[int, frozenset[str]]) -> set[int]:
    return {number for number, own in known.items() if any(matches(term, word) for word in own)}


def found_by(query: str) -> set[int]:
    look = Look(Filter(side=Side.OFFER, words=query))
    return set(look.listing_ids(look.rows))


def queries(number: int) -> Iterator[str]:
    """Words as people type them: whole, begun, misspelt, joined, with signs that mean something to a database."""
    chance = random.Random(7)
    ways: tuple[Callable[[str], str], ...] = (
        str, str, str.upper,
        lambda word: word[: chance.randint(1, len(word))],
        lambda word: word[:2] + word[3:],
        lambda word: word + chance.choice(STEMS),
        lambda word: chance.choice(SIGNS) + word + chance.choice(SIGNS),
    )  # fmt: skip
    for _ in range(number):
        words = (chance.choice((*STEMS, *PHRASES)) for _ in range(chance.randint(1, 3)))
        yield " ".join(chance.choice(ways)(word) for word in words)


def test_a_thousand_queries_find_what_the_rule_finds(known: dict[int, frozenset[str]]) -> None:
    asked = list(queries(1000))
    results = {query: found_by(query) for query in asked}
    assert results == {query: by_hand(query, known) for query in asked}
    hits = [len(found) for found in results.values()]
    assert sum(number > 0 for number in hits) > 300
    assert sum(number == 0 for number in hits) > 100


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60))
def test_whatever_is_typed_is_read_by_the_same_rule(known: dict[int, frozenset[str]], query: str) -> None:
    assert found_by(query) == by_hand(query, known)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(st.text(alphabet=st.characters(categories=("L", "N", "Mn")), min_size=2, max_size=12), max_size=4)
)
def test_every_word_of_a_listing_finds_it_in_any_script(app: Flask, words: list[str]) -> None:
    made = listings.offer(title="Titel", text=" ".join(words))
    sync_tags(made)
    terms = terms_of(wording_of(made))
    assert {term for term, found in listings_with(terms).items() if made.id not in found.tolist()} == set()


EDITS = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(STEMS), st.sampled_from(("save", "close", "take"))), max_size=6
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_what_a_process_remembers_of_a_word_stays_true(app: Flask, edits: list[tuple[int, str, str]]) -> None:
    home = people.municipality()
    made = [listings.offer(home, title=f"{word} in de wijk", text=word * 8) for word in STEMS[:5]]
    for each in made:
        sync_tags(each)
    db.session.commit()
    for number, word, change in edits:
        for query in STEMS:
            found_by(query)
        edit(made[number], word, change)
        db.session.commit()
    still = {each.id: frozenset(terms_of(wording_of(each))) for each in made if each.is_open}
    for query in STEMS:
        assert found_by(query) & {each.id for each in made} == by_hand(query, still), query


def edit(listing: Listing, word: str, change: str) -> None:
    if not listing.is_open:
        return
    if change == "save":
        values = {"title": f"Over {word} en meer"}
        actions.save_draft(
            listing, side=listing.side, kind=listing.kind, organisation=listing.organisation, values=values, by=None
        )
    elif change == "take":
        actions.take_place(listing)
    else:
        actions.close(listing, by=None)


def offered(title: str, text: str = "Een collega vertelt erover in de klas.") -> Listing:
    made = listings.offer(title=title, text=text, work_fields=[])
    sync_tags(made)
    return made


def test_a_subject_of_the_trade_is_found_short_and_in_full(app: Flask) -> None:
    short, full = offered("De Wmo uitgelegd"), offered("Over de Wet maatschappelijke ondersteuning")
    assert found_by("wmo") == found_by("wet maatschappelijke ondersteuning") == {short.id, full.id}


def test_a_compound_is_looked_for_whole_and_by_its_parts_only_when_nothing_has_it(app: Flask) -> None:
    apart = offered("Een vergunning voor de omgeving")
    assert found_by("omgevingsvergunning") == {apart.id}
    whole = offered("De omgevingsvergunning")
    assert found_by("omgevingsvergunning") == {whole.id}
    assert found_by("vergunning") == {apart.id, whole.id}


def test_a_word_of_four_letters_finds_longer_words_and_a_shorter_one_does_not(app: Flask) -> None:
    made = offered("Zeppelins en woningen")
    assert (found_by("zeppel"), found_by("zepp"), found_by("zep")) == ({made.id}, {made.id}, set())


def test_every_word_of_a_long_text_is_found(app: Flask) -> None:
    many = "".join(f"woord{chr(97 + n % 26)}{chr(97 + n // 26)} " for n in range(300))
    made = offered("Lang verhaal", many + "zeppelin")
    assert found_by("zeppelin") == {made.id}


def test_a_draft_is_not_found_and_what_is_not_committed_is_seen_by_its_own_transaction(app: Flask) -> None:
    made = offered("Zeppelins boven de stad")
    assert found_by("zeppelin") == {made.id}
    made.status = "draft"  # type: ignore[assignment]
    assert found_by("zeppelin") == set()


def test_listings_without_words_or_with_those_of_an_earlier_analysis_get_them(app: Flask) -> None:
    without, old = listings.offer(title="Zeppelins"), offered("Luchtschepen en zeppelins")
    db.session.get_one(ListingWords, old.id).version = "earlier"
    db.session.flush()
    assert (index_outdated(), index_outdated()) == (2, 0)
    assert found_by("zeppelin") == {without.id, old.id}


@pytest.mark.parametrize("part", ["organisation", "team"])
def test_a_new_name_reaches_the_words_of_what_hangs_under_it(app: Flask, part: str) -> None:
    home, elsewhere = people.municipality(), offered("Luchtschepen")
    made = listings.offer(home, title="Ballonnen")
    made.team = Team(organisation=home, name="Luchtvaart")
    sync_tags(made)
    db.session.commit()
    getattr(made, part).name = "Zeppelinhaven"
    db.session.commit()
    versions = {each.listing_id: each.version for each in db.session.scalars(select(ListingWords))}
    assert (versions[made.id], versions[elsewhere.id]) == ("", analysis_version())
    assert (index_outdated(), index_outdated()) == (1, 0)
    assert found_by("zeppelinhaven") == {made.id}


def test_what_is_no_name_leaves_the_words_as_they_are(app: Flask) -> None:
    home = people.municipality()
    made = listings.offer(home, title="Ballonnen")
    sync_tags(made)
    db.session.commit()
    home.latitude = 52.5
    db.session.commit()
    assert index_outdated() == 0


def test_a_listing_that_goes_away_leaves_nothing_in_the_text_index(app: Flask) -> None:
    made = offered("Zeppelins boven de stad")
    db.session.delete(made)
    db.session.flush()
    assert listings_with(["zeppelin"])["zeppelin"].tolist() == []


def test_similar_listings_share_their_heaviest_words(app: Flask) -> None:
    one = offered("Zeppelins bouwen met ballonnen")
    alike = offered("Ballonnen en zeppelins", "Vliegen boven het stadhuis.")
    offered("Riolering", "Buizen onder de straat.")
    assert [each.id for each in browse.similar(one)] == [alike.id]
