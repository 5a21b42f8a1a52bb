"""One item at the desk: what is shown, what can be done, and what happens when two act at once."""

from collections.abc import Callable

import pytest
from flask import Flask

from matchmaker.database import db
from matchmaker.listings.models import VisitorRequest
from matchmaker.matches import actions
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind, Party, Refusal, Role
from tests.conftest import QueryCount
from tests.factories import listings, people
from tests.factories.client import Client
from tests.matches.scenes import Scene, membership_of, scene


def post(client: Client, match: Match, step: str, **data: object) -> object:
    return client.post(f"/loket/vraag/{match.id}/{step}", data={"version": str(match.version), **data})


def test_an_item_shows_asker_question_colleagues_and_history(client: Client) -> None:
    here = scene(text="Wij zoeken iemand die vertelt hoe een omgevingsplan tot stand komt.")
    match = here.asked()
    page = client.sign_in(here.officer).get(f"/loket/vraag/{match.id}").text
    for words in (
        here.need.title,
        here.need.text,
        "Marit Verhoef, Hogeschool Vechtland",
        "Saskia Mulder",
        "0 keer gevraagd",
        "Wij rangschikken geen mensen.",
        "Vraag ontvangen",
        "Nu aan zet: Loket Utrecht.",
    ):
        assert words in page


def test_another_desk_gets_404(client: Client) -> None:
    match = scene().asked()
    other = people.member(Role.OFFICER, people.municipality())
    client.sign_in(other)
    assert client.get(f"/loket/vraag/{match.id}").status_code == 404
    for step in ("vraag-iemand", "pak-op", "meer-vragen", "ja", "nee", "geef-aan"):
        assert post(client, match, step).status_code == 404  # type: ignore[attr-defined]


def test_a_proposal_is_not_at_the_desk_yet(client: Client) -> None:
    here = scene()
    listings.offer(here.municipality, work_fields=["W22"])
    (proposal,) = actions.propose_for(here.need)
    assert client.sign_in(here.officer).get(f"/loket/vraag/{proposal.id}").status_code == 404


def test_the_desk_is_for_those_who_work_there(client: Client) -> None:
    here = scene()
    assert client.sign_in(here.lecturer).get("/loket/").status_code == 403


def test_an_officer_asks_a_colleague(client: Client) -> None:
    here = scene()
    match = here.asked()
    client.sign_in(here.officer)
    answer = post(client, match, "vraag-iemand", to=f"c{here.membership.id}", text="Iets voor jou?")
    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert (match.state, match.colleague_id, match.events[-1].note) == (
        State.ROUTED,
        here.colleague.id,
        "Iets voor jou?",
    )


def test_nobody_chosen_says_so_at_the_field_and_keeps_the_text(client: Client) -> None:
    here = scene()
    match = here.asked()
    page = post(client.sign_in(here.officer), match, "vraag-iemand", text="Bewaar deze zin").text  # type: ignore[attr-defined]
    assert "Kies wie u vraagt." in page and "Bewaar deze zin" in page and "<title>Fout:" in page


@pytest.mark.parametrize("to", ["c999999", "m999999", "x", "c", "m1; drop", "c9223372036854775808"])
def test_an_unknown_choice_gets_an_answer_in_words(client: Client, to: str) -> None:
    here = scene()
    match = here.asked()
    answer = post(client.sign_in(here.officer), match, "vraag-iemand", to=to)
    assert "Deze keuze kennen wij niet" in answer.text  # type: ignore[attr-defined]
    assert match.state is State.REQUESTED


def test_the_second_officer_sees_what_the_first_did_and_keeps_the_text(client: Client) -> None:
    here = scene()
    second = people.member(Role.OFFICER, here.municipality, who=people.account(display_name="Noor el Amrani"))
    match = here.asked()
    seen = match.version
    actions.route(match, to=here.membership, by=here.officer)
    client.sign_in(second)
    data = {"version": str(seen), "to": f"c{here.membership.id}", "text": "Mijn zin"}
    page = client.post(f"/loket/vraag/{match.id}/vraag-iemand", data=data).text
    assert "Iemand anders heeft dit intussen veranderd" in page
    assert "Gevraagd aan Saskia Mulder" in page
    assert "Mijn zin" in page
    assert [event.action.value for event in match.events] == ["request", "route"]


def test_typed_text_survives_when_the_item_has_ended_meanwhile(client: Client) -> None:
    here = scene()
    second = people.member(Role.OFFICER, here.municipality)
    match = here.asked()
    seen = match.version
    from_the_first = {"version": str(seen), "refusal": "crowded", "note": ""}
    client.sign_in(here.officer)
    assert client.post(f"/loket/vraag/{match.id}/nee", data=from_the_first).status_code == 302
    client.post("/uitloggen")
    client.sign_in(second)
    data = {"version": str(seen), "question": "Mijn lange vraag"}
    page = client.post(f"/loket/vraag/{match.id}/meer-vragen", data=data).text
    assert "Dit kan nu niet meer" in page and "Mijn lange vraag" in page
    assert match.state is State.REFUSED


def test_a_note_to_a_colleague_survives_when_the_other_said_no_meanwhile(client: Client) -> None:
    here = scene()
    match = here.asked()
    seen = match.version
    other = people.member(Role.OFFICER, here.municipality)
    actions.refuse(match, refusal=Refusal.CROWDED, by=other, as_party=Party.MUNICIPALITY)
    data = {"version": str(seen), "to": f"c{here.membership.id}", "text": "Mijn zin"}
    page = client.sign_in(here.officer).post(f"/loket/vraag/{match.id}/vraag-iemand", data=data).text
    assert "<dt>Het laatst gebeurd</dt>" in page and "Nee gezegd. Door:" in page and "Mijn zin" in page


def test_asking_the_asker_for_more(client: Client) -> None:
    here = scene()
    match = here.asked()
    client.sign_in(here.officer)
    assert "Schrijf op wat u wilt weten." in post(client, match, "meer-vragen", question="").text  # type: ignore[attr-defined]
    assert post(client, match, "meer-vragen", question="Hoe groot is de groep?").status_code == 302  # type: ignore[attr-defined]
    assert match.state is State.ASKED


def test_saying_no_needs_a_reason_and_words_with_another_reason(client: Client) -> None:
    here = scene()
    match = here.asked()
    client.sign_in(here.officer)
    assert "Kies een reden." in post(client, match, "nee").text  # type: ignore[attr-defined]
    assert "Vul dit in." in post(client, match, "nee", refusal="other").text  # type: ignore[attr-defined]
    assert post(client, match, "nee", refusal="no_desk_within_reach").status_code == 200  # type: ignore[attr-defined]
    assert post(client, match, "nee", refusal="other", note="Wij verhuizen.").status_code == 302  # type: ignore[attr-defined]
    assert (match.state, match.refusal_note) == (State.REFUSED, "Wij verhuizen.")


def test_saying_yes_with_an_own_posting(client: Client) -> None:
    here = scene()
    posting = listings.offer(here.municipality, work_fields=["W22"])
    actions.propose_for(here.need)
    match = here.asked()
    client.sign_in(here.officer)
    assert posting.title in client.get(f"/loket/vraag/{match.id}/ja").text
    assert post(client, match, "ja", offer=str(posting.id), text="Graag!").status_code == 302  # type: ignore[attr-defined]
    assert (match.state, match.offer_id) == (State.OFFERED, posting.id)


def test_saying_yes_with_a_posting_of_someone_else_is_refused(client: Client) -> None:
    here = scene()
    foreign = listings.offer(people.municipality())
    match = here.asked()
    answer = post(client.sign_in(here.officer), match, "ja", offer=str(foreign.id))
    assert "Deze keuze kennen wij niet" in answer.text and match.state is State.REQUESTED  # type: ignore[attr-defined]


def test_forwarding_to_a_neighbour(client: Client) -> None:
    here = scene()
    houten = people.municipality(code="GM0321", name="Houten", slug="houten")
    match = here.asked()
    client.sign_in(here.officer)
    assert "Stuur door naar Houten" in client.get(f"/loket/vraag/{match.id}").text
    assert post(client, match, "vraag-iemand", to=f"m{houten.id}").status_code == 302  # type: ignore[attr-defined]
    moved = db.session.query(Match).filter_by(forwarded_from_id=match.id).one()
    assert (match.state, moved.municipality_id) == (State.FORWARDED, houten.id)
    assert "Doorgestuurd naar Houten" in client.get(f"/loket/vraag/{match.id}").text


def test_the_colleague_who_was_named_is_chosen_beforehand(client: Client) -> None:
    here = scene()
    other = people.member(Role.COLLEAGUE, here.municipality, team_id=here.membership.team_id)
    match = here.asked()
    actions.route(match, to=here.membership, by=here.officer)
    actions.answer_as_colleague(match, answer="other", suggested=membership_of(other), by=here.colleague)
    page = client.sign_in(here.officer).get(f"/loket/vraag/{match.id}").text
    assert f'value="c{membership_of(other).id}" checked' in page


def test_colleagues_stand_by_least_asked_or_by_name(client: Client) -> None:
    here = scene()
    first = people.member(
        Role.COLLEAGUE, here.municipality, who=people.account(display_name="Aad Bos"), team_id=here.membership.team_id
    )
    actions.route(here.asked(), to=membership_of(first), by=here.officer)
    match = actions.ask_desk(
        listings.need(here.school, owner_id=here.lecturer.id, work_fields=["W22"]), here.municipality, by=here.lecturer
    )
    client.sign_in(here.officer)
    by_asked = client.get(f"/loket/vraag/{match.id}").text
    by_name = client.get(f"/loket/vraag/{match.id}?volgorde=naam").text
    assert by_asked.index("<span>Saskia Mulder</span>") < by_asked.index("<span>Aad Bos</span>")
    assert by_name.index("<span>Aad Bos</span>") < by_name.index("<span>Saskia Mulder</span>")


def test_an_item_of_a_visitor_names_the_visitor(client: Client) -> None:
    here = scene()
    need = listings.need(here.school, organisation_id=None, kind=Kind.QUESTION)
    db.session.add(
        VisitorRequest(
            municipality_id=here.municipality.id,
            name="Ada Lovelace",
            email="a@test.example",
            title="t",
            text="t",
            organisation_name="Buurthuis",
            need_id=need.id,
        )  # fmt: skip
    )
    db.session.flush()
    match = actions.ask_desk(need, here.municipality, by=None)
    assert "Ada Lovelace, Buurthuis" in client.sign_in(here.officer).get(f"/loket/vraag/{match.id}").text


@pytest.mark.parametrize("address", ["/loket/vraag/0", "/loket/vraag/9223372036854775808", "/loket/vraag/-1"])
def test_numbers_that_cannot_be_an_item_get_404(client: Client, address: str) -> None:
    assert client.sign_in(scene().officer).get(address).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_an_item_never_asks_the_database_more_than_twenty_times(
    app: Flask, client: Client, count_queries: Callable[[], QueryCount], rows: int
) -> None:
    here = full_scene(rows)
    address = f"/loket/vraag/{here.asked().id}"
    client.sign_in(here.officer)
    db.session.expunge_all()
    with count_queries() as queries:
        assert client.get(address).status_code == 200
    assert queries.number <= 20, "\n".join(queries.statements)


def full_scene(rows: int) -> Scene:
    """Colleagues, neighbours with proposals, and own proposals."""
    here = scene()
    places = [("GM0321", "Houten"), ("GM1904", "Stichtse Vecht"), ("GM0356", "Nieuwegein")][:rows]
    for code, name in places:
        people.member(Role.COLLEAGUE, here.municipality, team_id=here.membership.team_id)
        near = people.municipality(code=code, name=name, slug=code)
        listings.offer(near, work_fields=["W22"])
        listings.offer(here.municipality, work_fields=["W22"])
    actions.propose_for(here.need)
    return here
