"""A forgotten password, and another one."""

from sqlalchemy import select

from matchmaker.accounts.models import SignInSession
from matchmaker.database import db
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.models import Letter
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client

NEW = "vier gewone woorden samen"


def password_address() -> str:
    link = db.session.scalars(select(Link).where(Link.purpose == Purpose.PASSWORD).order_by(Link.id.desc())).first()
    return f"/wachtwoord/{token_of(link)}"


def test_known_and_unknown_addresses_get_the_same_answer(client: Client) -> None:
    person = people.account()
    answers = [
        client.post("/wachtwoord-vergeten", data={"email": email}) for email in (person.email, "niemand@test.example")
    ]
    assert [each.status_code for each in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"] == "/wachtwoord-vergeten/verstuurd"
    assert client.get("/wachtwoord-vergeten/verstuurd").status_code == 200


def test_opening_the_link_changes_nothing_and_sending_the_form_does(client: Client) -> None:
    person = people.account()
    client.post("/wachtwoord-vergeten", data={"email": person.email})
    address = password_address()
    assert client.get(address).status_code == client.get(address).status_code == 200
    answer = client.post(address, data={"password": NEW})
    assert answer.headers["Location"] == "/inloggen"
    assert client.post("/inloggen", data={"email": person.email, "password": NEW}).status_code == 302
    assert client.get(address).status_code == 410


def test_hostile_links_get_a_page_in_words(client: Client) -> None:
    for token in ("x", "é" * 50, "a" * 5000, "%00", "..%2f..%2fetc", "' OR 1=1--"):
        assert client.get(f"/wachtwoord/{token}").status_code in (400, 404, 410)


def test_an_invitation_link_is_no_password_link(client: Client) -> None:
    person = people.account()
    client.post("/wachtwoord-vergeten", data={"email": person.email})
    token = password_address().rsplit("/", 1)[1]
    assert client.get(f"/uitnodiging/{token}").status_code == 410
    assert client.get(f"/aanmelden/{token}").status_code == 410


def test_a_weak_password_is_refused_beside_the_field(client: Client) -> None:
    person = people.account()
    client.post("/wachtwoord-vergeten", data={"email": person.email})
    page = client.post(password_address(), data={"password": "kort"}).text
    assert "Kies een wachtwoord van 12 tekens of meer." in page
    assert 'href="#password"' in page
    assert ">kort<" not in page and 'value="kort"' not in page


def test_changing_the_password_asks_the_one_of_now_and_ends_other_sessions(client: Client) -> None:
    person = people.member(Role.LECTURER, people.institution())
    client.sign_in(person)
    other = client.application.test_client()
    other.post("/inloggen", data={"email": person.email, "password": people.PASSWORD})
    wrong = client.post("/account/wachtwoord", data={"current": "iets anders", "password": NEW})
    assert "Dit is niet uw wachtwoord van nu." in wrong.text
    right = client.post("/account/wachtwoord", data={"current": people.PASSWORD, "password": NEW})
    assert right.headers["Location"] == "/account"
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    assert db.session.query(SignInSession).filter_by(account_id=person.id).count() == 1


def test_guessing_the_password_of_now_is_slowed_down(client: Client) -> None:
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    tries = [client.post("/account/wachtwoord", data={"current": "fout", "password": NEW}) for _ in range(11)]
    assert [each.status_code for each in tries] == [200] * 10 + [429]


def test_a_header_cannot_be_slipped_into_the_address(client: Client) -> None:
    hostile = ("a@b.example\r\nBcc: x@y.example", "a@b.example%0aBcc:x", "<script>@x.example", "a" * 300 + "@b.example")
    for email in hostile:
        assert client.post("/wachtwoord-vergeten", data={"email": email}).status_code == 200
    assert db.session.scalars(select(Letter)).all() == []
