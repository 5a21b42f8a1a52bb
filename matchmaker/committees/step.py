"""One step with all that belongs to it: the state, its event and one line in the log."""

from enum import StrEnum

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.committees.models import Living
from matchmaker.database import db


def step(subject: Living, action: StrEnum, *, by: Account | None) -> None:
    """Take one step; raises InvalidMove when it does not exist from here, before anything has changed."""
    subject.move(action, by=by)
    db.session.flush()
    record(f"{subject.NOUN}.{action.value}", about=subject, by=by, organisation=subject.committee.organisation)
