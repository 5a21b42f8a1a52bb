"""Walking through the wizard in tests."""

import re

from matchmaker.database import db
from matchmaker.listings.models import Listing
from matchmaker.vocabulary import Kind
from tests.factories.client import Client

TEXT = "Je telt fietsers bij drie scholen. Daarna schrijf je met ons een advies voor de wethouder. Je leert veel."


def only_listing() -> Listing:
    return db.session.query(Listing).one()


def start(client: Client, kind: Kind, path: str = "/gemeente/aanbod") -> str:
    """Choose a kind; returns the address of the draft."""
    answer = client.post(f"{path}/nieuw", data={"kind": kind.value})
    assert answer.status_code == 302, answer.text
    return f"{path}/{only_listing().reference}"


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(f'name="{name}" type="hidden" value="([^"]*)"', page)
    assert found, name
    return found[1]
