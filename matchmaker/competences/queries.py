"""Reading the register of competences."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.competences.models import Competence
from matchmaker.database import db


def competences() -> Sequence[Competence]:
    """Every competence in use, by name."""
    return db.session.scalars(
        select(Competence).where(Competence.active).order_by(Competence.name, Competence.id)
    ).all()


def register() -> Sequence[Competence]:
    """Every competence in use with its indicators, by name. Two queries."""
    return db.session.scalars(
        select(Competence)
        .where(Competence.active)
        .order_by(Competence.name, Competence.id)
        .options(selectinload(Competence.indicators))
    ).all()
