"""After a lecture, from the letter and without an account."""

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import AccountStatus
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link, Purpose
from matchmaker.matches import dates
from matchmaker.sessions.queries import session_for
from matchmaker.sessions.scheduled import ask_after
from matchmaker.sessions.states import State
from matchmaker.vocabulary import Party
from tests.factories.client import Client
from tests.factories.dates import moment
from tests.sessions.scenes import after, lecture
from tests.web.together.test_visitor_dates import asked_without_account

TOLD = {"held": "yes", "students": "24", "fit": "well", "again": "yes", "note": "Mooie groep"}


def addresses() -> dict[str, str]:
    """The link of each side."""
    links = db.session.scalars(select(Link).where(Link.purpose == Purpose.SESSION_AFTER))
    return {link.values["party"]: f"/les/{token_of(link)}" for link in links}


def test_both_sides_answer_without_signing_in(client: Client):
    there = lecture()
    with after():
        ask_after(now())
        found = addresses()
        assert "Hoe ging het?" in client.get(found["school"]).text
        assert session_for(there.match.id).state is State.EXPECTED
        assert client.post(found["school"], data=TOLD).status_code == 302
        page = client.get(found["colleague"]).text
        assert "Mooie groep" not in page and "Waren de studenten voorbereid?" in page
        assert client.post(found["colleague"], data={"fit": "well", "again": "yes"}).status_code == 302
        assert "Mooie groep" in client.get(found["colleague"]).text
        assert client.post(found["colleague"], data={"fit": "not", "again": "no"}).status_code == 409
    assert [view.side for view in session_for(there.match.id).views] == [Party.SCHOOL, Party.MUNICIPALITY]


@pytest.mark.parametrize("data", [{}, {**TOLD, "fit": ""}, {"held": "no", "why_not": "other"}])
def test_what_is_missing_is_said_and_changes_nothing(client: Client, data: dict[str, str]):
    there = lecture()
    with after():
        ask_after(now())
        answer = client.post(addresses()["school"], data=data)
    assert answer.status_code == 200 and "<title>Fout: " in answer.text
    assert session_for(there.match.id).state is State.EXPECTED


def test_a_link_of_another_kind_or_of_nobody_opens_nothing(client: Client):
    there = lecture()
    with after():
        ask_after(now())
        there.lecturer.status = AccountStatus.DISABLED
        db.session.flush()
        assert client.get(addresses()["school"]).status_code == 410
    assert client.get("/les/onzin").status_code == 410


def test_who_asked_without_an_account_tells_how_it_went(client: Client):
    match, colleague, path = asked_without_account()
    (slot,) = dates.propose(match, [moment(20)], by=colleague, as_party=Party.MUNICIPALITY)
    client.post(f"{path}/kies", data={"slot": str(slot.id)})
    with after():
        ask_after(now())
        found = addresses()
        assert sorted(found) == ["colleague", "visitor"]
        assert client.post(found["visitor"], data=TOLD).status_code == 302
    session = session_for(match.id)
    assert (session.state, session.students, session.views[0].given_by_id) == (State.HELD, 24, None)
