"""Nobody floods a mail address with letters that anyone can ask for."""

from datetime import timedelta

from sqlalchemy import func, select

from matchmaker.clock import now
from matchmaker.database import db, take_turn
from matchmaker.mail.models import Letter

LETTERS_AN_HOUR = 3
LETTER_WINDOW = timedelta(hours=1)


def has_enough(address: str, *templates: str) -> bool:
    """Whether as many of these letters went to an address in the last hour as may.

    Who asks for a letter to the same address at the same moment waits until the caller has committed, so that none goes
    uncounted.
    """
    known = address.strip().lower()
    take_turn(f"letters to {known}")
    counted = select(func.count(Letter.id)).where(
        Letter.to_address == known, Letter.template.in_(templates), Letter.created_at > now() - LETTER_WINDOW
    )
    return (db.session.scalar(counted) or 0) >= LETTERS_AN_HOUR
