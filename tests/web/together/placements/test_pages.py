"""Everyone in a placement finds their own pages, signed in or from a link, and nobody else does."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.links.actions import token_of
from matchmaker.placements import actions
from matchmaker.placements.letters import link_for
from matchmaker.placements.models import Placement, PlacementPerson, Presence
from matchmaker.placements.parts import Part, PlacementSide
from matchmaker.placements.records import CheckKind
from matchmaker.placements.states import PlacementState
from matchmaker.vocabulary import Role, Sector
from tests.factories import people
from tests.factories.client import Client
from tests.placements.scenes import Stage, person_of, stage


@pytest.fixture(autouse=True)
def in_the_school_year():
    with time_machine.travel("2026-11-24 10:00:00+01:00", tick=False) as moving:
        yield moving


def path(there: Stage, rest: str = "") -> str:
    assert there.placement is not None
    return f"/plaatsingen/{there.placement.id}{rest}"


def everyone(there: Stage) -> list[object]:
    return [there.student, there.lecturer, there.coordinator, there.officer, there.colleague]


def test_the_coordinator_names_the_student_on_the_page_of_the_match(client: Client):
    there = stage()
    client.sign_in(there.coordinator)
    assert "Wijs de student aan" in client.get(f"/samen/{there.match.id}").text
    typed = {
        "name": "Noor de Vries",
        "address": there.student.email,
        "language": "nl",
        "programme": str(there.programme.id),
        "adult": "yes",
        "presence": "nothing",
    }
    answer = client.post(f"/plaatsingen/begin/{there.match.id}", data=typed)
    made = Placement.query.one()
    assert answer.location == f"/plaatsingen/{made.id}"
    assert made.student.account == there.student
    assert "Een collega was u net voor" not in client.get(str(answer.location)).text
    late = client.post(f"/plaatsingen/begin/{there.match.id}", data={**typed, "name": "Sam"})
    assert late.location == answer.location
    assert "Een collega was u net voor" in client.get(str(late.location)).text
    assert Placement.query.one() is made


@pytest.mark.parametrize(
    "adult, month, said",
    [("", "", "Kies een antwoord."), ("no", "", "Vul maand en jaar in"), ("no", "13-2027", "Vul maand en jaar in")],
)
def test_an_age_that_is_not_clear_is_asked_again(client: Client, adult: str, month: str, said: str):
    there = stage()
    data = {"name": "Noor", "address": "noor@school.example", "programme": str(there.programme.id), "adult": adult}
    page = client.sign_in(there.coordinator).post(
        f"/plaatsingen/begin/{there.match.id}", data={**data, "month": month, "presence": "days", "language": "nl"}
    )
    assert said in page.text
    assert Placement.query.count() == 0


def test_a_student_reads_of_the_own_placement_and_searches_nothing(client: Client):
    there = stage().running()
    for person, said, search in ((there.student, "Je ziet waar", 0), (there.officer, "U ziet per student", 1)):
        page = client.sign_in(person).get("/plaatsingen/").text
        assert said in page and page.count('name="q"') == search
        client.post("/uitloggen")


def test_after_the_approval_the_step_is_the_agreement(client: Client):
    there = stage().begun().arranged().approved()
    page = client.sign_in(there.lecturer).get(path(there)).text
    assert "Stap 8 van 14: overeenkomst tekenen" in page and "De opleiding maakt nu de overeenkomst." in page


@pytest.mark.parametrize("number", range(5))
def test_everyone_in_it_sees_the_placement(client: Client, number: int):
    there = stage().running()
    page = client.sign_in(everyone(there)[number]).get(path(there))  # type: ignore[arg-type]
    assert page.status_code == 200
    assert "Brieven over de bijstand" in page.text and "Stap 1" in page.text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LECTURER, Role.OFFICER, Role.COLLEAGUE, Role.STUDENT])
def test_for_people_of_elsewhere_it_does_not_exist(client: Client, role: Role):
    there = stage().running()
    client.sign_in(people.member(role, people.role_home(role)))
    assert client.get(path(there)).status_code == 404
    assert "Noor de Vries" not in client.get("/plaatsingen/").text


@pytest.mark.parametrize("role", [Role.LECTURER, Role.STUDENT])
def test_at_the_school_only_who_is_named_sees_it(client: Client, role: Role):
    there = stage().running()
    client.sign_in(people.member(role, there.school))
    assert client.get(path(there)).status_code == 404


def test_a_colleague_who_is_not_named_does_not_see_it(client: Client):
    there = stage().running()
    client.sign_in(people.member(Role.COLLEAGUE, there.municipality))
    assert client.get(path(there)).status_code == 404


def test_a_coordinator_of_another_faculty_does_not_see_it(client: Client):
    there = stage().running()
    other = people.programme(there.school)
    client.sign_in(people.member(Role.COORDINATOR, there.school, faculty_id=other.faculty_id))
    assert client.get(path(there)).status_code == 404


def trainer_link(there: Stage) -> str:
    return f"/plaatsing/{token_of(link_for(person_of(there, Part.PRACTICE_TRAINER)))}"


def test_a_practice_trainer_without_an_account_fills_in_the_arrangement_from_a_link(client: Client):
    there = stage(Sector.MBO).begun()
    there.trainer()
    link = trainer_link(there)
    assert "Vul de afspraken in" in client.get(link).text
    form = client.get(f"{link}/afspraken").text
    version = re.search(r'name="version"[^>]*value="([^"]+)"', form)
    assert version is not None
    answer = client.post(
        f"{link}/afspraken",
        data={
            "version": version[1],
            "assignment": "Meelopen op de afdeling.",
            "goal-0": "Op tijd komen",
            "hours_per_week": "24",
            "weekdays": ["mon", "tue"],
            "first_day": "2027-02-01",
            "last_day": "2027-06-25",
            "workplace": "Stadhuis",
            "mode": "on_site",
            "crebo": "25960",
        },
    )
    assert answer.location == link
    assert there.placement is not None
    assert (there.placement.hours_per_week, [each.text for each in there.placement.goals]) == (24, ["Op tijd komen"])


def test_the_link_of_who_was_replaced_has_ended(client: Client):
    there = stage(Sector.MBO).begun()
    there.trainer()
    link = trainer_link(there)
    assert client.get(link).status_code == 200
    there_again = client.sign_in(there.officer)
    there_again.post(
        path(there, "/mensen/practice_trainer"), data={"name": "Ans", "address": "ans@b.example", "language": "nl"}
    )
    assert client.get(link).status_code == 410


def test_a_link_that_was_made_up_opens_nothing(client: Client):
    assert client.get("/plaatsing/verzonnen").status_code == 410


def test_opening_a_link_changes_nothing(client: Client):
    there = stage(Sector.MBO).begun()
    there.trainer()
    link = trainer_link(there)
    db.session.flush()
    assert there.placement is not None
    before = there.placement.version
    for rest in ("", "/afspraken", "/notities", "/gesprekken", "/signaal"):
        assert client.get(link + rest).status_code == 200
    assert there.placement.version == before


def test_a_parent_reads_what_was_arranged_and_no_notes(client: Client):
    there = stage(Sector.MBO).begun(minor_until=today() + timedelta(days=90))
    assert there.placement is not None
    actions.write_note(there.placement, "Tussen ons allen.", shared=True, by=there.actor(Part.STUDENT))
    client.sign_in(there.coordinator)
    client.post(path(there, "/mensen/parent"), data={"name": "Wil", "address": "wil@thuis.example", "language": "nl"})
    client.post("/uitloggen")
    page = client.get(f"/plaatsing/{token_of(link_for(person_of(there, Part.PARENT)))}").text
    assert "De afspraken" in page and "Tussen ons allen" not in page


def test_the_address_of_the_student_as_parent_gets_its_sentence(client: Client):
    there = stage(Sector.MBO).begun(minor_until=today() + timedelta(days=90))
    page = client.sign_in(there.coordinator).post(
        path(there, "/mensen/parent"), data={"name": "Wil", "address": there.student.email, "language": "nl"}
    )
    assert "Dit is het adres van de student" in page.text


def test_what_two_fill_in_at_once_is_not_overwritten(client: Client):
    there = stage().begun()
    client.sign_in(there.colleague)
    data = {"version": "1", "assignment": "Van mij", "mode": "", "workplace": ""}
    page = client.post(path(there, "/afspraken"), data=data)
    assert "Iemand anders heeft dit intussen veranderd" in page.text


def test_a_date_outside_the_school_year_has_a_sentence_at_its_field(client: Client):
    there = stage().begun()
    assert there.placement is not None
    data = {"first_day": "2031-02-01", "mode": "", "assignment": "x"}
    page = client.sign_in(there.student).post(path(there, "/afspraken"), data=data)
    assert "Deze dag valt niet in dit schooljaar" in page.text


def test_the_programme_approves_on_its_page(client: Client):
    there = stage().begun().arranged()
    client.sign_in(there.student).post(path(there, "/voorleggen"))
    client.post("/uitloggen")
    client.sign_in(there.coordinator)
    assert "Brieven over de bijstand" in client.get(path(there, "/goedkeuren")).text
    answer = client.post(
        path(there, "/goedkeuren"), data={"decision": "yes", "presence": "days", "interim_on": "2027-01-13"}
    )
    assert answer.status_code == 302
    assert there.placement is not None and there.placement.state is PlacementState.APPROVED


def test_the_checklist_is_settled_and_the_student_starts(client: Client):
    there = stage().begun().arranged().approved().signed()
    assert there.placement is not None
    client.sign_in(there.officer)
    assert "VOG gezien" in client.get(path(there, "/klaarzetten")).text
    for item in there.placement.checklist:
        data = {"status": "not_needed" if item.kind is CheckKind.VOG else "done", "done_on": today().isoformat()}
        client.post(path(there, f"/klaarzetten/{item.id}"), data=data)
    client.post(path(there, "/begin"))
    assert there.placement.state is PlacementState.RUNNING


@pytest.mark.parametrize("day", ["", "gisteren", "2031-01-01"])
def test_a_day_that_cannot_be_leaves_the_item_open(client: Client, day: str):
    there = stage().begun()
    assert there.placement is not None
    item = there.placement.checklist[0]
    client.sign_in(there.officer).post(path(there, f"/klaarzetten/{item.id}"), data={"status": "done", "done_on": day})
    assert item.done_on is None


def test_a_talk_is_planned_and_written_up(client: Client):
    there = stage().running()
    client.sign_in(there.lecturer)
    client.post(path(there, "/gesprekken"), data={"planned_on": today().isoformat(), "about": "Start"})
    assert there.placement is not None
    contact = there.placement.contacts[0]
    client.post(
        path(there, f"/gesprekken/{contact.id}"),
        data={"held_on": today().isoformat(), "text": "Gaat goed", "shared": "no"},
    )
    assert (contact.held_on, [each.shared for each in there.placement.notes]) == (today(), [False])


def test_a_signal_to_school_is_seen_there_and_not_at_the_municipality(client: Client):
    there = stage().running()
    client.sign_in(there.student)
    client.post(path(there, "/signaal"), data={"to_side": "school", "text": "Ik zit alleen aan een tafel."})
    client.post("/uitloggen")
    client.sign_in(there.lecturer)
    assert "meldt dat het niet goed gaat" in client.get(path(there)).text
    client.post("/uitloggen")
    client.sign_in(there.officer)
    assert "meldt dat het niet goed gaat" not in client.get(path(there)).text
    assert "signaal" not in client.get("/plaatsingen/").text.split("<table")[1]
    assert there.placement is not None
    assert client.get(path(there, f"/signaal/{there.placement.signals[0].id}")).status_code == 404


def test_the_answer_to_a_signal_reaches_the_student(client: Client):
    there = stage().running()
    assert there.placement is not None
    signal = actions.raise_signal(there.placement, "Help", to_side=PlacementSide.WORK, by=there.actor(Part.STUDENT))
    client.sign_in(there.colleague)
    client.post(path(there, f"/signaal/{signal.id}"), data={"answer": "Ik kom langs."})
    client.post("/uitloggen")
    assert "Ik kom langs." in client.sign_in(there.student).get(path(there, f"/signaal/{signal.id}")).text


def test_an_evaluation_stays_hidden_until_all_are_there(client: Client, in_the_school_year: time_machine.Coordinates):
    there = stage().running()
    in_the_school_year.shift(timedelta(days=90))
    client.sign_in(there.colleague)
    assert "Welk niveau ziet u?" in client.get(path(there, "/evaluatie/final/geven")).text
    client.post(path(there, "/evaluatie/final/geven"), data={"good": "Noor schrijft helder", "enough": "yes"})
    client.post("/uitloggen")
    client.sign_in(there.student)
    assert "Noor schrijft helder" not in client.get(path(there, "/evaluatie/final")).text
    client.post(path(there, "/evaluatie/final/geven"), data={"good": "Ik leerde veel"})
    client.post("/uitloggen")
    client.sign_in(there.lecturer)
    client.post(path(there, "/evaluatie/final/geven"), data={"good": "Sterk verslag", "enough": "yes"})
    page = client.get(path(there, "/evaluatie/final")).text
    assert all(said in page for said in ("Noor schrijft helder", "Ik leerde veel", "Sterk verslag"))


def test_hours_are_typed_with_a_comma(client: Client):
    there = stage().running()
    assert there.placement is not None
    there.placement.presence = Presence.HOURS
    client.sign_in(there.student).post(
        path(there, "/dagen"), data={"day": today().isoformat(), "hours": "7,5", "what": "Brieven"}
    )
    assert [each.minutes for each in there.placement.days_worked] == [450]


def test_stopping_asks_for_a_reason(client: Client):
    there = stage().running()
    client.sign_in(there.student)
    assert "Kies een reden." in client.post(path(there, "/stoppen"), data={}).text
    client.post(path(there, "/stoppen"), data={"because": "health"})
    assert there.placement is not None and there.placement.state is PlacementState.STOPPED


@pytest.mark.parametrize("rest", ["/gesprekken/999999", "/signaal/999999", "/klaarzetten/999999"])
def test_what_belongs_to_no_placement_of_mine_is_not_there(client: Client, rest: str):
    there = stage().running()
    client.sign_in(there.officer)
    assert client.post(path(there, rest), data={}).status_code == 404


def test_the_desk_keeps_recognitions_and_standard_checks(client: Client):
    there = stage()
    client.sign_in(there.officer)
    client.post(
        "/plaatsingen/gemeente/erkenning",
        data={"crebo": "25960", "company_id": "100123", "valid_until": "2027-08-01"},
    )
    client.post("/plaatsingen/gemeente/punt", data={"title": "Toegangspas"})
    page = client.get("/plaatsingen/gemeente").text
    assert "Crebo 25960" in page and "Toegangspas" in page
    there.begun()
    assert there.placement is not None
    assert [each.title for each in there.placement.checklist if each.title] == ["Toegangspas"]


@pytest.mark.parametrize("crebo, said", [("1", "vijf cijfers"), ("", "Vul het crebo in")])
def test_a_wrong_crebo_has_its_sentence(client: Client, crebo: str, said: str):
    there = stage()
    page = client.sign_in(there.officer).post(
        "/plaatsingen/gemeente/erkenning", data={"crebo": crebo, "company_id": "1", "valid_until": "2027-08-01"}
    )
    assert said in page.text


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_three(client: Client, count_queries: Callable, number: int):
    there = stage().running()
    for _ in range(number - 1):
        actions.open_placement(
            kind=there.match.kind,
            programme=there.programme,
            institution=there.school,
            municipality=there.municipality,
            offer=None,
            title="Nog een stage",
            people=[PlacementPerson(part=Part.STUDENT, name="Iemand", address="i@x.example")],
            by=there.actor(Part.COORDINATOR),
        )
    client.sign_in(there.coordinator)
    db.session.expire_all()
    with count_queries() as queries:
        assert client.get("/plaatsingen/").status_code == 200
    assert queries.number == 9


@pytest.mark.parametrize("query", ["?pagina=0", "?pagina=x", "?stand=../..", "?q=%25", "?opleiding=99999999999999"])
def test_a_strange_address_gives_a_page(client: Client, query: str):
    there = stage().running()
    assert client.sign_in(there.coordinator).get(f"/plaatsingen/{query}").status_code == 200


def test_searching_finds_a_student_and_nothing_else(client: Client):
    there = stage().running()
    client.sign_in(there.coordinator)
    assert "Noor de Vries" in client.get("/plaatsingen/?q=noor+bijstand").text
    assert "Niets gevonden" in client.get("/plaatsingen/?q=%25").text


@pytest.mark.parametrize("name", ["plaatsingen.csv", "evaluaties.csv", "plaatsingen.xlsx", "evaluaties.xlsx"])
def test_what_is_listed_can_be_taken_along(client: Client, name: str):
    there = stage().running()
    answer = client.sign_in(there.coordinator).get(f"/plaatsingen/{name}")
    assert answer.status_code == 200
    if name == "plaatsingen.csv":
        assert "Noor de Vries" in answer.get_data().decode("utf-8-sig")


def test_the_desk_finds_who_stays_in_view_and_the_school_does_not(
    client: Client, in_the_school_year: time_machine.Coordinates
):
    there = stage().running()
    assert there.placement is not None
    until = today() + timedelta(days=30)
    actions.let_follow(there.placement, until, consents=True, by=there.actor(Part.STUDENT))
    assert "Noor de Vries" in client.sign_in(there.officer).get("/plaatsingen/?stand=in-beeld").text
    client.post("/uitloggen")
    assert "In beeld" not in client.sign_in(there.coordinator).get("/plaatsingen/?stand=in-beeld").text


@pytest.mark.parametrize("hours", ["NaN", "Infinity", "1e999", "-1", "acht", "١٢", "9" * 5000])
def test_hours_that_are_no_hours_get_their_sentence(client: Client, hours: str):
    there = stage().running()
    assert there.placement is not None
    there.placement.presence = Presence.HOURS
    page = client.sign_in(there.student).post(
        path(there, "/dagen"), data={"day": today().isoformat(), "hours": hours, "what": ""}
    )
    assert page.status_code == 200 and "Fout" in page.text
    assert there.placement.days_worked == []


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_talk_in_another_age_is_refused(client: Client, day: str):
    there = stage().begun()
    page = client.sign_in(there.lecturer).post(path(there, "/gesprekken"), data={"planned_on": day})
    assert page.status_code == 200
    assert there.placement is not None and there.placement.contacts == []


def test_where_a_signal_waits_stands_on_top(client: Client):
    there = stage().running()
    assert there.placement is not None
    soon = actions.open_placement(
        kind=there.match.kind,
        programme=there.programme,
        institution=there.school,
        municipality=there.municipality,
        offer=None,
        title="Stage die eerder aan de beurt is",
        people=[PlacementPerson(part=Part.STUDENT, name="Iemand Anders", address="i@x.example")],
        by=there.actor(Part.COORDINATOR),
    )
    assert soon.due_at is not None and there.placement.due_at is not None and soon.due_at < there.placement.due_at
    client.sign_in(there.coordinator)
    page = client.get("/plaatsingen/").text
    assert page.index("Iemand Anders") < page.index("Noor de Vries")
    actions.raise_signal(there.placement, "Help", to_side=PlacementSide.SCHOOL, by=there.actor(Part.STUDENT))
    page = client.get("/plaatsingen/").text
    assert page.index("Noor de Vries") < page.index("Iemand Anders")


EVERY_PAGE = (
    "", "/afspraken", "/klaarzetten", "/gesprekken", "/notities", "/berichten", "/signaal", "/stoppen",
    "/evaluatie/interim", "/evaluatie/final", "/mensen/supervisor", "/goedkeuren", "/heropenen", "/dagen", "/daarna",
    "/evaluatie/interim/geven", "/bewijs.pdf",
)  # fmt: skip


@pytest.mark.parametrize("part", ["student", "lecturer", "coordinator", "officer", "colleague"])
def test_no_page_of_any_part_breaks_at_any_moment(client: Client, part: str):
    there = stage().begun(presence=Presence.HOURS)
    moments = (lambda: there, there.arranged, there.approved, there.signed, there.ready)
    client.sign_in(getattr(there, part))
    answers = []
    for moment in moments:
        moment()
        db.session.commit()
        answers += [client.get(path(there, rest)).status_code for rest in EVERY_PAGE]
    assert there.placement is not None
    actions.start(there.placement, by=there.actor(Part.OFFICER))
    there.placement.interim_on = today()
    db.session.commit()
    answers += [client.get(path(there, rest)).status_code for rest in EVERY_PAGE]
    assert set(answers) <= {200, 403, 409}
