"""Someone without an account agrees on a date from the link they follow their question with."""

import pytest
from icalendar import Calendar

from matchmaker.accounts.models import Account
from matchmaker.appointments.queries import appointment_of
from matchmaker.database import db
from matchmaker.links.actions import token_of
from matchmaker.listings.models import VisitorRequest
from matchmaker.mail.models import Letter
from matchmaker.matches import dates
from matchmaker.matches.models import Match
from matchmaker.matches.readers import follow_link
from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind, Party, Role
from tests.factories import listings, matches, people
from tests.factories.client import Client
from tests.factories.dates import moment


def asked_without_account() -> tuple[Match, Account, str]:
    """A visitor's question that a colleague said yes to, and the path of the visitor's page."""
    town = people.municipality(name="Nieuwegein")
    colleague = people.member(Role.COLLEAGUE, town)
    need = listings.need(people.institution(), kind=Kind.LECTURE, organisation_id=None, title="Les op de buurtschool")
    request = VisitorRequest(
        municipality_id=town.id, name="Fatima Aziz", email="fatima@elders.example", title=need.title,
        text=need.text, kind=need.kind, need_id=need.id,
    )  # fmt: skip
    db.session.add(request)
    match = matches.match(
        need,
        listings.offer(town),
        state=State.OFFERED,
        school_id=None,
        initiated_by=Party.VISITOR,
        colleague_id=colleague.id,
    )
    db.session.refresh(match)
    return match, colleague, f"/vraag/{token_of(follow_link(match))}"


def test_a_visitor_chooses_a_moment_and_gets_the_invitation(client: Client) -> None:
    match, colleague, path = asked_without_account()
    (slot,) = dates.propose(match, [moment(20)], by=colleague, as_party=Party.MUNICIPALITY)
    assert f'value="{slot.id}"' in client.get(path).text
    client.post(f"{path}/kies", data={"slot": str(slot.id)})
    appointment = appointment_of(match.id)
    assert match.state is State.AGREED
    assert appointment is not None and appointment.starts_at == slot.starts_at
    sent = db.session.query(Letter).filter_by(template="appointment_agreed").order_by(Letter.id).all()
    assert [letter.to_address for letter in sent] == ["fatima@elders.example", colleague.email]
    event = Calendar.from_ical(sent[0].calendar).walk("VEVENT")[0]
    assert str(event["attendee"]) == "mailto:fatima@elders.example"


@pytest.mark.parametrize("slot", ["", "0", "x", "9" * 40])
def test_a_visitor_cannot_choose_what_is_not_there(client: Client, slot: str) -> None:
    match, colleague, path = asked_without_account()
    dates.propose(match, [moment(20)], by=colleague, as_party=Party.MUNICIPALITY)
    answer = client.post(f"{path}/kies", data={"slot": slot}, follow_redirects=True)
    assert "Kies een van de momenten." in answer.text
    assert match.state is State.OFFERED


def test_a_guessed_link_chooses_nothing(client: Client) -> None:
    assert client.post("/vraag/raden/kies", data={"slot": "1"}).status_code == 410
