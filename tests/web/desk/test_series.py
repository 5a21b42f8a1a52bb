"""The desk answers several dates of a series at once."""

import pytest

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.matches import actions
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.sessions.series import repeat
from matchmaker.vocabulary import Party, Refusal, Role
from tests.factories import people
from tests.factories.client import Client
from tests.factories.dates import moment
from tests.sessions.scenes import lecture

DAYS = (27, 30, 34)


def asked() -> tuple[Account, Account, list[Match]]:
    """An officer, a colleague, and three dates that lie at the desk."""
    there = lecture()
    return there.officer, there.colleague, repeat(there.match, [moment(each) for each in DAYS], by=there.lecturer)


def key(match: Match) -> str:
    return f"{match.id}-{match.version}"


def states(dates: list[Match]) -> list[State]:
    for each in dates:
        db.session.refresh(each)
    return [each.state for each in dates]


def test_one_colleague_is_asked_for_the_dates_that_are_ticked_and_the_rest_waits(client: Client) -> None:
    officer, colleague, dates = asked()
    client.sign_in(officer)
    assert f'href="/loket/reeks/{dates[0].id}"' in client.get(f"/loket/vraag/{dates[0].id}").text
    page = client.get(f"/loket/reeks/{dates[0].id}").text
    assert page.count('name="dates"') == page.count("checked") == len(DAYS)
    [membership] = colleague.memberships
    data = {"dates": [key(dates[0]), key(dates[2])], "answer": "route", "to": str(membership.id), "note": "Graag"}
    answer = client.post(f"/loket/reeks/{dates[0].id}", data=data)
    assert answer.headers["Location"].endswith(f"/loket/vraag/{dates[0].id}")
    assert states(dates) == [State.ROUTED, State.REQUESTED, State.ROUTED]
    assert [each.colleague_id for each in dates] == [colleague.id, None, colleague.id]


def test_the_desk_says_yes_or_no_to_all(client: Client) -> None:
    officer, _, dates = asked()
    client.sign_in(officer)
    client.post(f"/loket/reeks/{dates[0].id}", data={"dates": key(dates[1]), "answer": "yes"})
    assert states(dates) == [State.REQUESTED, State.OFFERED, State.REQUESTED]
    rest = [key(dates[0]), key(dates[2])]
    client.post(f"/loket/reeks/{dates[0].id}", data={"dates": rest, "answer": "no", "refusal": "no_capacity"})
    assert states(dates) == [State.REFUSED, State.OFFERED, State.REFUSED]
    assert dates[0].refusal is Refusal.NO_CAPACITY


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Kies een antwoord."),
        ({"answer": "route"}, "Kies"),
        ({"answer": "no"}, "Kies een reden"),
        ({"answer": "no", "refusal": "other"}, "Vul dit in."),
    ],
)
def test_what_is_missing_is_said_and_changes_nothing(client: Client, data: dict[str, str], words: str) -> None:
    officer, _, dates = asked()
    client.sign_in(officer)
    answer = client.post(f"/loket/reeks/{dates[0].id}", data={"dates": [key(each) for each in dates], **data})
    assert answer.status_code == 200
    assert words in answer.text
    assert set(states(dates)) == {State.REQUESTED}


def test_a_date_that_was_answered_meanwhile_is_left_alone_and_told(client: Client) -> None:
    officer, _, dates = asked()
    seen = [key(each) for each in dates]
    actions.refuse(dates[1], refusal=Refusal.PERIOD, by=officer, as_party=Party.MUNICIPALITY)
    client.sign_in(officer)
    answer = client.post(f"/loket/reeks/{dates[0].id}", data={"dates": seen, "answer": "yes"}, follow_redirects=True)
    assert "Bij 1 datum was intussen iets veranderd." in answer.text
    assert states(dates) == [State.OFFERED, State.REFUSED, State.OFFERED]


def test_another_desk_and_what_is_no_series_get_404(client: Client) -> None:
    _, _, dates = asked()
    other = people.member(Role.OFFICER, people.municipality())
    client.sign_in(other)
    assert client.post(f"/loket/reeks/{dates[0].id}", data={"dates": key(dates[0]), "answer": "yes"}).status_code == 404
    assert set(states(dates)) == {State.REQUESTED}


def test_a_single_lecture_has_no_series_to_answer(client: Client) -> None:
    there = lecture()
    client.sign_in(there.officer)
    assert client.get(f"/loket/reeks/{there.match.id}").status_code == 404
