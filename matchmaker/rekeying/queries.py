"""What still needs a secret key of before, and would end without it."""

from dataclasses import dataclass

from sqlalchemy import func, select

from matchmaker.accounts.models import SignInSession
from matchmaker.audit.verifying import Verdict
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.factors.keys import known_marks
from matchmaker.factors.models import RecoveryCode
from matchmaker.mail.models import Letter


@dataclass(frozen=True, slots=True)
class Needing:
    """Counts of what cannot be moved: `codes` on paper not used yet, of so many `people`; `dead_codes` whose key is
    not known here; `sessions` and `letters` that can be answered of before the key of now made its first link;
    `links` of the log made with a key of before."""

    codes: int
    people: int
    dead_codes: int
    sessions: int
    letters: int
    links: int


def still_needing(verdict: Verdict) -> Needing:
    """What needs a key of before; `verdict` is of the chain as it stands."""
    known = known_marks()
    codes, people = _codes(RecoveryCode.key_mark.in_(known[1:]))
    dead, _ = _codes(RecoveryCode.key_mark.not_in(["", *known]))
    since = verdict.since or now()
    old_sessions = select(func.count(SignInSession.id)).where(
        SignInSession.created_at < since, SignInSession.expires_at > now()
    )
    old_letters = select(func.count(Letter.id)).where(
        Letter.created_at < since, Letter.values["answers"].as_string().is_not(None)
    )
    return Needing(
        codes=codes,
        people=people,
        dead_codes=dead,
        sessions=db.session.scalar(old_sessions) or 0,
        letters=db.session.scalar(old_letters) or 0,
        links=verdict.former,
    )


def _codes(which: object) -> tuple[int, int]:
    counted = select(func.count(RecoveryCode.id), func.count(RecoveryCode.account_id.distinct())).where(
        RecoveryCode.used_at.is_(None),
        which,  # type: ignore[arg-type]
    )
    codes, people = db.session.execute(counted).one()
    return codes, people
