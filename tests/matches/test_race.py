"""Two officers act on the same item at the same moment, with real transactions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matchmaker.database import db
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.matches.scenes import scene

ROUNDS = 5


@pytest.mark.committed
def test_one_of_two_officers_wins_and_the_other_keeps_the_text(committed_app: Flask) -> None:
    committed_app.test_client_class = Client
    here = scene()
    officers = [here.officer, people.member(Role.OFFICER, here.municipality)]
    emails, colleague = [officer.email for officer in officers], here.membership.id
    db.session.commit()
    browsers = [committed_app.test_client() for _ in emails]
    for browser, email in zip(browsers, emails, strict=True):
        browser.post("/inloggen", data={"email": email, "password": people.PASSWORD})
    for _ in range(ROUNDS):
        match = here.asked()
        db.session.commit()
        number, version = match.id, str(match.version)
        db.session.remove()
        barrier = Barrier(2)

        def act(
            browser: FlaskClient, step: str, data: dict[str, str], barrier: Barrier = barrier, number: int = number
        ) -> object:
            barrier.wait()
            return FlaskClient.open(browser, f"/loket/vraag/{number}/{step}", method="POST", data=data)

        steps = (
            ("vraag-iemand", {"version": version, "to": f"c{colleague}", "text": "Mijn zin"}),
            ("nee", {"version": version, "refusal": "crowded", "note": "Mijn zin"}),
        )
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda pair: act(pair[0], *pair[1]), zip(browsers, steps, strict=True)))
        assert sorted(answer.status_code for answer in answers) == [200, 302]  # type: ignore[attr-defined]
        (loser,) = [answer for answer in answers if answer.status_code == 200]  # type: ignore[attr-defined]
        assert "Iemand anders heeft dit intussen veranderd" in loser.text and "Mijn zin" in loser.text
        after = db.session.get(Match, number)
        assert after is not None and after.state in {State.ROUTED, State.REFUSED}
        assert len(after.events) == 2
        if after.state is State.ROUTED:
            after.state = State.WITHDRAWN
        here = type(here)(*(db.session.merge(getattr(here, name)) for name in here.__dataclass_fields__))
        db.session.commit()
