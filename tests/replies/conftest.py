"""Letters can be answered here."""

import dataclasses
from collections.abc import Iterator

import pytest
from flask import Flask

from matchmaker.replies.addresses import use_mailbox

MAILBOX = "antwoord@loket.example"


@pytest.fixture
def answerable(app: Flask) -> Iterator[Flask]:
    """The application with a mailbox."""
    before = app.extensions["settings"]
    app.extensions["settings"] = dataclasses.replace(before, reply_to=MAILBOX)
    use_mailbox(MAILBOX)
    yield app
    app.extensions["settings"] = before
    use_mailbox("")
