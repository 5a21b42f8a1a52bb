"""Signing up and invitations, as pages."""

from sqlalchemy import select

from matchmaker.accounts.queries import account_by_email
from matchmaker.database import db
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.models import Letter
from matchmaker.organisations.joining import invite
from matchmaker.organisations.models import EmailDomain, Membership, MembershipStatus
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client

PASSWORD = "vier gewone woorden samen"


def token(purpose: Purpose) -> str:
    link = db.session.scalars(select(Link).where(Link.purpose == purpose).order_by(Link.id.desc())).first()
    return token_of(link)


def sign_up(client: Client, email: str) -> None:
    answer = client.post("/aanmelden", data={"display_name": "Noor Visser", "email": email})
    assert answer.headers["Location"] == "/aanmelden/verstuurd"


def invite_someone(email: str) -> Membership:
    organisation = people.municipality()
    person = people.member(Role.ORG_ADMIN, organisation)
    by = db.session.scalars(select(Membership).where(Membership.account_id == person.id)).one()
    return invite(email, name="Bram", role=Role.COLLEAGUE, organisation=organisation, by=by)


def test_known_and_unknown_addresses_get_the_same_answer(client: Client) -> None:
    sign_up(client, people.account().email)
    sign_up(client, "nieuw@test.example")
    assert client.get("/aanmelden/verstuurd").status_code == 200


def test_a_known_domain_names_the_organisation(client: Client) -> None:
    people.organisation(people.OrganisationKind.PLATFORM)
    school = people.institution(name="Hogeschool Vechtland")
    db.session.add(EmailDomain(domain="vechtland.example", organisation_id=school.id))
    db.session.flush()
    sign_up(client, "noor@vechtland.example")
    address = f"/aanmelden/{token(Purpose.SIGN_UP)}"
    assert "U hoort bij Hogeschool Vechtland" in client.get(address).text
    answer = client.post(
        address,
        data={
            "organisation": school.code, "role": "lecturer", "display_name": "Noor Visser", "password": PASSWORD
        },
    )  # fmt: skip
    assert answer.headers["Location"] == "/aanmelden/klaar"
    person = account_by_email("noor@vechtland.example")
    assert [each.status for each in person.memberships] == [MembershipStatus.ASKED]
    client.post("/inloggen", data={"email": person.email, "password": PASSWORD})
    assert client.get("/account").status_code == 200


def test_a_known_domain_does_not_open_another_organisation(client: Client) -> None:
    school, other = people.institution(), people.institution()
    db.session.add(EmailDomain(domain="school.example", organisation_id=school.id))
    db.session.flush()
    sign_up(client, "noor@school.example")
    data = {"organisation": other.code, "role": "lecturer", "display_name": "N", "password": PASSWORD}
    assert client.post(f"/aanmelden/{token(Purpose.SIGN_UP)}", data=data).status_code == 200
    assert account_by_email("noor@school.example") is None


def test_an_unknown_domain_asks_which_organisation(client: Client) -> None:
    people.organisation(people.OrganisationKind.PLATFORM)
    houten = people.municipality(name="Houten")
    sign_up(client, "noor@elders.example")
    address = f"/aanmelden/{token(Purpose.SIGN_UP)}"
    assert '<option value="Houten">' in client.get(address).text
    data = {"typed": "gemeente houten", "role": "colleague", "display_name": "Noor", "password": PASSWORD}
    assert client.post(address, data=data).status_code == 302
    (membership,) = account_by_email("noor@elders.example").memberships
    assert (membership.organisation, membership.asked_for) == (houten, "")


def test_a_role_that_cannot_be_asked_is_refused_with_what_was_typed_kept(client: Client) -> None:
    sign_up(client, "noor@elders.example")
    data = {"typed": "Iets <b>eigens", "role": "platform_admin", "display_name": "Noor", "password": PASSWORD}
    answer = client.post(f"/aanmelden/{token(Purpose.SIGN_UP)}", data=data)
    assert answer.status_code == 200
    assert 'value="Iets &lt;b&gt;eigens"' in answer.text
    assert account_by_email("noor@elders.example") is None


def test_the_same_link_makes_one_account(client: Client) -> None:
    people.organisation(people.OrganisationKind.PLATFORM)
    sign_up(client, "noor@elders.example")
    address = f"/aanmelden/{token(Purpose.SIGN_UP)}"
    data = {"typed": "Iets", "role": "lecturer", "display_name": "Noor", "password": PASSWORD}
    assert [client.post(address, data=data).status_code for _ in range(2)] == [302, 410]


def test_someone_new_accepts_with_name_and_password_and_is_in(client: Client) -> None:
    membership = invite_someone("bram@test.example")
    address = f"/uitnodiging/{token(Purpose.INVITATION)}"
    assert membership.organisation.name in client.get(address).text
    assert membership.status is MembershipStatus.INVITED
    answer = client.post(address, data={"display_name": "Bram de Wit", "password": PASSWORD})
    assert answer.headers["Location"] == "/start"
    assert membership.is_active
    assert "Bram de Wit" in client.get("/account").text


def test_someone_known_accepts_and_must_still_sign_in(client: Client) -> None:
    person = people.account()
    invite_someone(person.email)
    address = f"/uitnodiging/{token(Purpose.INVITATION)}"
    assert 'name="password"' not in client.get(address).text
    client.post(address, data={})
    assert client.get("/account").status_code == 302


def test_a_double_click_accepts_once(client: Client) -> None:
    person = people.account()
    invite_someone(person.email)
    address = f"/uitnodiging/{token(Purpose.INVITATION)}"
    answers = [client.post(address, data={"submission_key": "k" * 32}) for _ in range(2)]
    assert [each.status_code for each in answers] == [302, 302]


def test_a_letter_to_a_stranger_holds_nothing_they_did_not_ask_for(client: Client) -> None:
    client.post(
        "/aanmelden", data={"display_name": "WIN NU https://kwaad.example", "email": "slachtoffer@test.example"}
    )
    letter = db.session.scalars(select(Letter)).one()
    assert (letter.to_name, letter.values) == ("", {})
