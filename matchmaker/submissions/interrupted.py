"""A form that came when the session had ended waits an hour for the same person to sign in again."""

import json
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, func, select

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.sealing import SealBroken, seal, unseal
from matchmaker.submissions.models import InterruptedForm

KEPT = timedelta(hours=1)
MOST = 10
"""Of one person at a time."""
LONGEST = 200_000
"""Characters, of names and values together; no form of ours comes near."""
_PURPOSE = "interrupted form"
Fields = Sequence[tuple[str, str]]


def keep_form(account_id: int, *, path: str, fields: Fields, had_files: bool) -> InterruptedForm | None:
    """Keep what someone sent; None when there is nothing to keep or no room for it."""
    text = json.dumps(list(fields))
    waiting = select(func.count(InterruptedForm.id)).where(
        InterruptedForm.account_id == account_id, InterruptedForm.at > now() - KEPT
    )
    if not fields or len(text) > LONGEST or len(path) > 1000 or (db.session.scalar(waiting) or 0) >= MOST:
        return None
    kept = InterruptedForm(account_id=account_id, path=path, sealed=seal(text, purpose=_PURPOSE), had_files=had_files)
    db.session.add(kept)
    db.session.flush()
    return kept


def form_of(account_id: int, form_id: int) -> InterruptedForm | None:
    """A form of this person that still waits; what is of another does not exist."""
    return db.session.scalar(
        select(InterruptedForm).where(
            InterruptedForm.id == form_id,
            InterruptedForm.account_id == account_id,
            InterruptedForm.at > now() - KEPT,
        )
    )


def fields_of(form: InterruptedForm) -> Fields:
    """Names and values in their order; empty when it was sealed under a key that is not known any more."""
    try:
        return [(name, value) for name, value in json.loads(unseal(form.sealed, purpose=_PURPOSE))]
    except SealBroken:
        return []


def forget_interrupted() -> int:
    """Remove what waited for an hour; returns how many."""
    return db.session.execute(delete(InterruptedForm).where(InterruptedForm.at < now() - KEPT)).rowcount
