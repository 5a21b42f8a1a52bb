"""The pages of committees: who sees what, every form, and how often the database is asked."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from matchmaker.accounts.models import Account
from matchmaker.clock import local, now, pretending, today
from matchmaker.committees import filling, terms
from matchmaker.committees.filling import Person
from matchmaker.committees.import_export.reading import MOST_AT_ONCE
from matchmaker.committees.meeting_models import Advice, Meeting
from matchmaker.committees.models import Committee, Dossier, Seat, Term
from matchmaker.committees.states import SeatState, TermState
from matchmaker.database import db
from matchmaker.delivery import LINK_PATHS
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link
from matchmaker.listings.models import Need
from matchmaker.mail.models import Letter
from matchmaker.vocabulary import Kind, Role, TermEnd
from matchmaker.worker import Worker
from tests.committees.scenes import Scene, scene
from tests.conftest import QueryCount
from tests.factories import people
from tests.factories.client import Client
from tests.factories.letters import letters

DAY = (today() + timedelta(days=20)).isoformat()
MEETING = {"title": "Najaarsoverleg", "day": DAY, "start": "15:00", "minutes": "120", "agenda": "Opening\nAdvies"}


def form_of(here: Scene, **changed: str) -> dict[str, str]:
    given = {
        "name": "Adviesraad Bouw", "kind": "strategic", "faculty": str(here.programme.faculty_id), "programme": "",
        "term_years": "3", "renewals": "1", "meetings_per_year": "2", "owner": "",
    }  # fmt: skip
    return {**given, **changed}


def marit(here: Scene) -> Account:
    """A colleague of a municipality who sits in the committee."""
    utrecht = people.municipality(name="Utrecht")
    person = people.member(
        Role.COLLEAGUE, utrecht, who=people.account(email="marit@utrecht.example", display_name="Marit Verhoef")
    )
    here.member(size=None)
    return person


def test_a_coordinator_makes_a_committee_with_seats_and_sees_what_is_free(client: Client) -> None:
    here = scene()
    client.sign_in(here.coordinator)
    answer = client.post("/commissies/nieuw", data=form_of(here))
    made = db.session.query(Committee).filter_by(name="Adviesraad Bouw").one()
    assert answer.location == f"/commissies/{made.id}"
    assert "Nog geen plekken" in client.get(answer.location).text
    seat = {
        "name": "Iemand van wonen",
        "work_field": "W23",
        "size": "small",
        "level": "mbo4",
        "profile": "Kent de buurt",
    }
    assert client.post(f"/commissies/{made.id}/plek", data=seat).status_code == 302
    page = client.get(f"/commissies/{made.id}").text
    assert "1 van 1 plekken is vrij" in page
    assert "Er ontbreken mensen" in page
    assert "Adviesraad Bouw" in client.get("/commissies/").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Geef de commissie een naam."),
        ({"term_years": "9"}, "Dit getal is te hoog. Het hoogste getal is 8."),
        ({"term_years": "vier"}, "Vul een heel getal in, met alleen cijfers."),
        ({"kind": "content"}, "Kies een opleiding. Deze commissie gaat over de inhoud daarvan."),
        ({"faculty": "999999"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client: Client, changed: dict[str, str], sentence: str) -> None:
    here = scene()
    client.sign_in(here.coordinator)
    page = client.post("/commissies/nieuw", data=form_of(here, **changed)).text
    assert sentence in page or "faculty-fout" in page
    assert "<title>Fout: " in page
    assert db.session.query(Committee).count() == 1


def test_someone_else_who_saved_first_is_shown(client: Client) -> None:
    here = scene()
    client.sign_in(here.coordinator)
    path = f"/commissies/{here.committee.id}/wijzig"
    assert f'name="version" type="hidden" value="{here.committee.version}"' in client.get(path).text
    sent = form_of(here, version="0")
    page = client.post(path, data=sent).text
    assert "Iemand anders heeft dit intussen veranderd." in page
    assert "Dit is intussen bewaard" in page and "Over de inhoud van een opleiding" in page
    assert client.post(path, data={**sent, "version": str(here.committee.version)}).status_code == 302
    assert here.committee.name == "Adviesraad Bouw"


def test_a_lecturer_keeps_the_committees_of_the_own_faculty_and_no_other(client: Client, app: Flask) -> None:
    here = scene()
    other = people.programme(here.school, name="Rechten")
    own = people.member(Role.LECTURER, here.school, faculty_id=here.programme.faculty_id)
    client.sign_in(people.member(Role.LECTURER, here.school, faculty_id=other.faculty_id))
    assert client.get(f"/commissies/{here.committee.id}").status_code == 404
    assert client.get(f"/commissies/{here.committee.id}/wijzig").status_code == 404
    assert Client(app).sign_in(own).get(f"/commissies/{here.committee.id}").status_code == 200


def test_another_school_sees_nothing_of_it(client: Client) -> None:
    here = scene()
    term, meeting = here.member(), here.meeting()
    client.sign_in(people.member(Role.COORDINATOR, people.institution()))
    for path in (
        f"/commissies/{here.committee.id}",
        f"/commissies/plek/{term.seat_id}",
        f"/commissies/lid/{term.id}/stop",
        f"/commissies/vergadering/{meeting.id}",
        f"/commissies/vergadering/{meeting.id}.ics",
        f"/commissies/{here.committee.id}/dossier.pdf",
    ):
        assert client.get(path).status_code == 404, path
    assert client.post(f"/commissies/lid/{term.id}/verleng").status_code == 404
    assert "Nog geen commissies" in client.get("/commissies/").text


def test_a_member_reads_the_committee_and_changes_nothing(client: Client) -> None:
    here = scene()
    client.sign_in(marit(here))
    assert here.committee.name in client.get("/commissies/").text
    page = client.get(f"/commissies/{here.committee.id}").text
    assert "Marit Verhoef" in page
    assert "Vraag iemand" not in page and "Wijzig" not in page and "Dossier" not in page
    assert client.get(f"/commissies/{here.committee.id}/wijzig").status_code == 403


def test_a_member_who_left_no_longer_sees_it(client: Client) -> None:
    here = scene()
    person = marit(here)
    [term] = db.session.query(Term)
    terms.stop(term, because=TermEnd.NO_TIME, by=here.coordinator)
    client.sign_in(person)
    assert client.get(f"/commissies/{here.committee.id}").status_code == 404


def link_in(template: str) -> str:
    """The path of the link in the only letter of this template to someone without an account."""
    [letter] = [each for each in letters(template) if each.link_id]
    link = db.session.get_one(Link, letter.link_id)
    return f"{LINK_PATHS[link.purpose]}{token_of(link)}"


def invited(client: Client, here: Scene) -> Seat:
    seat = here.seat()
    client.sign_in(here.coordinator)
    asked = {
        "name": "Hilde Bos", "email": "hilde@bos.example", "organisation_name": "Bureau Bos", "starts_on": DAY,
        "note": "Denkt u mee?",
    }  # fmt: skip
    assert client.post(f"/commissies/plek/{seat.id}/vraag", data=asked).status_code == 302
    return seat


def test_who_is_asked_says_yes_from_the_letter_without_an_account_and_only_once(client: Client, app: Flask) -> None:
    here = scene()
    seat = invited(client, here)
    path, visitor = link_in("seat_asked"), Client(app)
    assert "Denkt u mee in een commissie?" in visitor.get(path).text
    assert seat.state is SeatState.PROPOSED
    assert "Kies ja of nee." in visitor.post(path, data={}).text
    answer = visitor.post(path, data={"answer": "yes"})
    assert answer.location == "/stoel/antwoord-ontvangen/yes"
    assert "Fijn dat u meedenkt." in visitor.get(answer.location).text
    assert seat.state is SeatState.FILLED
    assert visitor.post(path, data={"answer": "no"}).status_code == 410
    assert visitor.get("/stoel/een-link-die-niet-bestaat").status_code == 410


def test_an_invitation_that_was_taken_back_no_longer_works(client: Client, app: Flask) -> None:
    here = scene()
    seat = invited(client, here)
    path = link_in("seat_asked")
    assert client.post(f"/commissies/lid/{seat.terms[0].id}/trek-in").status_code == 302
    assert Client(app).get(path).status_code == 410
    assert seat.state is SeatState.VACANT


def test_who_sits_there_already_is_written_down_without_a_letter(client: Client) -> None:
    here = scene()
    seat = here.seat()
    client.sign_in(here.coordinator)
    data = {"name": "Hilde Bos", "email": "hilde@bos.example", "starts_on": "2026-09-01", "already": "y"}
    client.post(f"/commissies/plek/{seat.id}/vraag", data=data)
    assert seat.state is SeatState.FILLED
    assert db.session.query(Letter).count() == 0
    assert client.get(f"/commissies/plek/{seat.id}/vraag").status_code == 409


def test_a_vacant_seat_becomes_a_draft_in_the_wizard_in_one_press(client: Client) -> None:
    here = scene()
    seat = here.seat(profile="Kent de waterkering van de stad.")
    client.sign_in(here.coordinator)
    answer = client.post(f"/commissies/plek/{seat.id}/plaats")
    [need] = db.session.query(Need)
    assert (need.kind, answer.location) == (Kind.SEAT, f"/school/vragen/{need.reference}/wat")
    assert "Wie denkt mee in Werkveldcommissie Civiele Techniek?" in client.get(answer.location).text
    assert client.post(f"/commissies/plek/{seat.id}/plaats").location == answer.location
    assert db.session.query(Need).count() == 1


def test_a_term_is_renewed_once_and_stopped_with_a_reason(client: Client) -> None:
    here = scene()
    term = here.member()
    client.sign_in(here.coordinator)
    assert client.post(f"/commissies/lid/{term.id}/verleng").status_code == 302
    assert client.post(f"/commissies/lid/{term.id}/verleng").status_code == 409
    assert "Kies een reden." in client.post(f"/commissies/lid/{term.id}/stop", data={}).text
    assert client.post(f"/commissies/lid/{term.id}/stop", data={"because": "other_work"}).status_code == 302
    assert (term.state, term.renewed) == (TermState.ENDED, 1)
    assert client.get(f"/commissies/lid/{term.id}/stop").status_code == 409


def test_a_meeting_is_planned_changed_answered_and_cancelled(client: Client, app: Flask) -> None:
    here = scene()
    here.member()
    client.sign_in(here.coordinator)
    answer = client.post(f"/commissies/{here.committee.id}/vergadering", data=MEETING)
    [meeting] = db.session.query(Meeting)
    page = client.get(answer.location).text
    assert "1. Opening" in page and "Marit Verhoef" in page
    visitor, path = Client(app), link_in("meeting_invited")
    assert "Bent u erbij?" in visitor.get(path).text
    assert "Marit" not in visitor.get(path).text.partition("<main")[2]
    assert visitor.post(path, data={"coming": "yes"}).status_code == 302
    assert "U zei dat u komt" in visitor.get(path).text
    assert client.post(f"/commissies/vergadering/{meeting.id}/antwoord", data={"coming": "no"}).status_code == 302
    moved = {**MEETING, "start": "16:00", "version": str(meeting.version)}
    assert client.post(f"/commissies/vergadering/{meeting.id}/wijzig", data=moved).status_code == 302
    assert (meeting.sequence, local(meeting.starts_at).hour) == (1, 16)
    assert client.get(f"/commissies/vergadering/{meeting.id}.ics").mimetype == "text/calendar"
    cancelled = client.post(f"/commissies/vergadering/{meeting.id}/zeg-af", data={"because": "De zaal is weg."})
    assert "Deze vergadering gaat niet door. De zaal is weg." in client.get(cancelled.location).text
    assert client.get(f"/commissies/vergadering/{meeting.id}/wijzig").status_code == 409


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"day": "2020-01-01"}, "Deze datum is al geweest."),
        ({"day": "31-31-2027"}, "Deze datum bestaat niet."),
        ({"minutes": "5"}, "Kies een duur van 15 tot 480 minuten."),
        ({"title": ""}, "Geef de vergadering een titel."),
        ({"online_url": "javascript:alert(1)"}, "Dit is geen webadres."),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_at_its_field(
    client: Client, changed: dict[str, str], sentence: str
) -> None:
    here = scene()
    client.sign_in(here.coordinator)
    page = client.post(f"/commissies/{here.committee.id}/vergadering", data={**MEETING, **changed}).text
    assert sentence in page
    assert db.session.query(Meeting).count() == 0


def test_afterwards_is_noted_who_was_there(client: Client) -> None:
    here = scene()
    here.member()
    meeting = here.meeting()
    client.sign_in(here.coordinator)
    path = f"/commissies/vergadering/{meeting.id}/geweest"
    data = {"present": [str(meeting.people[0].id)], "minutes": "Goed gesprek."}
    assert "Dit moment moet nog komen." in client.post(path, data=data).text
    with pretending(now() + timedelta(days=21)):
        client.sign_in(here.coordinator)
        assert client.post(path, data=data).status_code == 302
        page = client.get(f"/commissies/vergadering/{meeting.id}").text
    assert "Goed gesprek." in page and "was er niet" in page


def test_a_meeting_stands_in_the_calendar_page_and_the_feed(client: Client) -> None:
    here = scene()
    person, meeting = marit(here), here.meeting()
    client.sign_in(person)
    month = f"{local(meeting.starts_at):%Y-%m}"
    assert f"/commissies/vergadering/{meeting.id}" in client.get(f"/samen/agenda?maand={month}").text
    assert "Naar uw volgende afspraak" in client.get("/samen/agenda?maand=2030-01").text
    client.post("/samen/agenda/abonnement")
    page = client.get("/samen/agenda").text
    path = page.partition('value="http://localhost:5000')[2].partition('"')[0]
    assert meeting.uid in client.get(path).text


def test_a_meeting_stands_in_the_calendar_of_everyone_who_keeps_the_committee(client: Client, app: Flask) -> None:
    here = scene()
    meeting = here.meeting()
    path = f"/samen/agenda?maand={local(meeting.starts_at):%Y-%m}&van=allen"
    colleague = people.member(Role.COORDINATOR, here.school)
    assert f"/commissies/vergadering/{meeting.id}" in client.sign_in(colleague).get(path).text
    stranger = Client(app).sign_in(people.member(Role.COLLEAGUE, people.municipality()))
    assert f"/commissies/vergadering/{meeting.id}" not in stranger.get(path).text


def test_advice_is_written_down_answered_and_closed(client: Client) -> None:
    here = scene()
    client.sign_in(here.coordinator)
    path = f"/commissies/{here.committee.id}"
    given = {"title": "Meer veldwerk", "text": "Studenten zien te weinig buiten.", "given_on": today().isoformat()}
    assert "Deze datum moet nog komen." in client.post(f"{path}/advies", data={**given, "given_on": DAY}).text
    assert client.post(f"{path}/advies", data=given).status_code == 302
    [advice] = db.session.query(Advice)
    assert client.get(f"/commissies/advies/{advice.id}/rond-af").status_code == 409
    said = {"answer": "adopted", "text": "Dat doen wij."}
    assert client.post(f"/commissies/advies/{advice.id}/antwoord", data=said).status_code == 302
    assert client.post(f"/commissies/advies/{advice.id}/rond-af", data={"follow_up": "Gedaan."}).status_code == 302
    page = client.get(path).text
    assert "De school neemt het over." in page and "Gedaan." in page and "afgerond" in page


def test_a_late_answer_is_said_in_the_list(client: Client) -> None:
    here = scene()
    client.sign_in(here.coordinator)
    day = (today() - timedelta(days=5)).isoformat()
    given = {"title": "Meer veldwerk", "text": "Buiten leren.", "given_on": day, "answer_before": day}
    client.post(f"/commissies/{here.committee.id}/advies", data=given)
    assert "te laat: antwoord moest voor" in client.get(f"/commissies/{here.committee.id}").text


def test_a_dossier_is_downloaded_and_sealed_for_any_period(client: Client) -> None:
    here = scene()
    here.member()
    client.sign_in(here.coordinator)
    path = f"/commissies/{here.committee.id}/dossier"
    period = {"first_day": "2026-01-01", "last_day": DAY}
    assert "Dit staat erin" in client.get(path, query_string=period).text
    wrong = client.get(path, query_string={"first_day": DAY, "last_day": "2026-01-01"}).text
    assert "Het einde ligt voor het begin." in wrong
    assert "Het einde ligt voor het begin." in client.get(f"{path}.pdf?first_day={DAY}&last_day=2026-01-01").text
    assert client.get(f"{path}.pdf", query_string=period).data.startswith(b"%PDF-")
    assert client.get(f"{path}.xlsx", query_string=period).data.startswith(b"PK")
    assert client.post(f"{path}/verzegel", data=period).status_code == 302
    [dossier] = db.session.query(Dossier)
    assert client.get(f"/commissies/dossier/{dossier.id}.pdf").data.startswith(b"%PDF-")
    assert dossier.pdf.sha256[:16] in client.get(path).text
    assert "Vul" in client.post(f"{path}/verzegel", data={}).text or db.session.query(Dossier).count() == 1


def test_a_file_is_looked_at_first_and_then_read_in(client: Client) -> None:
    here = scene()
    client.sign_in(here.coordinator)
    name = here.programme.faculty.name
    good = f"commissie;faculteit;plek\nRaad;{name};Jurist\n".encode()
    bad = f"commissie;faculteit;plek;werkveld\nRaad;{name};Jurist;W99\n".encode()
    assert "Kies eerst een bestand." in client.post("/commissies/inlezen", data={}).text
    picture = {"file": (io.BytesIO(b"\x89PNG" + b"0" * 50), "leden.csv")}
    assert "Dit is geen CSV en geen Excel." in client.post("/commissies/inlezen", data=picture).text
    at = client.post("/commissies/inlezen", data={"file": (io.BytesIO(bad), "leden.csv")}).location
    page = client.get(at).text
    assert "1 rij klopt nog niet" in page and "W99" in page
    assert client.post(at, data={}).status_code == 200
    assert db.session.query(Committee).count() == 1
    at = client.post("/commissies/inlezen", data={"file": (io.BytesIO(good), "leden.csv")}).location
    assert "Lees 1 rij in" in client.get(at).text
    assert client.post(at, data={}).location == "/commissies/"
    assert db.session.query(Committee).filter_by(name="Raad").count() == 1
    assert client.get(at).status_code == 404
    assert "Raad" in client.get("/commissies/uitvoer.csv").text
    assert client.get("/commissies/uitvoer.xlsx").data.startswith(b"PK")
    assert client.get("/commissies/voorbeeld.xlsx").data.startswith(b"PK")
    assert "Werkveldcommissie Voorbeeld" in client.get("/commissies/voorbeeld.csv").text


def test_more_rows_than_one_can_wait_for_are_read_in_by_the_worker(client: Client) -> None:
    here = scene()
    client.sign_in(here.coordinator)
    name = here.programme.faculty.name
    lines = [f"Raad {number // 20};{name};Plek {number % 20}" for number in range(MOST_AT_ONCE + 1)]
    content = "\n".join(["commissie;faculteit;plek", *lines, ""]).encode()
    at = client.post("/commissies/inlezen", data={"file": (io.BytesIO(content), "leden.csv")}).location
    page = client.post(at, data={}).location
    assert page.startswith("/commissies/inlezen/bezig/")
    assert db.session.query(Committee).count() == 1
    assert "Wij lezen uw bestand in" in client.get(page).text
    assert client.get(f"{page}/stand").json["part"] == 0
    assert Worker().do_all_due()
    assert f"{MOST_AT_ONCE + 1} rijen zijn ingelezen" in client.get(page).text
    assert client.get(f"{page}/stand").json == {
        "text": f"Klaar. {MOST_AT_ONCE + 1} ingelezen.", "part": 100, "done_url": page,
    }  # fmt: skip
    assert db.session.query(Seat).filter(Seat.name.startswith("Plek")).count() == MOST_AT_ONCE + 1
    client.post("/uitloggen")
    client.sign_in(scene().coordinator)
    assert client.get(page).status_code == 404
    assert client.get(f"{page}/stand").status_code == 404


def test_every_wrong_cell_is_a_line_in_the_file_of_mistakes(client: Client) -> None:
    here = scene()
    client.sign_in(here.coordinator)
    name = here.programme.faculty.name
    lines = [f"Raad;{name};Plek {number};W99" for number in range(120)]
    content = "\n".join(["commissie;faculteit;plek;werkveld", *lines, ""]).encode()
    at = client.post("/commissies/inlezen", data={"file": (io.BytesIO(content), "leden.csv")}).location
    assert f'href="{at}/fouten.xlsx"' in client.get(at).text
    told = client.get(f"{at}/fouten.csv").text
    assert told.count("W99") == len(lines)
    assert client.get(f"{at}/fouten.xlsx").data.startswith(b"PK")
    client.post("/uitloggen")
    client.sign_in(scene().coordinator)
    assert client.get(f"{at}/fouten.csv").status_code == 404


@pytest.mark.parametrize("role", [Role.OFFICER, Role.REGION_COORDINATOR, Role.HR_PLANNER, Role.BOARD])
def test_committees_stand_in_the_menu_of_who_sits_in_one(client: Client, role: Role) -> None:
    here, utrecht = scene(), people.municipality(name="Utrecht")
    sitting = people.member(role, utrecht, who=people.account(email="marit@utrecht.example"))
    other = people.member(role, utrecht)
    here.member(size=None)
    assert 'href="/commissies/"' in client.sign_in(sitting).get("/start", follow_redirects=True).text
    assert client.get("/commissies/").status_code == 200
    client.post("/uitloggen")
    assert 'href="/commissies/"' not in client.sign_in(other).get("/start", follow_redirects=True).text


def test_stopping_ends_everything_and_the_page_says_so(client: Client) -> None:
    here = scene()
    here.member()
    client.sign_in(here.coordinator)
    assert client.post(f"/commissies/{here.committee.id}/stop").status_code == 302
    page = client.get(f"/commissies/{here.committee.id}").text
    assert "Deze commissie is gestopt." in page
    assert client.post(f"/commissies/{here.committee.id}/vergadering", data=MEETING).status_code == 409


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_as_often_for_three_as_for_one(
    client: Client, count_queries: Callable[[], QueryCount], rows: int
) -> None:
    first = scene()
    for number in range(rows):
        here = first if number == 0 else Scene(first.school, first.programme, first.coordinator, copied(first, number))
        here.member()
        here.meeting()
    client.sign_in(first.coordinator)
    db.session.expire_all()
    with count_queries() as queries:
        page = client.get("/commissies/").text
    assert page.count("Werkveldcommissie Civiele Techniek") >= rows
    assert queries.number == LIST_QUERIES


@pytest.mark.parametrize("rows", [1, 3])
def test_a_committee_asks_the_database_as_often_for_three_seats_as_for_one(
    client: Client, count_queries: Callable[[], QueryCount], rows: int
) -> None:
    here = scene()
    for number in range(rows):
        here.member(f"Lid{number} Test")
        here.meeting(20 + number)
        person = Person(f"N{number}", f"n{number}@x.example")
        filling.invite(here.seat(f"Vrij {number}"), person, starts_on=today(), by=here.coordinator)
    client.sign_in(here.coordinator)
    db.session.expire_all()
    with count_queries() as queries:
        assert client.get(f"/commissies/{here.committee.id}").status_code == 200
    assert queries.number == PAGE_QUERIES


LIST_QUERIES, PAGE_QUERIES = 6, 10


def copied(here: Scene, number: int) -> Committee:
    again = Committee(
        organisation=here.school,
        faculty=here.programme.faculty,
        programme=here.programme,
        owner=here.coordinator,
        name=f"{here.committee.name} {number}",
        kind=here.committee.kind,
        purpose="",
        term_years=4,
        renewals=1,
        meetings_per_year=2,
    )
    db.session.add(again)
    db.session.flush()
    return again
