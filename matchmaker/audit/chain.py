"""The chain over the log: each event is sealed at the end of its transaction, and all of it can be walked again.

Who commits first holds the head row until then, so links follow each other in the order of commits, however many
processes write. Digests are keyed: whoever has only the database cannot make one that fits.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import event, exists, func, inspect, select
from sqlalchemy.orm import Session, SessionTransaction, aliased

from matchmaker.audit.models import AuditAnchor, AuditEvent, AuditHead, AuditSeal
from matchmaker.database import db, insert_lines

_WAITING = "events_to_seal"
_AT_ONCE = 1000
_HEAD = 1
_ADD_ONE = (
    "WITH added AS (INSERT INTO audit_seals (number, event_id, lasting, personal, digest) VALUES (%s, %s, %s, %s, %s))"
)
"""Before the move of the head, on PostgreSQL: most changes write one event, and one way to the server is enough."""
_key = b""


def use_audit_key(secret: str) -> None:
    """Set the key digests are made with; called once when the application is made."""
    global _key
    _key = hashlib.sha256(b"audit:" + secret.encode()).digest()


@dataclass
class Verdict:
    """What walking the chain found. `wrong` says per fault which link or event, and what; empty when all is well."""

    links: int = 0
    erased: int = 0
    before: int = 0
    anchors: int = 0
    wrong: list[str] = field(default_factory=list)


def verify(most_faults: int = 20) -> Verdict:
    """Walk the chain from the last anchor to the head, and look for events without a link."""
    verdict = Verdict()
    number, digest = _from_anchor(verdict)
    for seal, found, is_last in _walk(number):
        if seal.number != number + 1:
            verdict.wrong.append(f"link {number + 1}: missing")
        link = _link(digest, seal.number, seal.event_id, seal.lasting, seal.personal)
        if not hmac.compare_digest(seal.digest, link):
            verdict.wrong.append(f"link {seal.number}: does not follow from the one before it")
        if is_last:
            _check_event(seal, found, verdict)
        number, digest = seal.number, seal.digest
        verdict.links += 1
        if len(verdict.wrong) >= most_faults:
            return verdict
    head = db.session.get(AuditHead, _HEAD, populate_existing=True)
    if head is None or (head.number, head.digest) != (number, digest):
        verdict.wrong.append(f"head: links after {number} are missing")
    _look_for_strays(verdict)
    return verdict


def add_anchor(up_to: int, events: int, moment: datetime) -> None:
    """Sign the end of a stretch before its links and events go."""
    digest = db.session.scalars(select(AuditSeal.digest).where(AuditSeal.number == up_to)).one()
    signature = _signed(up_to, events, digest, moment)
    db.session.add(AuditAnchor(up_to=up_to, at=moment, events=events, digest=digest, signature=signature))
    db.session.flush()


def _from_anchor(verdict: Verdict) -> tuple[int, str]:
    number, digest = 0, ""
    for each in db.session.scalars(select(AuditAnchor).order_by(AuditAnchor.up_to)):
        verdict.anchors += 1
        if not hmac.compare_digest(each.signature, _signed(each.up_to, each.events, each.digest, each.at)):
            verdict.wrong.append(f"anchor {each.up_to}: the signature is wrong")
        number, digest = each.up_to, each.digest
    return number, digest


def _walk(number: int) -> Iterator[tuple[AuditSeal, AuditEvent | None, bool]]:
    """Each link after a number, in order, with its event and whether it is the last link that tells of it."""
    other = aliased(AuditSeal)
    newest = select(func.max(other.number)).where(other.event_id == AuditSeal.event_id).scalar_subquery()
    while True:
        rows = db.session.execute(
            select(AuditSeal, AuditEvent, newest == AuditSeal.number)
            .outerjoin(AuditEvent, AuditEvent.id == AuditSeal.event_id)
            .where(AuditSeal.number > number)
            .order_by(AuditSeal.number)
            .limit(_AT_ONCE)
            .execution_options(populate_existing=True)
        ).all()
        if not rows:
            return
        yield from (tuple(row) for row in rows)  # type: ignore[misc]
        number = rows[-1][0].number


def _check_event(seal: AuditSeal, found: AuditEvent | None, verdict: Verdict) -> None:
    if found is None:
        verdict.wrong.append(f"link {seal.number}: event {seal.event_id} is missing")
        return
    if not hmac.compare_digest(seal.lasting, _lasting(found)):
        verdict.wrong.append(f"event {found.id}: was altered")
    if found.salt:
        if not hmac.compare_digest(seal.personal, _personal(found)):
            verdict.wrong.append(f"event {found.id}: who did it, or its details, was altered")
    elif found.actor_id is None and not found.details:
        verdict.erased += 1
    else:
        verdict.wrong.append(f"event {found.id}: was erased and filled again")


def _look_for_strays(verdict: Verdict) -> None:
    """Events without a link: those older than the chain are counted, a later one was slipped in."""
    first = db.session.scalar(select(func.min(AuditSeal.event_id))) or 0
    unsealed = ~exists().where(AuditSeal.event_id == AuditEvent.id)
    strays = db.session.scalars(select(AuditEvent.id).where(unsealed).order_by(AuditEvent.id)).all()
    for number in strays:
        if verdict.anchors or (first and number > first):
            verdict.wrong.append(f"event {number}: has no link")
        else:
            verdict.before += 1


def _digest(*parts: object) -> str:
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hmac.new(_key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _lasting(each: AuditEvent) -> str:
    about = (each.object_kind, each.object_id, each.organisation_id)
    return _digest("lasting", each.id, _moment(each.at), each.action, *about, each.origin, each.result)


def _personal(each: AuditEvent) -> str:
    return _digest("personal", each.id, each.salt, each.actor_id, each.details)


def _link(before: str, number: int, event_id: int, lasting: str, personal: str) -> str:
    return _digest("link", before, number, event_id, lasting, personal)


def _signed(up_to: int, events: int, digest: str, moment: datetime) -> str:
    return _digest("anchor", up_to, events, digest, _moment(moment))


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
    number, digest = connection.exec_driver_sql(head, (_HEAD,)).one()
    links = []
    for each in sorted(waiting, key=lambda each: each.id):
        number, lasting, personal = number + 1, _lasting(each), _personal(each)
        digest = _link(digest, number, each.id, lasting, personal)
        links.append((number, each.id, lasting, personal, digest))
    moved = f"UPDATE audit_head SET number = {mark}, digest = {mark} WHERE id = {mark}"  # noqa: S608  # nosec B608  # marks alone
    if len(links) == 1 and not on_sqlite:
        connection.exec_driver_sql(f"{_ADD_ONE} {moved}", (*links[0], number, digest, _HEAD))
        return
    insert_lines(connection, AuditSeal.__table__, links)
    connection.exec_driver_sql(moved, (number, digest, _HEAD))


def _forget_waiting(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_WAITING, None)


event.listen(db.session, "before_flush", _note)
event.listen(db.session, "before_commit", _seal)
event.listen(db.session, "after_transaction_end", _forget_waiting)
