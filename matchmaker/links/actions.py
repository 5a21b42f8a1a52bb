"""Making, reading, using and revoking links."""

import base64
import hashlib
import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import LinkUnusable
from matchmaker.keys import digest, digests
from matchmaker.links.models import Link, Purpose
from matchmaker.sealing import SealBroken, unseal

KEYS = "links"
SEALED_TOKEN = "link"  # noqa: S105  # nosec B105  # names a purpose


def make_link(
    purpose: Purpose, *, subject_id: int, account_id: int | None = None, days: int | None, **values: Any
) -> Link:
    """A new link; `days` None means it stands until revoked (feeds)."""
    nonce = secrets.token_hex(16)
    link = Link(
        purpose=purpose,
        nonce=nonce,
        token_hash=_hash(_written(digest(KEYS, nonce.encode()))),
        subject_id=subject_id,
        account_id=account_id,
        expires_at=None if days is None else now() + timedelta(days=days),
        values=values,
    )
    db.session.add(link)
    db.session.flush()
    return link


def token_of(link: Link) -> str:
    """The token to put in a letter: 256 bits, made again from the nonce.

    Raises LinkUnusable when the key it was made with is not known here and the token was not kept sealed. Whoever has
    such a link can go on using it.
    """
    if token := known_token(link):
        return token
    raise LinkUnusable("key_gone")


def known_token(link: Link) -> str:
    """The same; empty when it cannot be made again."""
    if token := derived_token(link):
        return token
    try:
        return unseal(link.sealed_token, purpose=SEALED_TOKEN)
    except SealBroken:
        return ""


def derived_token(link: Link, *, with_former: bool = True) -> str:
    """The token as the key of now gives it, or one of before; empty when none of them does."""
    tokens = (_written(each) for each in digests(KEYS, link.nonce.encode()))
    first = next(tokens)
    if _hash(first) == link.token_hash:
        return first
    return next((each for each in tokens if _hash(each) == link.token_hash), "") if with_former else ""


def find_link(token: str, *purposes: Purpose) -> Link:
    """The usable link behind a token; raises LinkUnusable (unknown, used, revoked, expired)."""
    link = db.session.scalar(select(Link).where(Link.token_hash == _hash(token)))
    if link is None or link.purpose not in purposes:
        raise LinkUnusable("unknown")
    if link.revoked_at:
        raise LinkUnusable("revoked")
    if link.used_at:
        raise LinkUnusable("used")
    if link.expires_at and link.expires_at < now():
        raise LinkUnusable("expired")
    return link


def open_link(purpose: Purpose, *, subject_id: int) -> Link | None:
    """The newest usable link of this purpose for one subject, to put in another letter."""
    return db.session.scalars(
        select(Link)
        .where(
            Link.purpose == purpose,
            Link.subject_id == subject_id,
            Link.used_at.is_(None),
            Link.revoked_at.is_(None),
            Link.expires_at > now(),
        )
        .order_by(Link.id.desc())
    ).first()


def use_link(link: Link) -> None:
    """Spend a one-time link; raises LinkUnusable when another click was first, or when it was ended meanwhile."""
    open_still = Link.id == link.id, Link.used_at.is_(None), Link.revoked_at.is_(None)
    done = db.session.execute(update(Link).where(*open_still).values(used_at=now()))
    if done.rowcount != 1:
        db.session.refresh(link)
        raise LinkUnusable("revoked" if link.revoked_at else "used")


def revoke_links(*purposes: Purpose, subject_id: int) -> None:
    """End every open link of these purposes for one subject."""
    db.session.execute(
        update(Link)
        .where(
            Link.purpose.in_(purposes),
            Link.subject_id == subject_id,
            Link.used_at.is_(None),
            Link.revoked_at.is_(None),
        )
        .values(revoked_at=now())
    )


def _written(derived: bytes) -> str:
    return base64.urlsafe_b64encode(derived).decode().rstrip("=")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
