"""Did you mean: a mistyped word leads to the words that postings really have, as people wrote them."""

from functools import cache

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.database import db
from matchmaker.listings.models import Listing
from matchmaker.listings.search.filters import Filter
from matchmaker.listings.search.look import Look
from matchmaker.listings.search.meant import Meant, compounds_like, meant
from matchmaker.listings.search.nearness import Vocabulary, distances
from matchmaker.listings.search.text_index import renew_vocabulary
from matchmaker.listings.writing import sync_tags
from matchmaker.vocabulary import Kind, Side
from tests.factories import listings
from tests.factories.client import Client

word = st.text(alphabet="abcd", min_size=1, max_size=7)


@cache
def fewest_steps(one: str, other: str) -> int:
    """The same distance, read from its definition: the cheapest way to make one word of the other."""
    if not one or not other:
        return len(one) + len(other)
    ways = [
        fewest_steps(one[1:], other) + 1,
        fewest_steps(one, other[1:]) + 1,
        fewest_steps(one[1:], other[1:]) + (one[0] != other[0]),
    ]
    if len(one) > 1 and len(other) > 1 and one[:2] == other[1::-1]:
        ways.append(fewest_steps(one[2:], other[2:]) + 1)
    return min(ways)


@settings(deadline=None)
@given(typed=word, known=st.lists(word, min_size=1, max_size=6, unique=True))
def test_every_distance_is_the_fewest_steps_between_two_words(typed: str, known: list[str]) -> None:
    packed = Vocabulary([(each, 1) for each in known])
    found = distances(typed, packed.letters, packed.lengths).tolist()
    assert found == [fewest_steps(typed, each) for each in known]
    begun = distances(typed, packed.letters, packed.lengths, ending=2).tolist()
    beginnings = [typed[:end] for end in range(max(1, len(typed) - 2), len(typed) + 1)]
    assert begun == [min(fewest_steps(one, each) for one in beginnings) for each in known]


def test_the_nearest_come_first_and_of_equally_near_the_one_of_most_listings() -> None:
    known = Vocabulary([("vergunning", 3), ("vergissing", 9), ("vergunnen", 1), ("riool", 5)])
    assert known.near("vergunming", 5) == ["vergunning"]
    assert known.near("vergunninf", 5) == ["vergunning", "vergunnen"]
    assert known.near("riolerimg", 5, ending=4) == ["riool"]
    assert Vocabulary([("boom", 1), ("boot", 5), ("book", 5)]).near("boor", 2) == ["boot", "book"]


def test_a_short_word_is_not_taken_for_another() -> None:
    assert Vocabulary([("wmo", 8), ("woo", 3)]).near("wma", 5) == []


def offered(title: str, **values: object) -> Listing:
    made = listings.offer(title=title, text="Over het werk van de wijk.", work_fields=[], **values)
    sync_tags(made)
    return made


def looked(words: str, **wanted: object) -> list[Meant]:
    renew_vocabulary()
    return meant(Look(Filter(side=Side.OFFER, words=words, **wanted)))  # type: ignore[arg-type]


def test_a_mistyped_word_leads_to_the_word_as_it_was_written(app: Flask) -> None:
    offered("Bouwvergunningen in de stad")
    offered("Bouwvergunningen op het land")
    assert looked("bouwvergunnnig") == [Meant("bouwvergunningen", 2)]


def test_only_the_mistyped_word_of_a_search_is_put_right(app: Flask) -> None:
    offered("Riolering en klimaat")
    assert looked("riolerimg klimaat") == [Meant("riolering klimaat", 1)]


def test_when_every_word_is_mistyped_all_are_put_right(app: Flask) -> None:
    offered("Riolering en klimaat")
    assert looked("riolerimg klimaad") == [Meant("riolering klimaat", 1)]


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("omgevingsvergunnning", "omgevingsvergunning"),
        ("omgevinsvergunning", "omgevingsvergunning"),
        ("stagopdracht", "stageopdracht"),
        ("afvalbelied", "afvalbeleid"),
    ],
)
def test_one_mistyped_part_of_a_compound_is_put_right(typed: str, known: str) -> None:
    assert known in compounds_like(typed)


@pytest.mark.parametrize("typed", ["omgevingsvergunning", "zeppelin", "", "x" * 40])
def test_what_is_right_or_unlike_any_compound_stays(typed: str) -> None:
    assert compounds_like(typed) == []


def test_a_mistyped_compound_that_is_found_by_its_parts_alone_is_put_right(app: Flask) -> None:
    offered("Een vergunning volgens de wet voor de omgeving")
    assert looked("omgevingsvergunnning") == [Meant("omgevingsvergunning", 1)]


def test_what_is_meant_counts_within_the_other_choices(app: Flask) -> None:
    offered("Riolering", kind=Kind.LECTURE)
    assert looked("riolerimg", kinds=(Kind.WORK.value,)) == []


def test_a_search_that_finds_enough_asks_nothing(app: Flask) -> None:
    for _ in range(3):
        offered("Riolering")
    assert looked("riolering") == []


def test_a_word_that_only_a_draft_has_is_not_named(app: Flask) -> None:
    made = offered("Zeppelins")
    made.status = "draft"  # type: ignore[assignment]
    db.session.flush()
    assert looked("zeppelims") == []


def test_the_page_links_to_what_may_be_meant(client: Client) -> None:
    offered("Riolering", levels=["mbo4"])
    renew_vocabulary()
    page = client.get("/aanbod?q=riolerimg&niveau=mbo4").text
    assert "Bedoelde u:" in page
    assert 'href="/aanbod?q=riolering&amp;niveau=mbo4"' in page
    assert "(1 resultaat)" in page
