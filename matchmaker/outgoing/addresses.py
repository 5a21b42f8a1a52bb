"""Where a request of ours may go. A name is looked up once, and every answer must be a public address."""

import queue
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from matchmaker.outgoing.errors import NoAnswer, NotSent

LookUp = Callable[[str, int], Sequence[str]]
PORTS = {"https": 443, "http": 80}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
LONGEST = 2000
_NAME = re.compile(r"(?=.{1,253}\.?$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_NOT_PUBLIC = tuple(
    ip_network(each) for each in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20")
)
"""Relays and examples that Python counts as public."""
_IPV6_PUBLIC = ip_network("2000::/3")
"""The only part of IPv6 in use on the internet. What carries an IPv4 address inside (mapped, NAT64) lies outside it."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: `host` in ASCII without brackets, `path` with the question after it."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def secure(self) -> bool:
        return self.scheme == "https"

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port


def read_address(address: str, *, loopback: bool = False) -> Target:
    """Take an address apart; raises NotSent. Only https; `loopback` also lets http through to this very machine."""
    if len(address) > LONGEST or not address.isprintable() or any(sign in address for sign in "\\ "):
        raise NotSent("address")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as wrong:
        raise NotSent("address") from wrong
    if "@" in parts.netloc:
        raise NotSent("user_info")
    host = _host(host)
    if parts.scheme != "https" and not (parts.scheme == "http" and loopback and host in LOOPBACK):
        raise NotSent("scheme")
    if not (loopback and host in LOOPBACK) and _is_private_literal(host):
        raise NotSent("private")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.isascii():
        raise NotSent("address")
    return Target(parts.scheme, host, PORTS[parts.scheme] if port is None else port, path)


def _host(host: str) -> str:
    """A name or an address as it is usually written: 2130706433, 0x7f.1 and 0177.0.0.1 are neither."""
    if ":" in host:
        try:
            return str(IPv6Address(host)) if "%" not in host else _refused()
        except ValueError as wrong:
            raise NotSent("host") from wrong
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError as wrong:
        raise NotSent("host") from wrong
    if not _NAME.fullmatch(name):
        raise NotSent("host")
    if _NUMBER.fullmatch(name.rstrip(".").rpartition(".")[2]):
        try:
            return str(IPv4Address(name))
        except ValueError as wrong:
            raise NotSent("host") from wrong
    return name


def _is_private_literal(host: str) -> bool:
    try:
        return not is_public(ip_address(host))
    except ValueError:
        return False


def _refused() -> str:
    raise NotSent("host")


def pin(target: Target, *, seconds: float, loopback: bool = False, look_up: LookUp | None = None) -> tuple[str, ...]:
    """The addresses to connect to, looked up once; raises NotSent when one of them is not public, or NoAnswer.

    One private answer among public ones is refused too: it would be a matter of luck which one is used.
    """
    found = _within(seconds, look_up or _ask_system, target)
    if not found:
        raise NoAnswer("unknown_host")
    here = loopback and target.host in LOOPBACK
    for each in found:
        address = ip_address(each)
        if not (address.is_loopback if here else is_public(address)):
            raise NotSent("private")
    return tuple(found)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether it lies on the internet and belongs to one machine: not private, local, shared, reserved or multicast."""
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    if isinstance(address, IPv6Address) and address not in _IPV6_PUBLIC:
        return False
    return not any(address.version == each.version and address in each for each in _NOT_PUBLIC)


def _ask_system(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def _within(seconds: float, look_up: LookUp, target: Target) -> Sequence[str]:
    """What the look-up says; the system's own waits as long as it likes, so it does so in a thread of its own."""
    answer: queue.SimpleQueue[Sequence[str]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(look_up(target.host, target.port))
        except (OSError, UnicodeError):
            answer.put(())

    threading.Thread(target=ask, daemon=True, name="look-up").start()
    try:
        return answer.get(timeout=max(seconds, 0.01))
    except queue.Empty:
        raise NoAnswer("time") from None
