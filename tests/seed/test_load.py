"""The made-up national load: repeatable, believable, and only where it may stand."""

import dataclasses
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import Settings
from matchmaker.database import db
from matchmaker.dutch.terms import terms
from matchmaker.errors import NotAllowed
from matchmaker.listings.actions import problems_with
from matchmaker.listings.analysis import outdated_terms, terms_of
from matchmaker.listings.changes import changed_since, latest_change
from matchmaker.listings.kinds import fields_for, who_posts
from matchmaker.listings.models import Listing, ListingTag
from matchmaker.listings.search.models import ListingWords
from matchmaker.listings.search.terms import terms_of as words_of
from matchmaker.listings.search.terms import wording_of
from matchmaker.listings.values import clean
from matchmaker.listings.writing import FACETS, values_of
from matchmaker.organisations.models import Organisation
from matchmaker.seed.load import load_seed, must_be_for_trial
from matchmaker.vocabulary import Side
from tests.factories import listings

OFFERS, NEEDS = 400, 100


def seeded(number: int = 1) -> list[Listing]:
    load_seed(offers=OFFERS, needs=NEEDS, seed=number, say=lambda _done, _total: None)
    db.session.commit()
    return db.session.query(Listing).order_by(Listing.id).all()


def _take_all_out() -> None:
    for table in (ListingWords, ListingTag, Listing):
        db.session.query(table).delete()


def content(listing: Listing) -> tuple[Any, ...]:
    return listing.reference, listing.title, listing.text, listing.organisation_id, values_of(listing)


def test_every_posting_is_open_and_one_its_poster_could_have_typed(app: Flask) -> None:
    made = seeded()
    assert Counter(each.side for each in made) == {Side.OFFER: OFFERS, Side.NEED: NEEDS}
    for listing in made:
        assert listing.is_open and listing.organisation is not None
        assert listing.organisation.kind is who_posts(listing.kind, listing.side)
        typed = {name: value for name, value in values_of(listing).items() if value not in (None, "", [])}
        assert (clean(listing.kind, listing.side, typed)[1], problems_with(listing)) == ([], []), typed
        assert set(typed) <= set(fields_for(listing.kind, listing.side))


def test_they_are_spread_over_the_country_the_kinds_and_the_fields(app: Flask) -> None:
    made = seeded()
    provinces = {each.organisation.province for each in made if each.organisation}
    assert len(provinces) == 12
    assert len({each.kind for each in made}) == 11
    assert len({code for each in made for code in each.work_fields}) == 25
    assert len({each.text for each in made}) > 0.95 * len(made)
    posters = Counter(each.organisation.name for each in made if each.organisation and each.side is Side.OFFER)
    assert posters["Amsterdam"] > OFFERS / 342 * 3


def test_what_is_kept_beside_a_posting_is_as_if_it_was_typed(app: Flask) -> None:
    made = seeded()
    assert outdated_terms() == 0
    assert all(terms_of(each) == terms(each.title, each.text) for each in made)
    kept = {(each.listing_id, each.facet, each.value) for each in db.session.query(ListingTag)}
    wanted = {(each.id, facet, value) for each in made for facet in FACETS for value in getattr(each, facet)}
    assert kept == wanted
    words = dict(db.session.execute(select(ListingWords.listing_id, ListingWords.words)).all())
    assert words == {each.id: " ".join(words_of(wording_of(each))) for each in made}


def test_the_same_seed_gives_the_same_postings_and_another_seed_others(app: Flask) -> None:
    first = [content(each) for each in seeded(1)]
    _take_all_out()
    db.session.commit()
    again = [content(each) for each in seeded(1)]
    assert [each[:3] for each in again] == [each[:3] for each in first]
    _take_all_out()
    assert [content(each)[:3] for each in seeded(2)] != [each[:3] for each in first]


def test_it_is_one_change_for_whoever_keeps_postings_in_memory(app: Flask) -> None:
    before = latest_change()
    seeded()
    assert not changed_since(before).complete


def test_a_posting_typed_afterwards_gets_a_number_of_its_own(app: Flask) -> None:
    made = seeded()
    assert listings.offer().id == made[-1].id + 1


def test_it_refuses_a_real_place_and_a_database_in_use(app: Flask) -> None:
    settings: Settings = app.extensions["settings"]
    must_be_for_trial(settings, add=False)
    with pytest.raises(NotAllowed):
        must_be_for_trial(dataclasses.replace(settings, production=True), add=True)
    listings.offer()
    with pytest.raises(NotAllowed):
        must_be_for_trial(settings, add=False)
    must_be_for_trial(settings, add=True)


def test_the_command_writes_and_says_how_many(app: Flask) -> None:
    runner = app.test_cli_runner()
    done = runner.invoke(args=["seed", "--offers", "20", "--needs", "10"])
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "20 keer aanbod en 10 vragen geschreven.")
    again = runner.invoke(args=["seed", "--offers", "20", "--needs", "10"])
    assert again.exit_code == 1 and "--add" in again.output
    more = runner.invoke(args=["seed", "--offers", "5", "--needs", "5", "--add"])
    assert more.exit_code == 0
    assert db.session.scalar(select(func.count(Listing.id))) == 40
    assert db.session.scalar(select(func.count(Organisation.id)).where(Organisation.desk_id.is_not(None))) == 342
