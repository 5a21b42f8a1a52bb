"""Questions to a desk from people without an account."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.listings.visitors import MOST_A_DAY, ask_without_account
from matchmaker.mail.models import Letter
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Kind
from tests.factories import people


def test_of_many_questions_of_one_address_at_the_same_moment_five_are_taken(committed_app: Flask) -> None:
    number = people.municipality().id
    db.session.commit()
    at_once = Barrier(8)
    said = {"organisation_name": "", "kind": Kind.WORK, "title": "Stage", "text": "Mag dat?"}

    def ask(_each: int) -> bool:
        with committed_app.app_context():
            at_once.wait()
            try:
                here = db.session.get_one(Organisation, number)
                ask_without_account(here, name="Els", email="els@test.example", **said)  # type: ignore[arg-type]
                return True
            except InvalidValue:
                return False
            finally:
                db.session.commit()

    with ThreadPoolExecutor(8) as strangers:
        assert sum(strangers.map(ask, range(8))) == MOST_A_DAY
    assert db.session.query(Letter).count() == MOST_A_DAY
