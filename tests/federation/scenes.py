"""Leaving for a provider and coming back, as a browser does it."""

from urllib.parse import urlsplit

import html5lib
from werkzeug.test import TestResponse

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.federation.actions import save_provider, switch_provider
from matchmaker.federation.models import Identity, IdentityProvider, ProviderKind
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link
from matchmaker.mail.models import Letter
from matchmaker.organisations.models import EmailDomain, Organisation
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.federation.provider import CLIENT_ID, CLIENT_SECRET, Provider


def give_domain(organisation: Organisation, domain: str) -> None:
    db.session.add(EmailDomain(domain=domain, organisation_id=organisation.id))
    db.session.flush()


def register(organisation: Organisation, issuer: str, kind: ProviderKind = ProviderKind.OTHER) -> IdentityProvider:
    """A provider that is switched on."""
    made = save_provider(
        organisation,
        kind=kind,
        issuer=issuer,
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        trusted_second_step=False,
        by=people.account(),
    )
    switch_provider(made, on=True, by=people.account())
    return made


def provider_row(organisation: Organisation) -> IdentityProvider:
    return db.session.query(IdentityProvider).filter_by(organisation_id=organisation.id).one()


def lecturer(school: Organisation, **values: object) -> Account:
    return people.member(Role.LECTURER, school, who=people.account(**values))


def known(school: Organisation, subject: str = "persoon-1") -> Account:
    """A lecturer who is tied to the provider of the school."""
    person, row = lecturer(school), provider_row(school)
    db.session.add(Identity(account=person, provider=row, issuer=row.issuer, subject=subject))
    db.session.flush()
    return person


def address_in(page: TestResponse) -> str:
    """Where the page that sends someone on leads to."""
    assert page.status_code == 200, page.text
    document = html5lib.parse(page.text, namespaceHTMLElements=False)
    (address,) = [each.get("href") for each in document.iter("a") if "data-go-on" in each.attrib]
    return str(address)


def leave(client: Client, organisation: Organisation, *, target: str = "") -> str:
    page = client.post(
        "/inloggen/organisatie",
        query_string={"next": target} if target else None,
        data={"organisation": str(organisation.id)},
    )
    return address_in(page)


def come_back(client: Client, organisation: Organisation, brought: dict[str, str]) -> TestResponse:
    """The page someone comes back to, and the form on it."""
    path = f"/inloggen/organisatie/{organisation.id}/terug"
    shown = client.get(path, query_string=brought)
    if shown.status_code != 200:
        return shown
    document = html5lib.parse(shown.text, namespaceHTMLElements=False)
    (form,) = [each for each in document.iter("form") if "data-go-on" in each.attrib]
    assert form.get("action") == path
    fields = {str(each.get("name")): str(each.get("value")) for each in form.iter("input")}
    return client.post(path, data=fields)


def sign_in(client: Client, organisation: Organisation, provider: Provider, *, target: str = "") -> TestResponse:
    return come_back(client, organisation, provider.authorize(leave(client, organisation, target=target)))


def is_in(client: Client) -> bool:
    """Whether this browser is signed in."""
    answer = client.get("/account")
    assert answer.status_code in (200, 302)
    return answer.status_code == 200


def letters_to(address: str) -> list[str]:
    rows = db.session.query(Letter).filter_by(to_address=address).order_by(Letter.id)
    return [each.template for each in rows]


def link_path(address: str, template: str, base: str) -> str:
    """The path of the link in the last letter of this kind."""
    letter = (
        db.session.query(Letter).filter_by(to_address=address, template=template).order_by(Letter.id.desc()).first()
    )
    assert letter is not None
    return f"{base}{token_of(db.session.get_one(Link, letter.link_id))}"


def path_of(answer: TestResponse) -> str:
    return urlsplit(answer.headers["Location"]).path
