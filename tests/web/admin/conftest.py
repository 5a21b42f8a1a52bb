"""An administrator of an organisation and one of the platform, each in a browser of their own."""

from collections.abc import Callable

import pytest
from flask import Flask

from matchmaker.database import db
from matchmaker.organisations.models import Membership, Organisation
from matchmaker.vocabulary import OrganisationKind, Role
from tests.factories import people
from tests.factories.client import Client


@pytest.fixture
def home(app: Flask) -> Organisation:
    return people.municipality(name="Houten")


@pytest.fixture
def platform(app: Flask) -> Organisation:
    return people.organisation(OrganisationKind.PLATFORM, code="platform")


@pytest.fixture
def owner(client: Client, home: Organisation, platform: Organisation) -> Client:
    """The browser of the administrator of `home`."""
    return client.sign_in(people.member(Role.ORG_ADMIN, home))


@pytest.fixture
def keeper(app: Flask, platform: Organisation) -> Client:
    """The browser of an administrator of the platform."""
    app.test_client_class = Client
    browser = app.test_client()
    assert isinstance(browser, Client)
    return browser.sign_in(people.member(Role.PLATFORM_ADMIN, platform))


@pytest.fixture
def join() -> Callable[..., Membership]:
    """`join(Role.COLLEAGUE, organisation)` gives someone a role there."""

    def make(role: Role, of: Organisation, **values: object) -> Membership:
        person = people.member(role, of, **values)
        db.session.commit()
        return db.session.query(Membership).filter_by(account_id=person.id, organisation_id=of.id, role=role).one()

    return make
