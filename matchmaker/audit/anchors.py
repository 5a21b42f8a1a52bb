"""Signed ends of stretches of the chain: where an old one went, and where the secret key was replaced."""

import hmac
from datetime import datetime

from sqlalchemy import select

from matchmaker.audit.chain import known_keys, signature_of
from matchmaker.audit.models import AuditAnchor, AuditSeal
from matchmaker.clock import now
from matchmaker.database import db


def add_anchor(up_to: int, events: int, moment: datetime) -> None:
    """Sign the end of a stretch before its links and events go; takes the place of an anchor that stood just there."""
    digest = db.session.scalars(select(AuditSeal.digest).where(AuditSeal.number == up_to)).one()
    anchor = db.session.get(AuditAnchor, up_to) or AuditAnchor(up_to=up_to)
    anchor.at, anchor.events, anchor.digest, anchor.keys = moment, events, digest, ""
    _sign(anchor)


def add_mark(up_to: int, digest: str, marks: set[str]) -> bool:
    """Sign with the key of now that the chain was whole up to a link, made with the keys of these marks.

    From then on it can be verified from there without those keys. False when the link is no longer there.
    """
    standing = select(AuditSeal.number).where(AuditSeal.number == up_to, AuditSeal.digest == digest)
    if db.session.scalar(standing) is None or db.session.get(AuditAnchor, up_to) is not None:
        return False
    _sign(AuditAnchor(up_to=up_to, at=now(), events=0, digest=digest, keys=" ".join(sorted(marks))))
    return True


def sign_again() -> int:
    """Sign each anchor with the key of now; returns how many had another signature. One that is wrong stays so."""
    changed = 0
    for each in all_anchors():
        if is_signed(each) and not _is_of_now(each):
            _sign(each)
            changed += 1
    return changed


def all_anchors() -> list[AuditAnchor]:
    """From the oldest stretch to the newest."""
    return list(db.session.scalars(select(AuditAnchor).order_by(AuditAnchor.up_to)))


def is_signed(anchor: AuditAnchor) -> bool:
    """Whether we signed it, with any key that is known."""
    return any(hmac.compare_digest(anchor.signature, signature_of(key, anchor)) for key in known_keys())


def _is_of_now(anchor: AuditAnchor) -> bool:
    return hmac.compare_digest(anchor.signature, signature_of(known_keys()[0], anchor))


def _sign(anchor: AuditAnchor) -> None:
    anchor.signature = signature_of(known_keys()[0], anchor)
    db.session.add(anchor)
    db.session.flush()
