"""An installation to replace the secret key of."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from matchmaker.federation.metadata import forget_descriptions
from matchmaker.outgoing.client import use_loopback
from matchmaker.outgoing.lines import wake_all
from matchmaker.replies.addresses import use_mailbox
from tests.federation.provider import serving_provider
from tests.rekeying.scenes import World


@pytest.fixture
def world(migrated_database: Callable[[], str], tmp_path: Path) -> Iterator[World]:
    """It lived under the key A."""
    with serving_provider() as provider:
        made = World(migrated_database(), tmp_path, provider)
        made.begin()
        yield made
    use_mailbox("")
    use_loopback(False)
    wake_all()
    forget_descriptions()
