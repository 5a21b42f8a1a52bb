"""The change number: every change of a listing has one, in the order of the commits, and none is missed."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.listings import changes
from matchmaker.listings.actions import close, give_back_place, take_place
from matchmaker.listings.changes import (
    changed_since,
    forget_old_changes,
    latest_change,
    note_changed,
    note_everything,
    pending_changes,
)
from matchmaker.listings.models import ListingChange, Offer
from matchmaker.organisations.models import Desk
from matchmaker.vocabulary import Side
from tests.conftest import on_postgresql
from tests.factories import listings, people


def committed() -> int:
    """Commit and say how far the numbers are."""
    db.session.commit()
    return latest_change()


def test_a_new_and_a_changed_listing_get_the_next_number(app: Flask) -> None:
    before = committed()
    offer = listings.offer()
    assert committed() == before + 1
    offer.title = "Een andere titel"
    assert committed() == before + 2
    assert changed_since(before) == changes.Changes(before + 2, frozenset({offer.id}), True)


def test_a_commit_without_a_change_of_a_listing_takes_no_number(app: Flask) -> None:
    offer = listings.offer()
    before = committed()
    people.account()
    offer.title = str(offer.title)
    assert committed() == before
    assert changed_since(before) == changes.Changes(before, frozenset(), True)


def test_taking_and_giving_back_a_place_past_the_orm_are_changes(app: Flask) -> None:
    offer = listings.offer(places=2)
    before = committed()
    take_place(offer)
    assert committed() == before + 1
    give_back_place(offer)
    assert committed() == before + 2
    assert changed_since(before + 1).listing_ids == {offer.id}


def test_what_an_organisation_changes_is_a_change_of_each_of_its_listings(app: Flask) -> None:
    town = people.municipality()
    one, other = listings.offer(town), listings.offer(town)
    listings.offer()
    before = committed()
    town.latitude = 51.0
    committed()
    assert changed_since(before).listing_ids == {one.id, other.id}
    town.about = "Wij zijn een fijne stad."
    assert committed() == before + 1


def test_another_desk_programme_or_team_is_a_change_of_the_listings_under_it(app: Flask) -> None:
    town, school = people.municipality(), people.institution()
    team, programme = people.team(town), people.programme(school)
    offer, need = listings.offer(town, team_id=team.id), listings.need(school, programme_id=programme.id)
    other_desk = people.desk(people.municipality(with_desk=False))
    before = committed()
    town.desk = db.session.get_one(Desk, other_desk.id)
    committed()
    assert changed_since(before).listing_ids == {offer.id}
    programme.isced = "0923"
    committed()
    assert changed_since(before + 1).listing_ids == {need.id}
    team.name = "Team met een nieuwe naam"
    committed()
    assert changed_since(before + 2) == changes.Changes(before + 3, frozenset({offer.id}), True)


def test_what_is_rolled_back_takes_no_number_and_leaves_no_gap(app: Flask) -> None:
    offer = listings.offer()
    before = committed()
    offer.title = "Dit gaat niet door"
    db.session.flush()
    db.session.rollback()
    assert not pending_changes()
    assert committed() == before
    offer.title = "Dit gaat wel door"
    assert committed() == before + 1


def test_a_savepoint_takes_no_number_and_its_rollback_forgets_nothing_else(app: Flask) -> None:
    one, other = listings.offer(), listings.offer()
    before = committed()
    one.title = "Voor het tussenpunt"
    with db.session.begin_nested():
        other.title = "Binnen het tussenpunt"
    assert latest_change() == before
    undone = db.session.begin_nested()
    other.text = "Dit wordt teruggedraaid, en de rest blijft staan."
    db.session.flush()
    undone.rollback()
    assert committed() == before + 1
    assert changed_since(before).listing_ids == {one.id, other.id}


def test_a_session_knows_what_it_changed_before_it_commits(app: Flask) -> None:
    town = people.municipality()
    under, own = listings.offer(town), listings.offer()
    committed()
    own.title = "Nog niet vastgelegd"
    town.place = "Elders"
    assert pending_changes().within(Side.OFFER, own.kind) == {own.id, under.id}
    assert pending_changes().within(Side.NEED, own.kind) == frozenset()
    committed()
    assert not pending_changes()


def test_more_changes_than_are_worth_naming_mean_reading_everything(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = people.municipality()
    made = [listings.offer(town) for _ in range(3)]
    before = committed()
    monkeypatch.setattr(changes, "MOST_NAMED", 2)
    town.name = "Een nieuwe naam"
    assert committed() == before + 1
    assert changed_since(before) == changes.Changes(before + 1, frozenset(), False)
    note_changed([made[0].id])
    committed()
    assert changed_since(before + 1).listing_ids == {made[0].id}
    note_everything()
    committed()
    assert not changed_since(before + 2).complete


def test_old_changes_are_forgotten_and_who_needs_them_reads_everything(app: Flask) -> None:
    start = committed()
    offer = listings.offer()
    first = committed()
    db.session.execute(update(ListingChange).values(at=now() - timedelta(days=2)))
    close(offer, by=None)
    second = committed()
    old = db.session.scalar(select(func.count()).select_from(ListingChange).where(ListingChange.number <= first))
    assert forget_old_changes(now()) == old == 1
    assert not changed_since(start).complete
    assert changed_since(first) == changes.Changes(second, frozenset({offer.id}), True)
    assert forget_old_changes(now()) == 0


@pytest.mark.committed
def test_a_change_committed_late_cannot_hide_behind_one_committed_early(committed_app: Flask) -> None:
    """Two transactions change a listing each; the one that began first commits last and still has the higher number.

    SQLite has one writer at a time: there the second begins when the first is done.
    """
    numbers = [listings.offer().id for _ in range(2)]
    seen = committed()
    db.session.rollback()
    factory = db.session.session_factory
    early, late = factory(), factory()
    early.get_one(Offer, numbers[0]).title = "Begonnen voor de ander"
    early.flush()
    if not on_postgresql():
        early.commit()
    late.get_one(Offer, numbers[1]).title = "Begonnen na de ander"
    late.commit()
    found = changed_since(seen)
    assert found.listing_ids == ({numbers[1]} if on_postgresql() else set(numbers))
    db.session.rollback()
    early.commit()
    assert changed_since(found.number).listing_ids == ({numbers[0]} if on_postgresql() else set())
    early.close()
    late.close()


def test_a_statement_about_a_listing_the_session_wrote_itself_is_no_change_of_every_kind(app: Flask) -> None:
    committed()
    offer = listings.offer()
    elsewhere = offer.id + 1
    note_changed([offer.id, elsewhere])
    assert pending_changes().within(Side.NEED, offer.kind) == {elsewhere}
    assert pending_changes().within(Side.OFFER, offer.kind) == {offer.id, elsewhere}
