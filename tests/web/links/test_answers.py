"""A colleague answers from the letter, without an account in the browser."""

from datetime import timedelta

import pytest
import time_machine

from matchmaker.accounts.models import AccountStatus
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.links.actions import token_of
from matchmaker.matches import actions
from matchmaker.matches.models import Match
from matchmaker.matches.readers import answer_link
from matchmaker.matches.states import State
from matchmaker.organisations.models import MembershipStatus
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.matches.scenes import Scene, membership_of, scene


def asked(here: Scene) -> tuple[Match, str]:
    match = actions.route(here.asked(), to=here.membership, note="Jij weet hier veel van.", by=here.officer)
    link = answer_link(match)
    assert link is not None
    return match, f"/l/{token_of(link)}"


def test_the_letter_opens_one_screen_with_everything_and_changes_nothing(client: Client) -> None:
    here = scene()
    match, address = asked(here)
    page = client.get(address).text
    for words in (here.need.title, here.need.text, "Marit Verhoef", "Jij weet hier veel van.", "Ja, ik doe dit"):
        assert words in page
    assert match.state is State.ROUTED


def test_yes_is_one_press(client: Client) -> None:
    match, address = asked(scene())
    answer = client.post(address, data={"answer": "yes"})
    assert (answer.status_code, match.state) == (302, State.OFFERED)
    assert "uw antwoord is binnen" in client.get(answer.headers["Location"]).text


def test_a_link_works_once(client: Client) -> None:
    match, address = asked(scene())
    client.post(address, data={"answer": "yes"})
    for again in (client.get(address), client.post(address, data={"answer": "yes"})):
        assert again.status_code == 410
        assert "Deze link is al gebruikt" in again.text
    assert [event.action.value for event in match.events].count("colleague_yes") == 1


def test_no_needs_a_reason_and_the_link_stays_good_until_then(client: Client) -> None:
    match, address = asked(scene())
    page = client.post(address, data={"answer": "no", "note": "Druk"}).text
    assert "Kies een reden." in page and "Druk" in page
    assert client.post(address, data={"answer": "no", "refusal": "other"}).status_code == 200
    assert client.post(address, data={"answer": "no", "refusal": "no_capacity"}).status_code == 302
    assert match.state is State.REQUESTED


def test_naming_another_from_the_list_or_in_words(client: Client) -> None:
    here = scene()
    other = people.member(Role.COLLEAGUE, here.municipality)
    match, address = asked(here)
    assert "Kies een collega" in client.post(address, data={"answer": "other"}).text
    assert client.post(address, data={"answer": "other", "suggested": "999"}).status_code == 200
    chosen = str(membership_of(other).id)
    assert client.post(address, data={"answer": "other", "suggested": chosen}).status_code == 302
    assert match.events[-1].values["name"] == other.display_name


def test_nobody_names_themselves(client: Client) -> None:
    here = scene()
    match, address = asked(here)
    own = str(here.membership.id)
    assert f'<option value="{own}"' not in client.get(address).text
    assert client.post(address, data={"answer": "other", "suggested": own}).status_code == 200
    with pytest.raises(InvalidValue):
        actions.answer_as_colleague(match, answer="other", suggested=here.membership, by=here.colleague)
    assert match.state is State.ROUTED


def test_an_answer_that_does_not_exist_gets_words(client: Client) -> None:
    match, address = asked(scene())
    assert "Kies ja, nee of een ander." in client.post(address, data={"answer": "misschien"}).text
    assert match.state is State.ROUTED


def test_an_expired_link_says_so(client: Client) -> None:
    _, address = asked(scene())
    with time_machine.travel(now() + timedelta(days=22)):
        page = client.get(address)
    assert (page.status_code, "Deze link is verlopen" in page.text) == (410, True)


def test_a_link_is_withdrawn_when_the_desk_asks_another(client: Client) -> None:
    here = scene()
    other = people.member(Role.COLLEAGUE, here.municipality)
    match, address = asked(here)
    actions.route(match, to=membership_of(other), by=here.officer)
    page = client.post(address, data={"answer": "yes"})
    assert (page.status_code, match.state) == (410, State.ROUTED)
    assert "Deze link is ingetrokken" in page.text


def test_an_unknown_link_is_410_and_never_an_error(client: Client) -> None:
    for token in ("onzin", "é", "x" * 500):
        assert client.get(f"/l/{token}").status_code == 410


def test_the_link_of_who_has_left_does_nothing(client: Client) -> None:
    here = scene()
    match, address = asked(here)
    here.membership.status = MembershipStatus.ENDED
    db.session.flush()
    assert client.get(address).status_code == 410
    assert client.post(address, data={"answer": "yes"}).status_code == 410
    assert match.state is State.ROUTED


def test_the_link_of_a_closed_account_does_nothing(client: Client) -> None:
    here = scene()
    match, address = asked(here)
    here.colleague.status = AccountStatus.DISABLED
    db.session.flush()
    assert client.post(address, data={"answer": "yes"}).status_code == 410
    assert match.state is State.ROUTED
