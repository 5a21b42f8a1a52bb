"""Questions about letters, for the administrators of the platform."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select

from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.mail.models import Letter, LetterStatus


def letters(
    *, search: str = "", status: LetterStatus | None = None, limit: int, offset: int = 0
) -> tuple[Sequence[Letter], int]:
    """Letters, newest first, and how many there are in all. `search` looks at address and name of the receiver."""
    chosen = select(Letter)
    if status is not None:
        chosen = chosen.where(Letter.status == status)
    if search:
        words = "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        chosen = chosen.where(
            or_(Letter.to_address.ilike(words, escape="\\"), Letter.to_name.ilike(words, escape="\\"))
        )
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    rows = db.session.scalars(chosen.order_by(Letter.id.desc()).limit(limit).offset(offset)).all()
    return rows, total


def letters_by_status() -> dict[LetterStatus, int]:
    """How many letters are in each state."""
    rows = select(Letter.status, func.count(Letter.id)).group_by(Letter.status)
    return dict(db.session.execute(rows).all())


def letter_by_id(letter_id: int) -> Letter:
    """One letter; raises NotFound."""
    found = db.session.get(Letter, letter_id)
    if found is None:
        raise NotFound()
    return found
