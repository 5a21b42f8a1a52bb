"""Versions of weights and crosswalk: a proposal can always be recomputed."""

import pytest
from flask import Flask

from matchmaker.catalogue.actions import ensure_first_versions, publish_version
from matchmaker.catalogue.models import CatalogueVersion, Subject
from matchmaker.catalogue.queries import (
    crosswalk_at,
    current_crosswalk,
    current_weights,
    first_values,
    versions_of,
    weights_at,
)
from matchmaker.database import db
from matchmaker.engine.weights import DEFAULT_WEIGHTS
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.reference import crosswalk
from matchmaker.vocabulary import Role
from tests.factories import people


def test_before_anything_is_stored_the_shipped_values_count(app: Flask) -> None:
    assert current_weights() == DEFAULT_WEIGHTS
    version, links = current_crosswalk()
    assert (version, dict(links.strengths)) == ("1", crosswalk())


def test_the_first_versions_are_stored_once_and_equal_what_is_shipped(app: Flask) -> None:
    ensure_first_versions(), ensure_first_versions()
    assert db.session.query(CatalogueVersion).count() == 2
    assert (current_weights(), dict(crosswalk_at("1").strengths)) == (DEFAULT_WEIGHTS, crosswalk())


def test_a_new_version_takes_over_and_the_old_one_can_still_be_read(app: Flask) -> None:
    by = people.member(Role.PLATFORM_ADMIN, people.role_home(Role.PLATFORM_ADMIN))
    values = first_values(Subject.WEIGHTS)
    values["weights"]["places"]["subject"] = 50
    publish_version(Subject.WEIGHTS, values, why="Onderwerp telt zwaarder.", by=by)
    assert current_weights().version == "2"
    assert weights_at("1") == DEFAULT_WEIGHTS
    assert [row.version for row in versions_of(Subject.WEIGHTS)] == ["2", "1"]
    assert [row.current for row in versions_of(Subject.WEIGHTS)] == [True, False]
    assert current_crosswalk()[0] == "1"


@pytest.mark.parametrize(
    ("subject", "values"),
    [
        (Subject.WEIGHTS, {"weights": {}}),
        (Subject.WEIGHTS, {}),
        (Subject.CROSSWALK, {"pairs": [["W01", "0421", 4]]}),
        (Subject.CROSSWALK, {"pairs": [["W01"]]}),
        (Subject.CROSSWALK, {}),
    ],
)
def test_values_the_engine_cannot_use_are_refused(app: Flask, subject: Subject, values: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        publish_version(subject, values, why="Proef", by=people.account())
    assert current_weights() == DEFAULT_WEIGHTS


def test_a_version_without_a_reason_is_refused(app: Flask) -> None:
    with pytest.raises(InvalidValue):
        publish_version(Subject.WEIGHTS, first_values(Subject.WEIGHTS), why=" ", by=people.account())


@pytest.mark.parametrize("subject", list(Subject))
def test_a_version_that_changes_nothing_is_refused(app: Flask, subject: Subject) -> None:
    with pytest.raises(InvalidValue, match="changes_nothing"):
        publish_version(subject, first_values(subject), why="Zomaar.", by=people.account())
    assert [row.version for row in versions_of(subject)] == ["1"]


def test_a_version_that_never_was_is_not_found(app: Flask) -> None:
    with pytest.raises(NotFound):
        weights_at("99")
