"""Moving what was made under a secret key of before to that of now, a slice at a time.

Each slice is one transaction of the caller with its own event, so a run that was cut off is done again and goes on:
what is under the key of now already is passed over.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from matchmaker.audit.actions import record
from matchmaker.audit.anchors import add_mark, sign_again
from matchmaker.audit.chain import known_keys
from matchmaker.audit.verifying import Verdict
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.factors.apps import PURPOSE as CODE_APP
from matchmaker.factors.keys import known_marks
from matchmaker.factors.models import CodeApp, Passkey, RecoveryCode
from matchmaker.factors.passkeys import oldest_handle
from matchmaker.federation.models import IdentityProvider
from matchmaker.federation.visits import SECRET_OF_CLIENT
from matchmaker.keys import mark_of
from matchmaker.links.actions import SEALED_TOKEN, derived_token
from matchmaker.links.models import Link
from matchmaker.sealing import SealBroken, seal, seal_again

SLICE = 500
ENDED_LINKS = "ended_links"
SEALED: tuple[tuple[str, InstrumentedAttribute[str], str], ...] = (
    ("code_apps", CodeApp.sealed_secret, CODE_APP),
    ("providers", IdentityProvider.client_secret, SECRET_OF_CLIENT),
)
"""Columns that hold what was sealed: what they are called, and for which purpose it was sealed."""


@dataclass(frozen=True, slots=True)
class SecretKey:
    """What the events are about: a setting, so there is no row of it."""

    id: None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """What was done to some rows: looked at, moved to the key of now, and of no use because their key is not known."""

    kind: str
    looked: int = 0
    moved: int = 0
    lost: int = 0

    def __add__(self, other: "Slice") -> "Slice":
        return Slice(self.kind, self.looked + other.looked, self.moved + other.moved, self.lost + other.lost)


def move_all(size: int = SLICE) -> Iterator[Slice]:
    """Each slice of everything that can be moved; the caller commits after each."""
    for kind, column, purpose in SEALED:
        yield from _in_slices(kind, column.class_, size, partial(_seal_again, column=column, purpose=purpose))
    yield from _in_slices("links", Link, size, _keep_token, *open_links())
    yield from _in_slices("passkeys", Passkey, size, _note_handle, Passkey.user_handle == "")
    yield from _in_slices("recovery_codes", RecoveryCode, size, _note_key, RecoveryCode.key_mark == "")


def end_links_of_before(size: int = SLICE) -> Iterator[Slice]:
    """End each open link that was not made with the key of now; the caller commits after each slice."""
    yield from _in_slices(ENDED_LINKS, Link, size, _end_link, *open_links())


def mark_chain(verdict: Verdict) -> bool:
    """After the chain was found whole: sign that with the key of now, and each older anchor too.

    Returns whether there was anything to sign.
    """
    marked = needs_mark(verdict) and add_mark(verdict.number, verdict.digest, set(verdict.makers))
    signed = sign_again()
    if marked or signed:
        record("secrets.chain_signed", about=SecretKey(), by=None, links=verdict.links, anchors=signed)
    return bool(marked or signed)


def needs_mark(verdict: Verdict) -> bool:
    """Whether links after the last anchor were made with another key than that of now."""
    return bool(verdict.makers.keys() - {mark_of(known_keys()[0])})


def open_links() -> tuple[ColumnElement[bool], ...]:
    """Links that can still be used."""
    return (
        Link.used_at.is_(None),
        Link.revoked_at.is_(None),
        or_(Link.expires_at.is_(None), Link.expires_at > now()),
    )


def _in_slices(
    kind: str, model: type, size: int, move: Callable[..., bool], *which: ColumnElement[bool]
) -> Iterator[Slice]:
    last = 0
    while True:
        rows = db.session.scalars(
            select(model)
            .where(model.id > last, *which)
            .order_by(model.id)
            .limit(size)
            .execution_options(populate_existing=True)
        ).all()
        if not rows:
            return
        last, done = rows[-1].id, Slice(kind)
        for row in rows:
            done += _one(kind, row, move)
        if done.moved:
            _record(done)
        yield done


def _record(done: Slice) -> None:
    about, what = SecretKey(), {"what": done.kind, "number": done.moved}
    record("secrets.links_ended" if done.kind == ENDED_LINKS else "secrets.moved", about=about, by=None, **what)


def _one(kind: str, row: object, move: Callable[..., bool]) -> Slice:
    try:
        return Slice(kind, looked=1, moved=int(move(row)))
    except SealBroken:
        return Slice(kind, looked=1, lost=1)


def _seal_again(row: object, column: InstrumentedAttribute[str], purpose: str) -> bool:
    """Past the version of the row: who is changing it meanwhile goes on, and what they seal is newer than ours."""
    sealed = getattr(row, column.key)
    again = seal_again(sealed, purpose=purpose)
    return again != sealed and _set(row, column, sealed, again)


def _keep_token(link: Link) -> bool:
    """Keep the token of a link of before, sealed under the key of now."""
    if derived_token(link, with_former=False):
        return False
    if link.sealed_token:
        return _seal_again(link, Link.sealed_token, SEALED_TOKEN)
    token = derived_token(link)
    if not token:
        raise SealBroken(SEALED_TOKEN)
    return _set(link, Link.sealed_token, "", seal(token, purpose=SEALED_TOKEN))


def _end_link(link: Link) -> bool:
    if derived_token(link, with_former=False):
        return False
    ends = {Link.revoked_at: now(), Link.sealed_token: ""}
    ended = update(Link).where(Link.id == link.id, Link.revoked_at.is_(None)).values(ends)
    return bool(db.session.execute(ended.execution_options(synchronize_session=False)).rowcount)


def _note_handle(passkey: Passkey) -> bool:
    """Who its person is to a device that was added before this was kept: under the oldest key there is."""
    return _set(passkey, Passkey.user_handle, "", oldest_handle(passkey.account))


def _note_key(code: RecoveryCode) -> bool:
    """With which key a code was made before this was kept: the oldest there is."""
    return _set(code, RecoveryCode.key_mark, "", known_marks()[-1])


def _set(row: object, column: InstrumentedAttribute[str], before: str, after: str) -> bool:
    """Change one column of a row, unless someone else did since it was read."""
    model = column.class_
    change = update(model).where(model.id == row.id, column == before).values({column.key: after})  # type: ignore[attr-defined]
    return bool(db.session.execute(change.execution_options(synchronize_session=False)).rowcount)
