"""What other weights would change, against what they then do change."""

from dataclasses import replace
from types import MappingProxyType

from flask import Flask

from matchmaker.catalogue.models import CatalogueVersion
from matchmaker.catalogue.queries import current_weights
from matchmaker.database import db
from matchmaker.engine.findings import Criterion
from matchmaker.engine.profiles import KindGroup
from matchmaker.engine.weights import Weights
from matchmaker.insights.weights_preview import MOST_EXAMPLES, SAMPLE, preview
from matchmaker.matches.models import Match
from matchmaker.matches.proposing import rank_listing
from tests.factories import listings, people


def only(criterion: Criterion) -> Weights:
    """Weights by which one criterion decides alone, for lectures."""
    weights = current_weights()
    points = {each: int(each is criterion) for each in weights.by_group[KindGroup.SESSIONS]}
    return replace(
        weights, version="vooraf", by_group=MappingProxyType({**weights.by_group, KindGroup.SESSIONS: points})
    )


def two_offers() -> tuple[object, object, object]:
    """A need with one offer that fits by its field and one that is near."""
    need = listings.need(work_fields=["W15"], latitude=52.08, longitude=5.17)
    fits = listings.offer(people.municipality(), work_fields=["W15"], latitude=52.50, longitude=5.17)
    near = listings.offer(people.municipality(), work_fields=["W01"], latitude=52.08, longitude=5.17)
    return need, fits, near


def test_equal_weights_change_nothing(app: Flask) -> None:
    two_offers()
    found = preview(current_weights())
    assert (found.needs, found.first_changes, found.top_changes, found.examples) == (1, 0, 0, [])


def test_another_first_is_counted_and_shown_with_both_scores(app: Flask) -> None:
    need, fits, near = two_offers()
    wanted = only(Criterion.DISTANCE)
    found = preview(wanted)
    assert (found.needs, found.first_changes) == (1, 1)
    [change] = found.examples
    assert change.before and change.after
    assert (change.need, change.before.title, change.after.title) == (need, fits.title, near.title)
    now = {each.offer: each.score for each in rank_listing(need, top=5)[0]}
    assert (change.before.before, change.after.before) == (now[fits.reference], now[near.reference])
    assert change.after.after == 100.0


def test_an_offer_that_drops_below_forty_is_no_longer_proposed(app: Flask) -> None:
    need, fits, _near = two_offers()
    db.session.delete(_near)
    db.session.flush()
    assert preview(only(Criterion.DISTANCE)).top_changes == 1
    [change] = preview(only(Criterion.DISTANCE)).examples
    assert change.after is None


def test_it_looks_at_the_newest_fifty_and_shows_a_few(app: Flask) -> None:
    town, school = people.municipality(), people.institution()
    listings.offer(town, work_fields=["W15"], latitude=52.50, longitude=5.17)
    listings.offer(people.municipality(), work_fields=["W01"], latitude=52.08, longitude=5.17)
    for _ in range(SAMPLE + 2):
        listings.need(school, work_fields=["W15"], latitude=52.08, longitude=5.17)
    found = preview(only(Criterion.DISTANCE))
    assert (found.needs, found.first_changes, len(found.examples)) == (SAMPLE, SAMPLE, MOST_EXAMPLES)


def test_looking_writes_nothing(app: Flask) -> None:
    two_offers()
    preview(only(Criterion.DISTANCE))
    assert db.session.query(Match).count() == db.session.query(CatalogueVersion).count() == 0
    assert not db.session.new and not db.session.dirty
