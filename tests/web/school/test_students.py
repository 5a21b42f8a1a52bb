"""A coordinator's students: where each stands, what waits for a yes, inviting, and what a programme asks."""

from collections.abc import Callable

import pytest

from matchmaker.applications import actions
from matchmaker.applications.states import State
from matchmaker.database import db
from matchmaker.organisations.models import Membership, MembershipStatus
from matchmaker.students.models import ProgrammeRules, StudentProfile, TimeKept
from matchmaker.students.queries import rules_of
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.factories.letters import letters
from tests.factories.students import campus, student

LIST_QUERIES = 5


def test_each_student_stands_in_one_part_and_in_order_of_name(client: Client) -> None:
    here = campus(places=5)
    here.asks(school_approves=True)
    waiting = here.applied("Zoë Admiraal")
    here.student("Bram Bos")
    sent = here.applied("Anna de Boer")
    actions.approve(sent, by=here.coordinator)
    client.sign_in(here.coordinator)
    page = client.get("/school/studenten").text
    assert "1 reactie wacht op u" in page
    assert page.index("Anna de Boer") < page.index("Bram Bos") < page.index("Zoë Admiraal")
    only = client.get("/school/studenten?stand=wacht-op-u").text
    assert "Zoë Admiraal" in only and "Bram Bos" not in only and f"/reacties/{waiting.id}" in only
    assert "Bram Bos" in client.get("/school/studenten?stand=zoekt-nog").text
    assert "Anna de Boer" in client.get("/school/studenten?q=anna").text
    assert "Niemand gevonden" in client.get("/school/studenten?q=%25").text
    assert "Bram Bos" in client.get(f"/school/studenten?opleiding={here.programme.id}").text


def test_without_students_the_page_says_how_they_come(client: Client) -> None:
    page = client.sign_in(campus().coordinator).get("/school/studenten").text
    assert "Hier komen uw studenten" in page and "/school/studenten/uitnodigen" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_students_asks_the_database_as_often_for_three_as_for_one(
    client: Client, count_queries: Callable[[], object], number: int
) -> None:
    here = campus(places=5)
    for each in range(number):
        here.applied(f"Student {each}")
    client.sign_in(here.coordinator)
    with count_queries() as queries:  # type: ignore[attr-defined]
        page = client.get("/school/studenten").text
    assert page.count("/school/studenten/reacties/") == number
    assert queries.number == LIST_QUERIES, queries.statements


def test_who_works_for_a_faculty_sees_its_students_alone(client: Client) -> None:
    here = campus(places=5)
    other = people.programme(here.school, name="Bestuurskunde")
    other_student = student(other, name="Iemand Anders")
    made = here.applied("Noor Visser")
    membership = db.session.query(Membership).filter_by(account_id=here.coordinator.id).one()
    membership.faculty_id = other.faculty_id
    db.session.flush()
    client.sign_in(here.coordinator)
    page = client.get("/school/studenten").text
    assert other_student.account.display_name in page and "Noor Visser" not in page
    assert client.get(f"/school/studenten/reacties/{made.id}").status_code == 404
    assert client.get(f"/school/opleidingen/{here.programme.id}").status_code == 404


def test_a_yes_sends_it_on_and_a_no_has_a_reason(client: Client) -> None:
    here = campus(places=5)
    here.asks(school_approves=True)
    first, second = here.applied("Noor"), here.applied("Sam")
    client.sign_in(here.coordinator)
    assert "Past deze plek bij de opleiding?" in client.get(f"/school/studenten/reacties/{first.id}").text
    client.post(f"/school/studenten/reacties/{first.id}/goed")
    assert first.state is State.SENT
    assert client.post(f"/school/studenten/reacties/{first.id}/goed").status_code == 409
    assert "Vul dit in." in client.post(f"/school/studenten/reacties/{second.id}/nee", data={"refusal": ""}).text
    client.post(f"/school/studenten/reacties/{second.id}/nee", data={"refusal": "level_does_not_fit"})
    assert second.state is State.REFUSED
    assert letters("application_refused")[0].values["by_school"] is True
    assert client.get(f"/school/studenten/reacties/{second.id}/nee").status_code == 409


def test_another_school_finds_nothing(client: Client) -> None:
    here = campus()
    here.asks(school_approves=True)
    made = here.applied()
    client.sign_in(campus_of_another(here).coordinator)
    assert client.get(f"/school/studenten/reacties/{made.id}").status_code == 404
    assert client.post(f"/school/studenten/reacties/{made.id}/goed").status_code == 404
    assert "Noor Visser" not in client.get("/school/studenten").text


def campus_of_another(here: object) -> object:
    school = people.institution(name="Ander College")
    people.programme(school)
    coordinator = people.member(Role.COORDINATOR, school)
    return type("Other", (), {"coordinator": coordinator})


def test_a_list_of_addresses_is_invited_and_what_went_wrong_is_named(client: Client) -> None:
    here = campus()
    client.sign_in(here.coordinator)
    typed = "noor@vechtland.nl, sam@vechtland.nl\nNOOR@vechtland.nl\ngeen-adres"
    data = {"programme": str(here.programme.id), "addresses": typed}
    page = client.post("/school/studenten/uitnodigen", data=data).text
    assert "2 studenten krijgen nu een mail" in page
    assert "1 adres kreeg geen mail" in page and "geen-adres" in page
    assert [letter.to_address for letter in letters("invitation")] == ["noor@vechtland.nl", "sam@vechtland.nl"]
    again = client.post("/school/studenten/uitnodigen", data=data).text
    assert "is al uitgenodigd" in again or "krijgen nu een mail" in again
    listed = client.get("/school/studenten?stand=uitgenodigd").text
    assert "noor" in listed and "Uitgenodigd" in listed
    made = db.session.query(StudentProfile).all()
    assert {each.programme_id for each in made} == {here.programme.id} and not any(each.is_complete for each in made)
    states = {row.status for row in db.session.query(Membership).filter_by(role=Role.STUDENT)}
    assert states == {MembershipStatus.INVITED}


def test_an_empty_list_and_one_that_is_too_long_are_refused(client: Client) -> None:
    here = campus()
    client.sign_in(here.coordinator)
    programme = str(here.programme.id)
    page = client.post("/school/studenten/uitnodigen", data={"programme": programme, "addresses": ""}).text
    assert "Vul ten minste één adres in" in page
    many = "\n".join(f"s{number}@vechtland.nl" for number in range(501))
    page = client.post("/school/studenten/uitnodigen", data={"programme": programme, "addresses": many}).text
    assert "Nodig hoogstens 500 mensen tegelijk uit" in page
    assert letters("invitation") == []


def test_what_a_programme_asks_is_kept(client: Client) -> None:
    here = campus()
    client.sign_in(here.coordinator)
    assert "Rechten" in client.get("/school/opleidingen").text
    path = f"/school/opleidingen/{here.programme.id}"
    assert "Geen naam tot het eerste gesprek" in client.get(path).text
    assert rules_of(here.programme).school_approves is False
    client.post(path, data={"school_approves": "y", "blind_until_talk": "y", "time_kept": "hours", "version": "0"})
    rules = db.session.get_one(ProgrammeRules, here.programme.id)
    assert (rules.school_approves, rules.no_cv, rules.no_talk, rules.blind_until_talk) == (True, False, False, True)
    assert rules.time_kept is TimeKept.HOURS
    page = client.post(path, data={"no_cv": "y", "time_kept": "", "version": "0"}).text
    assert "Iemand anders heeft dit intussen veranderd" in page


def test_a_lecturer_does_not_see_students(client: Client) -> None:
    here = campus()
    client.sign_in(people.member(Role.LECTURER, here.school))
    for path in ("/school/studenten", "/school/opleidingen", "/school/studenten/uitnodigen"):
        assert client.get(path).status_code == 403
