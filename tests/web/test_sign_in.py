"""The door."""

from datetime import timedelta

import pytest
import time_machine

from matchmaker.accounts.models import Account, AccountStatus, SignInSession
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.house_rules.rights import RIGHTS, SIGNED_IN


def lecturer() -> Account:
    return people.member(Role.LECTURER, people.institution())


def test_right_password_opens_a_session_of_our_own(client: Client) -> None:
    person = lecturer()
    client.sign_in(person)
    assert db.session.query(SignInSession).filter_by(account_id=person.id).count() == 1


def test_unknown_person_and_wrong_password_get_the_same_page(client: Client) -> None:
    person = lecturer()
    wrong = client.post("/inloggen", data={"email": person.email, "password": "iets anders"})
    unknown = client.post("/inloggen", data={"email": "niemand@test.example", "password": "iets anders"})
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert "E-mailadres of wachtwoord klopt niet" in wrong.text
    assert "E-mailadres of wachtwoord klopt niet" in unknown.text


def test_what_was_typed_stays_except_the_password(client: Client) -> None:
    page = client.post("/inloggen", data={"email": "niemand@test.example", "password": "geheim geheim"}).text
    assert 'value="niemand@test.example"' in page
    assert "geheim geheim" not in page


def test_the_eleventh_try_in_five_minutes_is_refused_even_with_the_right_password(client: Client) -> None:
    person = lecturer()
    for _ in range(10):
        client.post("/inloggen", data={"email": person.email, "password": "fout fout fout"})
    answer = client.post("/inloggen", data={"email": person.email, "password": people.PASSWORD})
    assert answer.status_code == 429
    with time_machine.travel(now() + timedelta(minutes=6)):
        client.sign_in(person)


def test_a_session_is_dead_at_once_after_signing_out(client: Client) -> None:
    client.sign_in(lecturer())
    cookie = client.get_cookie("matchmaker")
    assert cookie is not None
    client.post("/uitloggen")
    client.set_cookie("matchmaker", cookie.value)
    assert client.get("/start").headers["Location"].startswith("/inloggen")


def test_a_disabled_person_is_out_within_one_request(client: Client) -> None:
    person = lecturer()
    client.sign_in(person)
    person.status = AccountStatus.DISABLED
    db.session.flush()
    assert client.get("/start").headers["Location"].startswith("/inloggen")


ELSEWHERE = (
    "https://elders.example/",
    "//elders.example",
    "///elders.example",
    "/\\elders.example",
    "/\t/elders.example",
    "/\x01/elders.example",
    "javascript:alert(1)",
)
"""What a browser takes for another site, or might: it leaves control signs out, and reads three bars as two."""


def test_nobody_is_sent_to_another_site_after_signing_in(client: Client) -> None:
    person = lecturer()
    for target in ELSEWHERE:
        answer = client.post(
            "/inloggen", query_string={"next": target}, data={"email": person.email, "password": people.PASSWORD}
        )
        assert answer.headers["Location"] == "/start"
        client.post("/uitloggen")


@pytest.mark.parametrize("role", list(Role))
def test_nobody_is_led_to_a_page_their_role_may_not_open(client: Client, role: Role) -> None:
    """What a visitor could choose before signing in, and the guard of each page, agree."""
    person = people.member(role, people.role_home(role))
    for target, endpoint in (
        ("/gemeente/aanbod/nieuw", "municipality.post_offer"),
        ("/samen/", "together.list_matches"),
        ("/school/vragen/nieuw?soort=guest_lecture", "school.post_need"),
        ("/beheer/logboek", "admin.list_events"),
        ("/loket/", "desk.queue"),
        ("/account", "account.show_profile"),
    ):
        data = {"email": person.email, "password": people.PASSWORD}
        answer = client.post("/inloggen", query_string={"next": target}, data=data)
        rights = RIGHTS[endpoint]
        assert answer.headers["Location"] == (target if rights == SIGNED_IN or role in rights else "/start")
        again = client.get("/inloggen", query_string={"next": target})
        assert again.headers["Location"] == answer.headers["Location"]
        client.post("/uitloggen")


def test_who_has_two_roles_acts_in_the_one_the_page_is_for(client: Client) -> None:
    person = lecturer()
    people.member(Role.OFFICER, people.municipality(), who=person)
    data = {"email": person.email, "password": people.PASSWORD}
    assert client.post("/inloggen", query_string={"next": "/loket/"}, data=data).headers["Location"] == "/loket/"
    assert client.get("/loket/").status_code == 200


def test_nul_bytes_get_an_answer_in_words(client: Client) -> None:
    answer = client.post("/inloggen", data={"email": "a\x00b@test.example", "password": "x"})
    assert answer.status_code == 200
    assert "tekens die wij niet kunnen bewaren" in answer.text
