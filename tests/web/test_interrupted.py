"""A form that is sent after the session ended is not lost, and is nobody else's."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse
from wtforms import PasswordField

from config import Settings
from matchmaker.accounts.models import Account
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.submissions.interrupted import KEPT, MOST, forget_interrupted
from matchmaker.submissions.models import InterruptedForm
from matchmaker.vocabulary import Role
from matchmaker.web.fields import Form
from matchmaker.web.interrupted import SECRETS
from tests.factories import people
from tests.factories.client import Client
from tests.factories.forms import PageReader
from tests.house_rules.test_forgery import guarded

__all__ = ["guarded"]
AWAY = timedelta(minutes=Settings().idle_minutes + 1)
TEXT = "Een lange uitleg over <b>de stage</b> & meer.\nMet een tweede regel."
WORDS = {"display_name": "Noor", "note": TEXT, "days": ["mon", "tue"], "version": "1"}


def signed_in_long_ago(client: Client, person: Account) -> None:
    with time_machine.travel(now() - AWAY):
        client.post("/uitloggen")
        client.sign_in(person)


def sent_too_late(client: Client, person: Account, path: str = "/account", **more: object) -> TestResponse:
    signed_in_long_ago(client, person)
    return client.post(path, data={**WORDS, **more})


def signs_in(client: Client, person: Account, answer: TestResponse) -> str:
    data = {"email": person.email, "password": people.PASSWORD}
    return client.post(answer.headers["Location"], data=data).headers["Location"]


def test_the_same_person_signs_in_reads_it_back_and_sends_it(client: Client) -> None:
    person = people.account()
    answer = sent_too_late(client, person, language="nl", colour_mode="dark")
    assert answer.headers["Location"].startswith("/inloggen?next=/inloggen/verder/")
    assert "Wat u verstuurde, houden wij een uur voor u vast" in client.get(answer.headers["Location"]).text
    waiting = signs_in(client, person, answer)
    page = client.get(waiting).text
    keys = {
        re.findall(r'name="submission_key" value="(kept-[^"]+)"', each)[0] for each in (page, client.get(waiting).text)
    }
    assert len(keys) == 1, "who goes back and presses once more sends the same form"
    assert "Een lange uitleg over &lt;b&gt;de stage&lt;/b&gt; &amp; meer." in page
    assert person.colour_mode == ""
    (form,) = [each for each in PageReader(page).forms if each.action == "/account"]
    pairs = MultiDict(form.pairs())
    assert (pairs["note"], pairs.getlist("days")) == (TEXT, ["mon", "tue"])
    assert client.post("/account", data=pairs).status_code == 302
    assert (person.display_name, person.colour_mode) == ("Noor", "dark")


def test_nobody_else_sees_it(client: Client) -> None:
    person, other = people.account(), people.account()
    answer = sent_too_late(client, person)
    led = signs_in(client, other, answer)
    page = client.get(led)
    assert (page.status_code, page.headers["Location"]) == (302, "/start")
    client.post("/uitloggen")
    assert client.get(led).headers["Location"] == f"/inloggen?next={led}"


def test_it_goes_on_in_the_role_the_form_is_for(client: Client) -> None:
    person = people.member(Role.LECTURER, people.institution())
    people.member(Role.OFFICER, people.municipality(), who=person)
    answer = sent_too_late(client, person, "/loket/vraag/9999/pak-op")
    page = client.get(signs_in(client, person, answer)).text
    assert 'action="/loket/vraag/9999/pak-op"' in page
    assert client.post("/loket/vraag/9999/pak-op", data=WORDS).status_code == 404


def test_what_waits_is_sealed_bounded_and_goes_after_an_hour(client: Client) -> None:
    person = people.account()
    answers = [sent_too_late(client, person, submission_key=str(each)).headers["Location"] for each in range(MOST + 1)]
    assert ["verder" in each for each in answers] == [True] * MOST + [False]
    assert not any("uitleg" in each.sealed or "Noor" in each.sealed for each in db.session.query(InterruptedForm))
    assert forget_interrupted() == 0
    with time_machine.travel(now() + KEPT + timedelta(minutes=1)):
        client.sign_in(person)
        assert client.get(answers[0].partition("next=")[2]).headers["Location"] == "/start"
        assert forget_interrupted() == MOST


@pytest.mark.parametrize(
    "fields", [{"current": "geheim geheim"}, {"password": "geheim geheim"}, {"client_secret": "x"}, {"code": "123456"}]
)
def test_nothing_is_kept_of_a_form_with_a_secret(client: Client, fields: dict[str, str]) -> None:
    assert sent_too_late(client, people.account(), **fields).headers["Location"] == "/inloggen"
    assert db.session.query(InterruptedForm).count() == 0


def test_every_field_for_a_password_is_known_as_a_secret() -> None:
    def below(kind: type[Form]) -> list[type[Form]]:
        return [kind, *(each for one in kind.__subclasses__() for each in below(one))]

    named = {
        name
        for form in below(Form)
        for name in dir(form)
        if getattr(getattr(form, name, None), "field_class", None) is PasswordField
    }
    assert named <= SECRETS and len(named) >= 3


def test_a_stranger_and_what_a_page_sends_by_itself_keep_nothing(client: Client) -> None:
    assert client.post("/account", data=WORDS).headers["Location"] == "/inloggen"
    signed_in_long_ago(client, people.account())
    answer = client.post("/account", data=WORDS, headers={"Accept": "application/json"})
    assert answer.headers["Location"] == "/inloggen"
    client.sign_in(people.account())
    client.post("/uitloggen")
    assert client.post("/account", data=WORDS).headers["Location"] == "/inloggen"
    assert db.session.query(InterruptedForm).count() == 0


def test_another_site_can_leave_nothing_to_be_sent(client: Client, guarded: Flask) -> None:
    person = people.account()
    guarded.config["WTF_CSRF_ENABLED"] = False
    signed_in_long_ago(client, person)
    guarded.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/account", data=WORDS).status_code == 400
    assert db.session.query(InterruptedForm).count() == 0


def test_a_file_that_came_along_is_not_kept_and_that_is_said(client: Client) -> None:
    person = people.account()
    signed_in_long_ago(client, person)
    data = {"note": TEXT, "files": (BytesIO(b"%PDF-"), "brief.pdf")}
    answer = client.post("/account", data=data, content_type="multipart/form-data")
    page = client.get(signs_in(client, person, answer)).text
    assert "U stuurde ook een bestand" in page and "brief.pdf" not in page
