"""The chain over the log: each event is sealed at the end of its transaction.

Who commits first holds the head row until then, so links follow each other in the order of commits, however many
processes write. Digests are keyed: whoever has only the database cannot make one that fits.
"""

import hashlib
import hmac
import json
from datetime import UTC, datetime

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, SessionTransaction

from matchmaker.audit.models import AuditAnchor, AuditEvent, AuditSeal
from matchmaker.database import db, insert_lines
from matchmaker.keys import keys_for

_WAITING = "events_to_seal"
HEAD = 1
_ADD_ONE = (
    "WITH added AS (INSERT INTO audit_seals (number, event_id, lasting, personal, digest) VALUES (%s, %s, %s, %s, %s))"
)
"""Before the move of the head, on PostgreSQL: most changes write one event, and one way to the server is enough."""
_PURPOSE = "audit"


def known_keys() -> tuple[bytes, ...]:
    """The keys digests can be made with, that of now first."""
    return keys_for(_PURPOSE)


def lasting_digest(key: bytes, each: AuditEvent) -> str:
    """Of what stays of an event."""
    about = (each.object_kind, each.object_id, each.organisation_id)
    return _digest(key, "lasting", each.id, _moment(each.at), each.action, *about, each.origin, each.result)


def personal_digest(key: bytes, each: AuditEvent) -> str:
    """Of who did it and the details, which can be erased."""
    return _digest(key, "personal", each.id, each.salt, each.actor_id, each.details)


def link_digest(key: bytes, before: str, number: int, event_id: int, lasting: str, personal: str) -> str:
    """Of one link and the one before it."""
    return _digest(key, "link", before, number, event_id, lasting, personal)


def signature_of(key: bytes, anchor: AuditAnchor) -> str:
    """Of an anchor."""
    marks = (anchor.keys,) if anchor.keys else ()
    return _digest(key, "anchor", anchor.up_to, anchor.events, anchor.digest, _moment(anchor.at), *marks)


def _digest(key: bytes, *parts: object) -> str:
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _note(session: Session, _context: object, _instances: object) -> None:
    for each in (*session.new, *session.dirty):
        if isinstance(each, AuditEvent):
            session.info.setdefault(_WAITING, {})[each] = None


def _seal(session: Session) -> None:
    """Before a transaction commits: a link for each event written in it. Past the ORM: it is in every change."""
    if session.in_nested_transaction():
        return
    session.flush()
    waiting = [each for each in session.info.pop(_WAITING, ()) if inspect(each).persistent]
    if not waiting:
        return
    connection = session.connection()
    on_sqlite = connection.dialect.name == "sqlite"
    mark, lock = ("?", "") if on_sqlite else ("%s", " FOR UPDATE")
    head = f"SELECT number, digest FROM audit_head WHERE id = {mark}{lock}"  # noqa: S608  # nosec B608  # marks alone
    number, digest = connection.exec_driver_sql(head, (HEAD,)).one()
    links, key = [], known_keys()[0]
    for each in sorted(waiting, key=lambda each: each.id):
        number, lasting, personal = number + 1, lasting_digest(key, each), personal_digest(key, each)
        digest = link_digest(key, digest, number, each.id, lasting, personal)
        links.append((number, each.id, lasting, personal, digest))
    moved = f"UPDATE audit_head SET number = {mark}, digest = {mark} WHERE id = {mark}"  # noqa: S608  # nosec B608  # marks alone
    if len(links) == 1 and not on_sqlite:
        connection.exec_driver_sql(f"{_ADD_ONE} {moved}", (*links[0], number, digest, HEAD))
        return
    insert_lines(connection, AuditSeal.__table__, links)
    connection.exec_driver_sql(moved, (number, digest, HEAD))


def _forget_waiting(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_WAITING, None)


event.listen(db.session, "before_flush", _note)
event.listen(db.session, "before_commit", _seal)
event.listen(db.session, "after_transaction_end", _forget_waiting)
