"""Walking the chain over the log again, from the last stretch that went to the head.

Each link is checked with the key it was made with. Where the secret key was replaced an anchor says with which keys
the links before it were made: when one of those is no longer known, what was made with it cannot be recomputed. Then
it is counted, none of it may be missing, and its last digest must be the one that was signed.
"""

import hmac
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from matchmaker.audit.anchors import all_anchors, is_signed
from matchmaker.audit.chain import HEAD, known_keys, lasting_digest, link_digest, personal_digest
from matchmaker.audit.models import AuditAnchor, AuditEvent, AuditHead, AuditSeal
from matchmaker.database import db
from matchmaker.keys import mark_of

_AT_ONCE = 1000


@dataclass
class Verdict:
    """What walking the chain found. `wrong` says per fault which link or event, and what; empty when all is well.

    `former` are links made with a key of before, `unchecked` those whose key is not known, `strange` those that no key
    given here made and should have. `since` is when the key of now made its first link. `makers` counts the links after
    the last anchor by the mark of their key; the last link is `number` with `digest`.
    """

    links: int = 0
    erased: int = 0
    before: int = 0
    anchors: int = 0
    former: int = 0
    unchecked: int = 0
    strange: int = 0
    number: int = 0
    digest: str = ""
    since: datetime | None = None
    makers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def verify(most_faults: int = 20) -> Verdict:
    """Walk the chain, and look for events without a link."""
    verdict = Verdict()
    walk = _Walk(verdict, _begin(verdict))
    some_went = verdict.number > 0
    for seal, found, is_last in _links_after(verdict.number):
        walk.take(seal, found, is_last)
        if len(verdict.wrong) >= most_faults:
            return verdict
    head = db.session.get(AuditHead, HEAD, populate_existing=True)
    if head is None or (head.number, head.digest) != (verdict.number, verdict.digest):
        verdict.wrong.append(f"head: links after {verdict.number} are missing")
    _look_for_strays(verdict, some_went)
    return verdict


def _begin(verdict: Verdict) -> list[AuditAnchor]:
    """Set out from the last stretch that went; returns the places after it where the key was replaced, in order."""
    replaced: list[AuditAnchor] = []
    for each in all_anchors():
        verdict.anchors += 1
        if not is_signed(each):
            verdict.wrong.append(f"anchor {each.up_to}: the signature is wrong")
        if each.keys:
            replaced.append(each)
        else:
            verdict.number, verdict.digest = each.up_to, each.digest
            replaced.clear()
    return replaced


class _Walk:
    """Where the walk is, and with which keys it gets on."""

    def __init__(self, verdict: Verdict, replaced: list[AuditAnchor]) -> None:
        self._verdict, self._replaced = verdict, replaced
        self._marks = {key: mark_of(key) for key in known_keys()}
        self._now = known_keys()[0]
        self._keys = list(known_keys())

    def take(self, seal: AuditSeal, found: AuditEvent | None, is_last: bool) -> None:
        """Check one link and, when it is the last that tells of it, its event."""
        verdict = self._verdict
        if seal.number != verdict.number + 1:
            verdict.wrong.append(f"link {verdict.number + 1}: missing")
        key = self._maker(seal)
        if key is not None:
            verdict.makers[self._marks[key]] += 1
            verdict.former += key != self._now
            if key == self._now and verdict.since is None and found is not None:
                verdict.since = found.at
        elif self._may_be_unknown(seal.number):
            verdict.unchecked += 1
        else:
            verdict.strange += 1
            verdict.wrong.append(f"link {seal.number}: does not follow from the one before it")
        if is_last:
            _check_event(seal, found, key, verdict)
        verdict.number, verdict.digest = seal.number, seal.digest
        verdict.links += 1
        self._pass_anchor(seal)

    def _maker(self, seal: AuditSeal) -> bytes | None:
        """The key this link was made with: mostly that of the link before it."""
        for place, key in enumerate(self._keys):
            made = link_digest(key, self._verdict.digest, seal.number, seal.event_id, seal.lasting, seal.personal)
            if hmac.compare_digest(seal.digest, made):
                self._keys.insert(0, self._keys.pop(place))
                return key
        return None

    def _may_be_unknown(self, number: int) -> bool:
        stretch = next((each for each in self._replaced if number <= each.up_to), None)
        return stretch is not None and not set(stretch.keys.split()) <= set(self._marks.values())

    def _pass_anchor(self, seal: AuditSeal) -> None:
        if self._replaced and seal.number >= self._replaced[0].up_to:
            anchor = self._replaced.pop(0)
            if (anchor.up_to, anchor.digest) != (seal.number, seal.digest):
                self._verdict.wrong.append(f"anchor {anchor.up_to}: the links before it are not those that were signed")
            self._verdict.makers.clear()


def _links_after(number: int) -> Iterator[tuple[AuditSeal, AuditEvent | None, bool]]:
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


def _check_event(seal: AuditSeal, found: AuditEvent | None, key: bytes | None, verdict: Verdict) -> None:
    if found is None:
        verdict.wrong.append(f"link {seal.number}: event {seal.event_id} is missing")
        return
    if key is not None and not hmac.compare_digest(seal.lasting, lasting_digest(key, found)):
        verdict.wrong.append(f"event {found.id}: was altered")
    if found.salt:
        if key is not None and not hmac.compare_digest(seal.personal, personal_digest(key, found)):
            verdict.wrong.append(f"event {found.id}: who did it, or its details, was altered")
    elif found.actor_id is None and not found.details:
        verdict.erased += 1
    else:
        verdict.wrong.append(f"event {found.id}: was erased and filled again")


def _look_for_strays(verdict: Verdict, some_went: bool) -> None:
    """Events without a link: those older than the chain are counted, a later one was slipped in."""
    first = db.session.scalar(select(func.min(AuditSeal.event_id))) or 0
    unsealed = ~exists().where(AuditSeal.event_id == AuditEvent.id)
    strays = db.session.scalars(select(AuditEvent.id).where(unsealed).order_by(AuditEvent.id)).all()
    for number in strays:
        if some_went or (first and number > first):
            verdict.wrong.append(f"event {number}: has no link")
        else:
            verdict.before += 1
