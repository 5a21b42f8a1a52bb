"""What an authenticator signs: fresh, for one purpose, and answered once. Nothing is stored until it is answered."""

import hmac
import secrets
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.factors.keys import digest, digests
from matchmaker.factors.models import SpentChallenge

LASTS = timedelta(minutes=5)
_RANDOM, _MOMENT = 16, 8


def new_challenge(purpose: str) -> bytes:
    """16 random bytes, the second it was made in, and a keyed digest of both for this purpose: 56 bytes."""
    said = secrets.token_bytes(_RANDOM) + int(now().timestamp()).to_bytes(_MOMENT)
    return said + digest(f"challenge:{purpose}", said)


def made_with(challenge: bytes, purpose: str) -> int | None:
    """With which key we made it for this purpose less than five minutes ago: 0 is that of now. None when we did not."""
    said, mark = challenge[: _RANDOM + _MOMENT], challenge[_RANDOM + _MOMENT :]
    if len(said) < _RANDOM + _MOMENT:
        return None
    age = now().timestamp() - int.from_bytes(said[_RANDOM:])
    if not -1 <= age <= LASTS.total_seconds():
        return None
    ours = enumerate(digests(f"challenge:{purpose}", said))
    return next((number for number, each in ours if hmac.compare_digest(mark, each)), None)


def spend(challenge: bytes) -> bool:
    """Note that it was answered; False when it was before."""
    try:
        with db.session.begin_nested():
            db.session.add(SpentChallenge(digest=digest("spent", challenge).hex()))
    except IntegrityError:
        return False
    return True


def forget_spent() -> int:
    """Remove what could not be answered any more; returns how many."""
    old = delete(SpentChallenge).where(SpentChallenge.at < now() - 2 * LASTS)
    return db.session.execute(old).rowcount
