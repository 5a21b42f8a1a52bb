"""Claiming a form's key and remembering its answer."""

from datetime import timedelta
from time import sleep

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.submissions.models import Submission

REMEMBERED = timedelta(days=2)
LOOKS = 20
LOOK_SECONDS = 0.05


def find(key: str) -> Submission | None:
    """The form handled before with this key."""
    return db.session.get(Submission, key, populate_existing=True)


def claim(key: str) -> bool:
    """Reserve a key within this transaction; False when another request just did.

    A second request with the same key waits here until the first has committed or rolled back.
    """
    try:
        with db.session.begin_nested():
            db.session.add(Submission(key=key))
    except IntegrityError:
        return False
    return True


def wait_for_location(key: str) -> str:
    """Where the answer of another request led, which may be about to note it; empty when it never does.

    What this request began is let go, so that the other one can write.
    """
    for _ in range(LOOKS):
        db.session.rollback()
        earlier = find(key)
        if earlier is None or earlier.location:
            return earlier.location if earlier else ""
        db.session.rollback()
        sleep(LOOK_SECONDS)
    return ""


def note_location(key: str, location: str) -> None:
    """Remember where the answer led, in a transaction of its own, after the change was committed."""
    db.session.execute(update(Submission).where(Submission.key == key).values(location=location[:500]))
    db.session.commit()


def release(key: str) -> None:
    """Give a key back: the form was refused and will be sent again. What was not committed is let go."""
    db.session.rollback()
    db.session.execute(delete(Submission).where(Submission.key == key))
    db.session.commit()


def forget_old() -> int:
    """Remove keys nobody will send again; returns how many."""
    return db.session.execute(delete(Submission).where(Submission.at < now() - REMEMBERED)).rowcount
