"""The warm columns: always in order, true in every process, and never of what was not committed."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker import create_app
from matchmaker.database import db
from matchmaker.listings import actions
from matchmaker.listings.search import browse, facets
from matchmaker.listings.search.columns import FACETS, Row, Snapshot, first_snapshot
from matchmaker.listings.search.filters import Filter
from matchmaker.listings.search.look import Look
from matchmaker.listings.writing import sync_tags
from matchmaker.vocabulary import Side
from tests.conftest import settings_for
from tests.factories import listings, people

a_row = st.builds(
    Row,
    listing_id=st.integers(1, 12),
    side=st.sampled_from(Side),
    published_at=st.sampled_from([datetime(2026, 9, day, tzinfo=UTC) for day in (1, 2, 3)]),
    last_day=st.none(),
    places_left=st.integers(1, 3),
    latitude=st.sampled_from([None, 52.1]),
    longitude=st.just(5.1),
    is_online=st.booleans(),
    codes=st.tuples(*(st.frozensets(st.sampled_from("abc"), max_size=2) for _ in FACETS)),
    poster=st.none(),
)
some_rows = st.lists(a_row, max_size=8, unique_by=lambda row: row.listing_id)


def laid_out(snapshot: Snapshot, side: Side) -> list[tuple[object, ...]]:
    block, known = snapshot.blocks[side], snapshot.known
    codes = zip(*([known.facets[name].sets[number] for number in block.facets[name]] for name in FACETS), strict=True)
    columns = (block.listing_id.tolist(), block.published_at.tolist(), block.places_left.tolist(), codes)
    return list(zip(*columns, strict=True))


def by_hand(rows: list[Row], side: Side) -> list[tuple[object, ...]]:
    own = [row for row in rows if row.side is side]
    own.sort(key=lambda row: (row.published_at, row.listing_id), reverse=True)
    return [
        (row.listing_id, int(row.published_at.timestamp() * 1_000_000), row.places_left, row.codes)
        for row in own
        if row.published_at
    ]


@settings(deadline=None)
@given(first=some_rows, changes=st.lists(st.tuples(some_rows, st.sets(st.integers(1, 12), max_size=3)), max_size=4))
def test_columns_hold_the_last_of_each_listing_newest_first(
    first: list[Row], changes: list[tuple[list[Row], set[int]]]
) -> None:
    now = {row.listing_id: row for row in first}
    snapshot = first_snapshot(0, [first[:3], first[3:]])
    for number, (rows, gone) in enumerate(changes, 1):
        for each in gone:
            now.pop(each, None)
        now.update({row.listing_id: row for row in rows})
        snapshot, slots = snapshot.changed(number, gone, rows)
        assert set(slots) == {row.listing_id for row in rows}
    for side in Side:
        assert laid_out(snapshot, side) == by_hand(list(now.values()), side)


def test_a_change_in_one_process_is_seen_in_the_next_look_of_another(
    migrated_database: Callable[[], str], tmp_path: Path
) -> None:
    url = migrated_database()
    one, other = (create_app(settings_for(url, tmp_path)) for _ in range(2))
    with one.app_context():
        made = listings.offer(title="Zeppelins")
        sync_tags(made)
        db.session.commit()
        number = made.id
    assert (seen_by(other, "zeppelin"), seen_by(other, "ballon")) == ([number], [])
    with one.app_context():
        offer = db.session.get_one(type(made), number)
        values = {"title": "Ballonnen boven de stad"}
        actions.save_draft(
            offer, side=offer.side, kind=offer.kind, organisation=offer.organisation, values=values, by=None
        )
        db.session.commit()
    assert (seen_by(other, "zeppelin"), seen_by(other, "ballon")) == ([], [number])
    for each in (one, other):
        with each.app_context():
            db.engine.dispose()


def seen_by(app: Flask, words: str) -> list[int]:
    with app.app_context():
        look = Look(Filter(side=Side.OFFER, words=words))
        found = look.listing_ids(look.rows)
        db.session.remove()
        return found


def test_what_is_rolled_back_was_never_there(committed_app: Flask) -> None:
    home = people.municipality()
    listings.offer(home)
    db.session.commit()
    browse.count(Filter(side=Side.OFFER))
    listings.offer(home)
    home.name = "Nergenshuizen"
    within = whose()
    db.session.rollback()
    assert (within, whose()) == ([("Nergenshuizen", 2)], [(home.name, 1)])


def test_a_first_look_among_changes_that_are_rolled_back_leaves_nothing(committed_app: Flask) -> None:
    listings.offer()
    within = browse.count(Filter(side=Side.OFFER))
    db.session.rollback()
    assert (within, browse.count(Filter(side=Side.OFFER))) == (1, 0)


def whose() -> list[tuple[str, int]]:
    counted = facets.count_posters(Look(Filter(side=Side.OFFER)))
    return [(each.name, each.listings) for each in counted]
