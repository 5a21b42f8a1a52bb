"""Who posts in these tests."""

import pytest

from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client


@pytest.fixture
def home(client: Client) -> Organisation:
    """A municipality, with its contact officer signed in."""
    made = people.municipality(place="Houten", latitude=52.03, longitude=5.17)
    client.sign_in(people.member(Role.OFFICER, made))
    return made


@pytest.fixture
def college(client: Client) -> Organisation:
    """A school, with a lecturer signed in."""
    made = people.institution(place="Utrecht")
    client.sign_in(people.member(Role.LECTURER, made))
    return made
