"""Requests to this very machine are let through, and nobody rests from an earlier test."""

from collections.abc import Iterator

import pytest

from matchmaker.outgoing.client import use_loopback
from matchmaker.outgoing.lines import wake_all


@pytest.fixture(autouse=True)
def loopback() -> Iterator[None]:
    use_loopback(True)
    wake_all()
    yield
    use_loopback(False)
    wake_all()
