"""Who runs the server invites the first who runs the platform."""

import re

from flask import Flask
from sqlalchemy import select

from matchmaker.database import db
from matchmaker.delivery import render
from matchmaker.mail.models import Letter
from matchmaker.organisations.models import Membership, MembershipStatus
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client

INVITE = ["administrators", "invite", "Baas@Platform.example", "--name", "Bo Baas"]
PASSWORD = "vijf losse woorden samen"


def roles() -> list[tuple[str, MembershipStatus]]:
    found = db.session.scalars(select(Membership).where(Membership.role == Role.PLATFORM_ADMIN)).all()
    known = [(each.account.email, each.status) for each in found]
    db.session.rollback()
    return known


def test_the_first_administrator_comes_in_by_the_command(committed_app: Flask) -> None:
    run = committed_app.test_cli_runner().invoke
    told = run(args=INVITE)
    assert told.exit_code == 1 and "load the registers first" in told.output
    people.role_home(Role.PLATFORM_ADMIN)
    db.session.commit()
    assert run(args=INVITE).exit_code == 0
    assert roles() == [("baas@platform.example", MembershipStatus.INVITED)]
    letter = db.session.scalars(select(Letter)).one()
    said = render(letter).text
    assert "U bent uitgenodigd om mee te doen namens" in said
    path = re.search(r"https?://[^/]+(/uitnodiging/\S+)", said)
    assert path is not None
    client = Client(committed_app)
    form = {"display_name": "Bo Baas", "password": PASSWORD}
    assert client.post(path[1], data=form).status_code == 302
    assert roles() == [("baas@platform.example", MembershipStatus.ACTIVE)]
    again = run(args=INVITE)
    assert again.exit_code == 1 and "an administrator already" in again.output


def test_an_address_that_cannot_be_is_refused(committed_app: Flask) -> None:
    told = committed_app.test_cli_runner().invoke(args=["administrators", "invite", "geen adres", "--name", "Bo"])
    assert told.exit_code == 1 and "no mail can reach this address" in told.output
