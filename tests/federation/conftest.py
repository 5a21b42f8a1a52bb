"""A school with a login of its own, on a real server."""

from collections.abc import Iterator

import pytest
from flask import Flask

from matchmaker.database import db
from matchmaker.federation.metadata import forget_descriptions
from matchmaker.organisations.models import Organisation
from matchmaker.outgoing.client import use_loopback
from matchmaker.outgoing.lines import wake_all
from tests.factories import people
from tests.factories.client import Client
from tests.federation.provider import Provider, serving_provider
from tests.federation.scenes import give_domain, register


@pytest.fixture(autouse=True)
def loopback() -> Iterator[None]:
    use_loopback(True)
    wake_all()
    forget_descriptions()
    yield
    use_loopback(False)
    wake_all()
    forget_descriptions()


@pytest.fixture
def provider() -> Iterator[Provider]:
    with serving_provider() as made:
        yield made


@pytest.fixture
def school(app: Flask, provider: Provider) -> Organisation:
    """A school whose people sign in by the provider; its addresses end in school.example."""
    made = people.institution(name="Hogeschool Proef")
    give_domain(made, "school.example")
    register(made, provider.issuer)
    db.session.flush()
    return made


@pytest.fixture
def other(app: Flask, client: Client) -> Client:
    """Another browser, of someone else."""
    made = app.test_client()
    assert isinstance(made, Client)
    return made
