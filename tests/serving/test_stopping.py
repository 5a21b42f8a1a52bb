"""Asked to stop while many ask: who was let in is answered, who was not hears it before a word was sent."""

import signal
import time
from collections import Counter

import pytest

from tests.serving.visitors import Visitor, free_port, started

ROUNDS, PEOPLE = 3, 24


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_asked_to_stop_under_load_nobody_is_cut_off(round_: int) -> None:
    port = free_port()
    server = started(port)
    people = [Visitor(port, number) for number in range(PEOPLE)]
    for each in people:
        each.start()
    time.sleep(1)
    server.send_signal(signal.SIGTERM)
    for each in people:
        each.join()
    assert server.wait(timeout=15) == 0
    found = sum((each.found for each in people), Counter())
    assert found.keys() == {"answered", "refused"}, found
    assert found["refused"] == PEOPLE
