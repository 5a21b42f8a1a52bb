"""Storing versions of weights and crosswalk."""

from typing import Any

from sqlalchemy import func, select, update

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.catalogue.models import CatalogueVersion, CrosswalkDismissal, Subject
from matchmaker.catalogue.queries import (
    FIRST_VERSION,
    current_crosswalk,
    current_version,
    first_values,
    is_in_force,
)
from matchmaker.catalogue.rules import is_usable
from matchmaker.database import db
from matchmaker.errors import InvalidValue


def ensure_first_versions() -> None:
    """Store version 1 of weights and crosswalk when there is none, so that every proposal can be recomputed."""
    stored = set(db.session.scalars(select(CatalogueVersion.subject)))
    for subject in Subject:
        if subject not in stored:
            _store(subject, FIRST_VERSION, first_values(subject), why="", by=None)


def publish_version(subject: Subject, values: dict[str, Any], *, why: str, by: Account) -> CatalogueVersion:
    """Put new values in force under the next version number. Proposals keep the version they were made with.

    Raises InvalidValue when the engine cannot work with the values, when they are those in force, or when no reason is
    given.
    """
    if not why.strip():
        raise InvalidValue("why", "required")
    ensure_first_versions()
    count = db.session.scalar(select(func.count()).where(CatalogueVersion.subject == subject)) or 0
    version = str(count + 1)
    if not is_usable(subject, version, values):
        raise InvalidValue("values", "unknown_code")
    if is_in_force(subject, values):
        raise InvalidValue("values", "changes_nothing")
    return _store(subject, version, values, why=why, by=by)


def publish_link(work_field: str, study_field: str, strength: int, *, why: str, by: Account) -> CatalogueVersion:
    """Put one pair of the crosswalk in force with this strength (0 takes it out), as a new version.

    Raises InvalidValue without a reason or for a strength the engine does not know.
    """
    _version, crosswalk = current_crosswalk()
    pairs = {**crosswalk.strengths, (work_field, study_field): strength}
    values = [[work, study, number] for (work, study), number in sorted(pairs.items()) if number]
    return publish_version(Subject.CROSSWALK, {"pairs": values}, why=why, by=by)


def dismiss_link(
    work_field: str, study_field: str, strength: int, *, decided: int, why: str, by: Account
) -> CrosswalkDismissal:
    """Remember that a proposed strength is not wanted, and how many matches spoke for it then.

    Raises InvalidValue without a reason.
    """
    if not why.strip():
        raise InvalidValue("why", "required")
    made = CrosswalkDismissal(
        work_field=work_field,
        study_field=study_field,
        strength=strength,
        decided=decided,
        why=why,
        dismissed_by_id=by.id,
    )
    db.session.add(made)
    db.session.flush()
    record("catalogue.dismiss", about=made, by=by, work_field=work_field, study_field=study_field, strength=strength)
    return made


def _store(subject: Subject, version: str, values: dict[str, Any], *, why: str, by: Account | None) -> CatalogueVersion:
    before = current_version(subject)
    db.session.execute(update(CatalogueVersion).where(CatalogueVersion.subject == subject).values(current=False))
    made = CatalogueVersion(
        subject=subject,
        version=version,
        values=values,
        why=why,
        current=True,
        created_by_id=by.id if by else None,
    )
    db.session.add(made)
    db.session.flush()
    record(
        "catalogue.publish",
        about=made,
        by=by,
        subject=subject.value,
        version=version,
        before=before.version if before else None,
    )
    return made
