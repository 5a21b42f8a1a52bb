"""What cleaning did."""

from collections.abc import Sequence

from sqlalchemy import select

from matchmaker.database import db
from matchmaker.privacy.models import Cleaning


def cleanings(limit: int = 30) -> Sequence[Cleaning]:
    """The last nights, newest first."""
    return db.session.scalars(select(Cleaning).order_by(Cleaning.id.desc()).limit(limit)).all()
