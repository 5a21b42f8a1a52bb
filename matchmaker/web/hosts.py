"""Under which names the product answers: its own address, and on a machine of one's own the names of that machine."""

import re
from urllib.parse import urlsplit

from flask import Flask, request
from werkzeug.exceptions import BadRequest

from config import Settings

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
PROBES = frozenset({"operation.live", "operation.ready"})
"""Whoever watches a server asks it by its number, and no link is made there."""
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?")


class ForeignHost(BadRequest):
    """Someone asks for a site that is not this one: a wrong record in the DNS, or an attempt to forge links."""


def register(app: Flask) -> None:
    """Refuse every other name. A port is not looked at: a proxy may listen on another one."""
    names = own_names(app.extensions["settings"])

    def refuse_foreign_host() -> None:
        if request.endpoint not in PROBES and host_name(request.headers.get("Host", "")) not in names:
            raise ForeignHost()

    app.before_request(refuse_foreign_host)


def own_names(settings: Settings) -> frozenset[str]:
    """The name in PUBLIC_URL; `localhost` and `127.0.0.1` are one, but never in production."""
    own = host_name((urlsplit(settings.public_url).netloc).encode("idna").decode("ascii"))
    return LOOPBACK if own in LOOPBACK and not settings.production else frozenset({own})


def host_name(header: str) -> str:
    """The name in a Host header, in small letters and without its port; empty when it is no name."""
    found = _HOST.fullmatch(header.lower())
    return found[1] if found else ""
