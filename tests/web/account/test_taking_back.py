"""Who moved an account to an address of their own keeps no way into it once its owner takes it back."""

from datetime import timedelta

import pytest

from matchmaker.accounts.models import Account
from matchmaker.clock import now, pretending
from matchmaker.database import db
from matchmaker.factors.models import Passkey
from matchmaker.factors.queries import code_app, passkeys_of
from matchmaker.federation.models import Identity, IdentityProvider, ProviderKind
from matchmaker.federation.queries import identities_of
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.models import Letter
from matchmaker.tokens.actions import TokenRefused, find_token, make_token
from matchmaker.tokens.models import Scope
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.factories.second_step import with_app


def passkey(person: Account, name: str) -> Passkey:
    made = Passkey(account_id=person.id, name=name, credential_id=name, public_key="x", created_at=now())
    db.session.add(made)
    db.session.flush()
    return made


def login(person: Account, number: int) -> Identity:
    """A login of an organisation, tied to this person."""
    provider = IdentityProvider(
        organisation_id=people.institution().id, kind=ProviderKind.OTHER, issuer=f"https://login{number}.example",
        client_id="x", client_secret="x",
    )  # fmt: skip
    made = Identity(account=person, provider=provider, issuer=provider.issuer, subject="x", created_at=now())
    db.session.add(made)
    db.session.flush()
    return made


def test_every_way_in_that_was_made_since_ends_and_what_stood_before_stays(client: Client) -> None:
    person = people.member(Role.LECTURER, people.institution())
    (role,) = person.memberships
    client.sign_in(person)
    own, tied = passkey(person, "eigen"), login(person, 1)
    kept = make_token(role, name="eigen", scope=Scope.CALENDAR)
    with pretending(now() + timedelta(minutes=1)):
        client.post("/account/adres", data={"email": "dief@test.example", "current": people.PASSWORD})
        undo = db.session.query(Link).filter_by(purpose=Purpose.KEEP_ADDRESS).one()
        passkey(person, "dief")
        login(person, 2)
        with_app(person)
        stolen = make_token(role, name="dief", scope=Scope.CALENDAR)
        answer = Client(client.application).post(f"/adres-houden/{token_of(undo)}")
        assert answer.headers["Location"] == "/inloggen"
        assert list(passkeys_of(person)) == [own] and list(identities_of(person)) == [tied]
        assert code_app(person) is None
        assert find_token(kept, Scope.CALENDAR).name == "eigen"
        with pytest.raises(TokenRefused):
            find_token(stolen, Scope.CALENDAR)
    told = [each.template for each in db.session.query(Letter).filter_by(to_address=person.email)]
    assert told.count("second_step_removed") == 2 and told.count("identity_untied") == 1
