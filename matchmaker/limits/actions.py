"""Counting who uses an open door, and refusing who uses it too often."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import delete, func, select

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import DomainError
from matchmaker.keys import digest
from matchmaker.limits.models import Door, DoorUse

WINDOW = timedelta(hours=1)
KEPT = timedelta(days=1)
MOST_AN_HOUR = {
    Door.REPORT: 10,
    Door.QUESTION: 10,
    Door.SIGN_UP: 40,
    Door.NEW_PASSWORD: 40,
    Door.EMPTY_SEARCH: 60,
    Door.BY_PROVIDER: 600,
    Door.DATA_REQUEST: 10,
    Door.CHANGES: 2400,
}
"""A whole school or town hall may come from one network, so a door that people use on the same day is wider. Of changes
those of one account count."""
_IPV6_HOME = 64


class TooOften(DomainError):
    """This network used the door as often as it may in an hour."""

    code = "too_often"


def pass_door(door: Door, *, address: str) -> None:
    """Count one use; raises TooOften. It counts when the caller commits.

    Requests that are handled at the same moment on PostgreSQL do not see each other, so a few more may pass.
    """
    network = _digest(address)
    if _uses(door, network, since=now() - WINDOW) >= MOST_AN_HOUR[door]:
        raise TooOften()
    _note(door, network)


def is_first_use(door: Door, *, address: str, of: str) -> bool:
    """Whether this network uses the door for this one thing for the first time in a day; notes it when it does.

    What it was used for stands only in the digest, so it cannot be read back.
    """
    network = _digest(address, of)
    if _uses(door, network, since=now() - KEPT):
        return False
    _note(door, network)
    return True


def network_of(address: str) -> str:
    """The address itself; of IPv6 the /64 it lies in, because one connection has all of those."""
    try:
        read = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(read, IPv6Address):
        return str(read)
    return str(read.ipv4_mapped or ip_network((read, _IPV6_HOME), strict=False))


def forget_old_uses() -> int:
    """Remove uses older than a day; returns how many."""
    return db.session.execute(delete(DoorUse).where(DoorUse.at < now() - KEPT)).rowcount


def _digest(address: str, *more: str) -> str:
    said = "\n".join((network_of(address), *more))
    return digest("networks", said.encode("utf-8", "surrogatepass")).hex()


def _uses(door: Door, network: str, *, since: datetime) -> int:
    used = select(func.count(DoorUse.id)).where(
        DoorUse.door == door, DoorUse.network_key == network, DoorUse.at > since
    )
    return db.session.scalar(used) or 0


def _note(door: Door, network: str) -> None:
    db.session.add(DoorUse(door=door, network_key=network))
    db.session.flush()
