"""Two officers who change the same text at the same moment, each over a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matchmaker.database import db
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Role
from tests.factories import people

pytestmark = pytest.mark.committed
ROUNDS = 6
PATH = "/gemeente/over-ons"


def test_one_is_kept_and_the_other_sees_both_and_keeps_the_text(committed_app: Flask) -> None:
    home = people.municipality(theme="polder")
    emails = [people.member(Role.OFFICER, home).email for _ in range(2)]
    db.session.commit()
    number, version = home.id, home.version
    db.session.remove()
    browsers = [FlaskClient(committed_app) for _ in emails]

    def sign_in(browser: FlaskClient, email: str) -> None:
        browser.post("/inloggen", data={"email": email, "password": people.PASSWORD})

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(sign_in, browsers, emails))
        for turn in range(ROUNDS):
            gate, texts = Barrier(2), [f"Ronde {turn} van {who}" for who in ("een", "twee")]

            def send(browser: FlaskClient, text: str, gate: Barrier = gate, version: int = version) -> TestResponse:
                gate.wait()
                form = {"about": text, "version": str(version), "submission_key": f"{text}"}
                return browser.post(PATH, data=form)

            answers = list(pool.map(send, browsers, texts))
            assert sorted(answer.status_code for answer in answers) == [200, 302]
            won = [answer.status_code for answer in answers].index(302)
            home = db.session.get_one(Organisation, number)
            assert home.about == texts[won]
            page = answers[1 - won].text
            assert "Iemand anders heeft dit intussen veranderd" in page and "Bewaard." not in page
            assert texts[0] in page and texts[1] in page
            version = home.version
            db.session.remove()
            assert "Bewaard." in pool.submit(browsers[won].get, PATH).result().text
