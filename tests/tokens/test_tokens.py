"""Programs read with a token: what it is for, for the role it was made for, as long as that stands."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from matchmaker.accounts.models import AccountStatus
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.organisations.models import Membership, MembershipStatus
from matchmaker.tokens.actions import MOST, make_token, revoke_token
from matchmaker.tokens.models import AccessToken, Scope
from matchmaker.vocabulary import Role
from tests.factories import listings, people
from tests.factories.client import Client

LIST, DATES = "/programma/lijst.csv", "/programma/agenda.ics"


def role_of(role: Role) -> Membership:
    person = people.member(role, people.role_home(role))
    return db.session.scalars(select(Membership).where(Membership.account_id == person.id)).one()


def given(role: Membership, *, scope: Scope = Scope.LISTINGS) -> str:
    """A token that was really made: reading with it lets go of what was not committed."""
    token = make_token(role, name="Website", scope=scope)
    db.session.commit()
    return token


def read(client: Client, path: str, token: str, kind: str = "Bearer") -> TestResponse:
    return client.get(path, headers={"Authorization": f"{kind} {token}"})


def test_a_program_reads_what_the_organisation_posted_and_nothing_of_another(client: Client) -> None:
    role, other = role_of(Role.LECTURER), role_of(Role.LECTURER)
    mine = listings.need(role.organisation, title="Onze vraag")
    listings.need(other.organisation, title="Hun vraag")
    token = given(role)
    answer = read(client, LIST, token)
    table = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert answer.status_code == 200 and answer.mimetype == "text/csv"
    assert [line[0] for line in table[1:]] == [mine.reference]
    assert "Hun vraag" not in answer.text
    assert read(client, "/programma/lijst.xlsx", token).data.startswith(b"PK")


def test_a_token_reads_dates_when_that_is_what_it_is_for(client: Client) -> None:
    token = given(role_of(Role.COLLEAGUE), scope=Scope.CALENDAR)
    assert read(client, DATES, token, kind="bearer").text.startswith("BEGIN:VCALENDAR")
    refused = read(client, LIST, token)
    assert (refused.status_code, refused.mimetype) == (403, "application/problem+json")
    assert 'error="insufficient_scope"' in refused.headers["WWW-Authenticate"]


@pytest.mark.parametrize("token", ["", "mm_", "mm_bestaat-niet", "é" * 30, "x" * 10_000, "' OR 1=1--"])
def test_what_is_no_token_of_ours_gets_one_answer(client: Client, token: str) -> None:
    answer = client.get(LIST, headers={"Authorization": f"Bearer {token}".encode().decode("latin-1")})
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_who_shows_nothing_hears_what_to_show_and_of_no_error(client: Client) -> None:
    assert client.get(LIST).headers["WWW-Authenticate"] == 'Bearer realm="matchmaker"'


def test_a_session_a_basic_password_or_an_address_with_the_token_opens_nothing(client: Client) -> None:
    role = role_of(Role.LECTURER)
    token = given(role)
    client.sign_in(role.account)
    assert client.get(LIST).status_code == 401
    assert client.get(LIST, query_string={"token": token, "access_token": token}).status_code == 401
    assert read(client, LIST, token, kind="Basic").status_code == 401


def test_what_ends_counts_in_the_next_request(client: Client) -> None:
    def ended(change: str) -> int:
        role = role_of(Role.LECTURER)
        token = given(role)
        assert read(client, LIST, token).status_code == 200
        if change == "revoked":
            revoke_token(db.session.scalars(select(AccessToken).order_by(AccessToken.id.desc())).first())  # type: ignore[arg-type]
        elif change == "account":
            role.account.status = AccountStatus.DISABLED
        elif change == "role":
            role.status = MembershipStatus.ENDED
        else:
            role.role = Role.BOARD
        db.session.commit()
        return read(client, LIST, token).status_code

    changes = ("revoked", "account", "role", "another role")
    assert {change: ended(change) for change in changes} == dict(zip(changes, (401, 401, 401, 403), strict=True))


def test_a_token_ends_after_a_year(client: Client) -> None:
    token = given(role_of(Role.LECTURER))
    with time_machine.travel(now() + timedelta(days=366)):
        assert read(client, LIST, token).status_code == 401


def test_the_last_use_is_kept_apart_and_not_at_every_request(client: Client) -> None:
    token = given(role_of(Role.LECTURER))

    def used_at() -> object:
        db.session.expire_all()
        return db.session.scalars(select(AccessToken.last_used_at)).one()

    assert used_at() is None
    read(client, DATES, token)
    assert used_at() is None
    read(client, LIST, token)
    first = used_at()
    assert first is not None
    read(client, LIST, token)
    assert used_at() == first
    with time_machine.travel(now() + timedelta(minutes=11)):
        read(client, LIST, token)
        assert used_at() != first


def test_reading_stays_reading_for_the_next_request(client: Client) -> None:
    """After the last use was written the same worker still refuses to write in a GET."""
    token = given(role_of(Role.LECTURER))
    assert read(client, LIST, token).status_code == 200
    assert client.get("/aanbod").status_code == 200


def test_only_what_a_role_may_read_and_no_more_than_twenty(app: Flask) -> None:
    with pytest.raises(InvalidValue):
        make_token(role_of(Role.STUDENT), name="x", scope=Scope.LISTINGS)
    with pytest.raises(InvalidValue):
        make_token(role_of(Role.ORG_ADMIN), name="x", scope=Scope.CALENDAR)
    role = role_of(Role.LECTURER)
    for _ in range(MOST):
        make_token(role, name="x", scope=Scope.CALENDAR)
    with pytest.raises(InvalidValue):
        make_token(role, name="x", scope=Scope.CALENDAR)


def test_the_database_holds_the_hash_alone(app: Flask) -> None:
    token = given(role_of(Role.LECTURER))
    kept = vars(db.session.scalars(select(AccessToken)).one())
    assert token not in map(str, kept.values())
    assert len(token) >= 43
