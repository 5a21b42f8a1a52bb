"""Asking a desk without an account, from the question to the answer."""

from datetime import timedelta

from flask import Flask

from matchmaker.audit.models import AuditEvent
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link, Purpose
from matchmaker.listings.models import VisitorRequest
from matchmaker.listings.visitors import MOST_A_DAY, forget_unconfirmed
from matchmaker.mail.models import Letter
from matchmaker.matches import actions as matches
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import ListingStatus, Refusal, Role
from tests.factories import people
from tests.factories.client import Client

QUESTION = {
    "kind": "guest_lecture",
    "title": "Wie vertelt over de Omgevingswet?",
    "text": "Wij zoeken iemand die in maart een uur vertelt aan dertig studenten.",
    "name": "Marit Verhoef",
    "email": "Marit.Verhoef@school.example",
    "organisation_name": "Hogeschool Vechtland",
    "website": "",
}


def ask(client: Client, town: Organisation, **changes: str) -> object:
    return client.post(f"/gemeenten/{town.slug}/vraag", data={**QUESTION, **changes})


def link_for(purpose: Purpose) -> str:
    link = db.session.query(Link).filter_by(purpose=purpose).order_by(Link.id.desc()).first()
    assert link is not None
    return f"/vraag/{token_of(link)}"


def confirmed(client: Client, town: Organisation) -> tuple[Match, str]:
    ask(client, town)
    answer = client.post(link_for(Purpose.CONFIRM_REQUEST) + "/bevestigen")
    match = db.session.query(Match).one()
    return match, answer.headers["Location"]


def test_a_question_waits_for_the_address_to_be_confirmed(client: Client) -> None:
    town = people.municipality()
    answer = ask(client, town)
    assert answer.headers["Location"] == f"/gemeenten/{town.slug}/vraag/verstuurd"  # type: ignore[attr-defined]
    made = db.session.query(VisitorRequest).one()
    assert (made.email, made.confirmed_at, db.session.query(Match).count()) == ("marit.verhoef@school.example", None, 0)
    assert [letter.template for letter in db.session.query(Letter)] == ["visitor_confirm"]


def test_opening_the_link_changes_nothing_and_pressing_the_button_brings_it_to_the_desk(client: Client) -> None:
    town = people.municipality()
    people.member(Role.OFFICER, town)
    ask(client, town)
    path = link_for(Purpose.CONFIRM_REQUEST)
    page = client.get(path)
    assert "Wie vertelt over de Omgevingswet?" in page.text
    assert db.session.query(Match).count() == 0
    client.post(path + "/bevestigen")
    match = db.session.query(Match).one()
    assert (match.state, match.municipality_id, match.school_id) == (State.REQUESTED, town.id, None)
    assert match.need.status is ListingStatus.IN_CHECK
    letters = sorted(letter.template for letter in db.session.query(Letter))
    assert letters == ["match_requested", "visitor_confirm", "visitor_received"]


def test_a_confirmation_works_once(client: Client) -> None:
    ask(client, people.municipality())
    path = link_for(Purpose.CONFIRM_REQUEST)
    assert client.post(path + "/bevestigen").status_code == 302
    assert client.post(path + "/bevestigen").status_code == 410
    assert client.get(path).status_code == 410
    assert db.session.query(Match).count() == 1


def test_the_asker_follows_answers_and_withdraws_without_an_account(client: Client) -> None:
    town = people.municipality()
    officer = people.member(Role.OFFICER, town)
    match, following = confirmed(client, town)
    assert "Loket" in client.get(following).text
    matches.ask(match, question="Hoeveel studenten zijn het?", by=officer)
    assert "Hoeveel studenten zijn het?" in client.get(following).text
    client.post(following + "/antwoord", data={"text": "Het zijn er dertig."})
    assert match.state is State.REQUESTED
    client.post(following + "/intrekken")
    assert match.state is State.WITHDRAWN
    assert "ingetrokken" in client.get(following).text


def test_the_asker_says_yes_to_what_is_offered(client: Client) -> None:
    town = people.municipality()
    match, following = confirmed(client, town)
    matches.offer(match, by=people.member(Role.OFFICER, town), note="Onze planoloog komt graag.")
    page = client.get(following).text
    assert "De gemeente zegt ja" in page
    client.post(following + "/ja")
    assert match.state is State.SCHEDULING


def test_a_no_of_the_asker_needs_a_reason_and_what_was_typed_stays(client: Client) -> None:
    town = people.municipality()
    match, following = confirmed(client, town)
    matches.offer(match, by=people.member(Role.OFFICER, town), note="")
    page = client.post(following + "/nee", data={"note": "Wij hebben al iemand."}).text
    assert "Kies een reden." in page
    assert "Wij hebben al iemand." in page
    client.post(following + "/nee", data={"refusal": Refusal.FOUND_ELSEWHERE.value, "note": "Wij hebben al iemand."})
    assert (match.state, match.refusal) == (State.REFUSED, Refusal.FOUND_ELSEWHERE)


def test_errors_stand_beside_the_field_and_nothing_typed_is_lost(client: Client) -> None:
    page = ask(client, people.municipality(), email="geen adres", text="kort").text  # type: ignore[attr-defined]
    assert "Dit is geen e-mailadres." in page
    assert "Vertel iets meer, in een of twee zinnen." in page
    assert 'value="Wie vertelt over de Omgevingswet?"' in page
    assert db.session.query(VisitorRequest).count() == 0


def test_a_robot_that_fills_the_hidden_field_leaves_nothing_behind(client: Client) -> None:
    answer = ask(client, people.municipality(), website="https://koop.example")
    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert (db.session.query(VisitorRequest).count(), db.session.query(Letter).count()) == (0, 0)


def test_one_address_gets_at_most_five_letters_to_confirm_a_day(client: Client) -> None:
    town = people.municipality()
    for number in range(MOST_A_DAY):
        assert ask(client, town, title=f"Vraag nummer {number}").status_code == 302  # type: ignore[attr-defined]
    page = ask(client, town, title="Vraag nummer 6").text  # type: ignore[attr-defined]
    assert "vijf vragen" in page
    assert db.session.query(Letter).count() == MOST_A_DAY


def test_a_municipality_out_of_reach_of_any_desk_says_so_and_closes_honestly(client: Client) -> None:
    town = people.municipality(with_desk=False)
    match, following = confirmed(client, town)
    assert (match.state, match.refusal) == (State.REFUSED, Refusal.NO_DESK)
    assert "Er is geen loket in de buurt dat dit kan oppakken." in client.get(following).text


def test_each_change_has_one_line_in_the_log(client: Client) -> None:
    confirmed(client, people.municipality())
    actions = [event.action for event in db.session.query(AuditEvent).order_by(AuditEvent.id)]
    assert actions == ["visitor_request.made", "visitor_request.confirmed", "match.request"]


def test_the_name_of_a_colleague_is_not_on_the_page_of_the_asker(client: Client) -> None:
    town = people.municipality()
    officer = people.member(Role.OFFICER, town)
    colleague = people.member(Role.COLLEAGUE, town)
    match, following = confirmed(client, town)
    member = next(each for each in colleague.memberships if each.organisation_id == town.id)
    matches.route(match, to=member, note="Kun jij dit?", by=officer)
    page = client.get(following).text
    assert colleague.display_name not in page
    assert "Kun jij dit?" not in page


def test_what_nobody_confirmed_is_forgotten_after_a_week(app: Flask, client: Client) -> None:

    ask(client, people.municipality())
    assert forget_unconfirmed(now() + timedelta(days=6)) == 0
    assert forget_unconfirmed(now() + timedelta(days=8)) == 1


def test_choosing_a_municipality_takes_the_name_of_a_village_too(client: Client) -> None:
    answer = client.get("/vraag-stellen?gemeente=Vleuten&soort=committee_seat")
    assert answer.headers["Location"] == "/gemeenten/utrecht/vraag?soort=committee_seat"
    assert "Deze plaats kennen wij niet" in client.get("/vraag-stellen?gemeente=Nergenshuizen").text
