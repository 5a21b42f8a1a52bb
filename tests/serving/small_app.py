"""What the tests of the door put behind it."""

import time
from collections.abc import Callable, Iterable
from typing import Any


def app(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    """`/size`: how many bytes came in; `/slow`: half a second; `/large`: 300 kB; else a word."""
    path = environ["PATH_INFO"]
    said = b"ja"
    if path == "/size":
        said = str(len(environ["wsgi.input"].read())).encode()
    elif path == "/slow":
        time.sleep(0.5)
    elif path == "/large":
        said = b"x" * 300_000
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(said)))])
    return [said]
