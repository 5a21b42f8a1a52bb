"""The warm index gives what ranking everything in plain Python gives, and holds what is committed and nothing else."""

from collections.abc import Callable, Iterator
from random import Random

import pytest
from flask import Flask
from sqlalchemy import update

from matchmaker import create_app
from matchmaker.catalogue.queries import current_crosswalk, current_weights
from matchmaker.database import db
from matchmaker.engine.ranking import Candidate, rank, rank_needs
from matchmaker.listings.actions import close, give_back_place, take_place
from matchmaker.listings.changes import note_everything
from matchmaker.listings.models import Listing, Offer
from matchmaker.listings.queries import counterparts
from matchmaker.matches.profiles_from import postings, profile_from, read_profile
from matchmaker.matches.proposing import rank_listing
from matchmaker.matches.queries import desk_loads
from matchmaker.matches.warm import committed_postings
from matchmaker.seed.load import load_seed
from matchmaker.vocabulary import Kind, ListingStatus, Side
from tests.conftest import QueryCount, settings_for
from tests.factories import listings, people

TOP = 20


def in_plain_python(listing: Listing, *, top: int = TOP) -> list[Candidate]:
    """Every open counterpart compared by the rules, as if there were no index."""
    loads = desk_loads()
    others = [read_profile(each, desk_loads=loads) for each in postings(*counterparts(listing), with_text=True)]
    order = rank if listing.side is Side.NEED else rank_needs
    own = profile_from(listing, desk_loads=loads)
    return order(own, others, crosswalk=current_crosswalk()[1], weights=current_weights(), top=top)


def held(kind: Kind = Kind.LECTURE, side: Side = Side.OFFER) -> int:
    """How many postings the committed index holds."""
    with committed_postings(kind, side) as index:
        return len(index)


def found(listing: Listing, *, top: int = TOP) -> list[str]:
    """The references that are found for a need."""
    return [each.offer for each in rank_listing(listing, top=top)[0]]


@pytest.fixture(scope="module")
def seeded_app(migrated_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A made-up country, committed."""
    app = create_app(settings_for(migrated_database(), tmp_path_factory.mktemp("files")))
    with app.app_context():
        load_seed(offers=1500, needs=500, seed=3, say=lambda _done, _total: None)
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("kind", list(Kind))
def test_on_generated_postings_the_index_finds_what_plain_python_finds(seeded_app: Flask, kind: Kind) -> None:
    chosen = db.session.query(Listing).filter_by(kind=kind).order_by(Listing.id).all()
    assert chosen
    for listing in Random(3).sample(chosen, min(6, len(chosen))):
        assert rank_listing(listing, top=TOP)[0] == in_plain_python(listing)


def test_in_the_demo_the_index_finds_what_plain_python_finds(demo_app: Flask) -> None:
    with demo_app.app_context():
        chosen = [each for each in db.session.query(Listing).order_by(Listing.id) if each.is_open]
        compared = [(rank_listing(each, top=TOP)[0], in_plain_python(each)) for each in chosen]
    assert sum(bool(plain) for _, plain in compared) > 20
    assert [index for index, _ in compared] == [plain for _, plain in compared]


@pytest.mark.parametrize(
    "change",
    [
        lambda offer: setattr(offer, "title", "Iets heel anders over sport en bewegen"),
        lambda offer: setattr(offer, "work_fields", ["W13"]),
        lambda offer: setattr(offer, "levels", ["vo"]),
        lambda offer: setattr(offer.organisation, "latitude", 50.85),
        lambda offer: setattr(offer, "respond_before", None),
        lambda offer: close(offer, by=None),
        take_place,
    ],
)
@pytest.mark.parametrize("committed", [True, False])
def test_every_change_counts_in_the_next_ranking_committed_or_not(
    app: Flask, change: Callable[[Offer], object], committed: bool
) -> None:
    need, offer = listings.need(levels=["hbo_bachelor"]), listings.offer(latitude=None, longitude=None)
    listings.offer(work_fields=["W22"])
    db.session.commit()
    assert rank_listing(need, top=TOP)[0] == in_plain_python(need)
    change(offer)
    if committed:
        db.session.commit()
    assert rank_listing(need, top=TOP)[0] == in_plain_python(need)


def test_what_is_not_committed_is_found_by_its_own_session_and_never_kept(app: Flask) -> None:
    need, offer = listings.need(), listings.offer()
    db.session.commit()
    assert found(need) == [offer.reference]
    fresh = listings.offer()
    close(offer, by=None)
    assert found(need) == [fresh.reference]
    db.session.rollback()
    assert found(need) == [offer.reference]
    assert held() == 1


def test_a_change_of_another_is_kept_from_a_session_that_changed_the_same_listing(app: Flask) -> None:
    """What that session reads would be its own words; it is read later, by whoever can."""
    need, one, other = listings.need(), listings.offer(), listings.offer()
    db.session.commit()
    assert sorted(found(need)) == sorted([one.reference, other.reference])
    other.title = "Vastgelegd"
    db.session.commit()
    one.status = ListingStatus.CLOSED
    assert found(need) == [other.reference]
    assert held() == 2
    db.session.commit()
    assert held() == 1


def test_places_that_are_taken_and_given_back_go_and_come(app: Flask) -> None:
    need, offer = listings.need(), listings.offer(places=1)
    db.session.commit()
    take_place(offer)
    db.session.commit()
    assert (found(need), held()) == ([], 0)
    give_back_place(offer)
    db.session.commit()
    assert (found(need), held()) == ([offer.reference], 1)


def test_the_own_postings_and_those_of_visitors_are_never_proposed(app: Flask) -> None:
    town = people.municipality()
    offer, own = listings.offer(town), listings.need(town)
    visitors = listings.need(organisation_id=None)
    db.session.commit()
    assert (found(own), held(side=Side.NEED)) == ([], 1)
    assert [each.need for each in rank_listing(offer, top=TOP)[0]] == []
    assert found(visitors) == [offer.reference]


def test_when_nothing_changed_one_query_tells_so(app: Flask, count_queries: Callable[[], QueryCount]) -> None:
    listings.offer()
    db.session.commit()
    assert held() == 1
    with count_queries() as queries:
        assert held() == 1
    assert queries.number == 1


def test_a_database_without_its_changes_is_read_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    need, offer = listings.need(), listings.offer()
    db.session.commit()
    assert found(need) == [offer.reference]
    monkeypatch.setattr("matchmaker.listings.changes.MOST_NAMED", 1)
    more = [listings.offer() for _ in range(3)]
    db.session.commit()
    assert sorted(found(need)) == sorted(each.reference for each in (offer, *more))


def test_a_statement_that_names_nothing_counts_before_and_after_the_commit(app: Flask) -> None:
    need, offer = listings.need(), listings.offer()
    db.session.commit()
    assert found(need) == [offer.reference]
    db.session.execute(update(Listing).where(Listing.id == offer.id).values(status=ListingStatus.CLOSED))
    note_everything()
    assert found(need) == []
    db.session.rollback()
    assert found(need) == [offer.reference]
    db.session.execute(update(Listing).where(Listing.id == offer.id).values(status=ListingStatus.CLOSED))
    note_everything()
    db.session.commit()
    assert (found(need), held()) == ([], 0)
