"""Which weights and which crosswalk are in force, and which were at a version."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from matchmaker.catalogue.models import CatalogueVersion, CrosswalkDismissal, Subject
from matchmaker.catalogue.rules import read_crosswalk, read_weights
from matchmaker.database import db
from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.weights import DEFAULT_WEIGHTS, Weights
from matchmaker.errors import NotFound
from matchmaker.reference import crosswalk as crosswalk_register

FIRST_VERSION = DEFAULT_WEIGHTS.version


def current_version(subject: Subject) -> CatalogueVersion | None:
    """The version in force; None before the first was stored, when the values shipped with the product count."""
    return db.session.scalar(
        select(CatalogueVersion).where(CatalogueVersion.subject == subject, CatalogueVersion.current)
    )


def is_in_force(subject: Subject, values: dict[str, Any]) -> bool:
    """Whether the engine would work the same with these values as it does now. They must be usable."""
    if subject is Subject.WEIGHTS:
        weights = current_weights()
        return read_weights(weights.version, values) == weights
    return read_crosswalk(values).strengths == current_crosswalk()[1].strengths


def versions_of(subject: Subject) -> Sequence[CatalogueVersion]:
    """Every version, newest first."""
    return db.session.scalars(
        select(CatalogueVersion)
        .where(CatalogueVersion.subject == subject)
        .order_by(CatalogueVersion.created_at.desc(), CatalogueVersion.id.desc())
    ).all()


def current_weights() -> Weights:
    """The weights in force, with their version."""
    row = current_version(Subject.WEIGHTS)
    return read_weights(row.version, row.values) if row else DEFAULT_WEIGHTS


def current_crosswalk() -> tuple[str, Crosswalk]:
    """The version and the crosswalk in force."""
    row = current_version(Subject.CROSSWALK)
    return (row.version, read_crosswalk(row.values)) if row else (FIRST_VERSION, Crosswalk(crosswalk_register()))


def weights_at(version: str) -> Weights:
    """The weights of a version. Raises NotFound."""
    return read_weights(version, _values(Subject.WEIGHTS, version))


def crosswalk_at(version: str) -> Crosswalk:
    """The crosswalk of a version. Raises NotFound."""
    return read_crosswalk(_values(Subject.CROSSWALK, version))


def dismissals() -> Sequence[CrosswalkDismissal]:
    """Proposed changes of the crosswalk that were not wanted, oldest first."""
    return db.session.scalars(
        select(CrosswalkDismissal).order_by(CrosswalkDismissal.dismissed_at, CrosswalkDismissal.id)
    ).all()


def first_values(subject: Subject) -> dict[str, Any]:
    """The values shipped with the product."""
    if subject is Subject.WEIGHTS:
        return {"weights": json.loads(DEFAULT_WEIGHTS.to_json())["weights"]}
    pairs = sorted(crosswalk_register().items())
    return {"pairs": [[work, study, strength] for (work, study), strength in pairs]}


def _values(subject: Subject, version: str) -> dict[str, Any]:
    row = db.session.scalar(
        select(CatalogueVersion).where(CatalogueVersion.subject == subject, CatalogueVersion.version == version)
    )
    if row is not None:
        return row.values
    if version == FIRST_VERSION:
        return first_values(subject)
    raise NotFound(subject=subject.value, version=version)
