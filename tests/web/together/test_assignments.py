"""A group assignment in the browser of both sides."""

import io
from collections.abc import Callable

import pytest
import time_machine
from icalendar import Calendar

from matchmaker.assignments import plan
from matchmaker.assignments.queries import assignment_of
from matchmaker.assignments.states import AssignmentState
from matchmaker.clock import local
from matchmaker.database import db
from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind
from tests.assignments.scenes import begun, planned, running
from tests.factories.client import Client
from tests.factories.dates import meeting
from tests.factories.documents import PDF
from tests.web.together.test_calendar import subscribe

PRESENTATION = {"day": "2027-02-09", "hour": "13:30", "minutes": "90", "place": "Raadzaal"}


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel("2026-11-24 10:00:00+01:00"):
        yield


def test_the_school_plans_the_groups_work_and_the_municipality_decides(client: Client):
    there = meeting(Kind.GROUP, State.AGREED)
    base = f"/samen/{there.match.id}/opdracht"
    client.sign_in(there.lecturer)
    assert "Begin met het plan" in client.get(f"/samen/{there.match.id}").text
    assert "Maak het plan" in client.post(base, follow_redirects=True).text
    client.post(f"{base}/groep", data={"name": "Groep 1", "students": "5", "topic": "Oevers"})
    client.post(f"{base}/mijlpaal", data={"title": "Tussenstand", "day": "2027-01-12"})
    assert (
        "dinsdag 9 februari 2027, 13.30 tot 15.00 uur"
        in client.post(f"{base}/presentatie", data=PRESENTATION, follow_redirects=True).text
    )
    assert "Groepen werken eraan" in client.post(f"{base}/start", follow_redirects=True).text
    client.post(f"{base}/resultaat", data={"result": "Meet vaker.", "result_url": "https://example.org/werk"})
    client.post("/uitloggen")
    client.sign_in(there.officer)
    assert "Het resultaat is er" in client.get(base).text
    page = client.post(
        f"{base}/besluit", data={"decision": "adopted", "note": "Wij gaan meten."}, follow_redirects=True
    ).text
    assert "Wij voeren het uit" in page
    assert there.match.state is State.DONE


@pytest.mark.parametrize(
    ("path", "data", "words"),
    [
        ("groep", {"name": "", "students": "3"}, "Geef de groep een naam."),
        ("groep", {"name": "A", "students": "nul"}, "met alleen cijfers"),
        ("groep", {"name": "A", "students": "0"}, "Het laagste getal is 1"),
        ("groep", {"name": "Groep 1", "students": "4"}, "Dit bestaat al"),
        ("groep", {"name": "A\x00", "students": "4"}, "tekens die wij niet kunnen bewaren"),
        ("mijlpaal", {"title": "X", "day": "2026-11-01"}, "Deze datum is al geweest"),
        ("mijlpaal", {"title": "X", "day": "2026-02-30"}, "Deze datum bestaat niet"),
        ("presentatie", {**PRESENTATION, "hour": "25:00"}, "Deze tijd bestaat niet"),
        ("presentatie", {**PRESENTATION, "day": "2040-01-01"}, "meer dan twee jaar vooruit"),
        ("presentatie", {**PRESENTATION, "day": "2027-03-28", "hour": "02:30"}, "gaat de klok een uur vooruit"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client: Client, path: str, data: dict[str, str], words: str):
    there = planned()
    answer = client.sign_in(there.lecturer).post(f"/samen/{there.match.id}/opdracht/{path}", data=data)
    assert answer.status_code == 200
    assert words in answer.text


def test_a_result_is_no_script_and_a_bad_address_is_refused(client: Client):
    there = running()
    base = f"/samen/{there.match.id}/opdracht"
    client.sign_in(there.lecturer)
    wrong = client.post(f"{base}/resultaat", data={"result": "Tekst", "result_url": "javascript:alert(1)"})
    assert "Dit is geen webadres" in wrong.text
    assert "Tekst" in wrong.text
    client.post(f"{base}/resultaat", data={"result": "<script>alert(1)</script>", "result_url": ""})
    assert "<script>alert(1)" not in client.get(base).text


def test_a_result_handed_in_again_is_read_before_it_is_decided_on(client: Client):
    there = running()
    base = f"/samen/{there.match.id}/opdracht"
    client.sign_in(there.lecturer).post(f"{base}/resultaat", data={"result": "Eerste", "result_url": ""})
    seen = str(there.work.version)
    client.post(f"{base}/resultaat", data={"result": "Tweede", "result_url": "", "version": seen})
    client.post("/uitloggen")
    client.sign_in(there.officer)
    late = {"decision": "adopted", "note": "Ja", "version": seen}
    assert "Iemand anders heeft dit intussen veranderd" in client.post(f"{base}/besluit", data=late).text
    assert there.work.state is AssignmentState.PRESENTED


def test_the_side_that_may_not_is_refused_and_a_stranger_sees_nothing(client: Client):
    there, other = planned(), planned()
    base = f"/samen/{there.match.id}/opdracht"
    client.sign_in(there.officer)
    assert client.get(f"{base}/groep").status_code == 403
    assert client.get(base).status_code == 200
    client.post("/uitloggen")
    client.sign_in(other.lecturer)
    for path in ("", "/groep", "/stoppen", f"/groep/{there.work.groups[0].id}"):
        assert client.get(base + path).status_code == 404
    own = f"/samen/{other.match.id}/opdracht/groep/{there.work.groups[0].id}"
    assert client.get(own).status_code == 404
    assert client.post(f"{own}/weg").status_code == 404


def test_withdrawing_the_match_goes_by_the_assignment(client: Client):
    there = running()
    client.sign_in(there.lecturer)
    answer = client.post(f"/samen/{there.match.id}/stoppen", data={"note": "Toch niet"})
    assert answer.headers["Location"].endswith(f"/samen/{there.match.id}/opdracht/stoppen")
    assert there.match.state is State.AGREED
    client.post(answer.headers["Location"], data={"reason": "other", "note": "De opleiding stopt."})
    assert (there.work.state, there.match.state) == (AssignmentState.STOPPED, State.WITHDRAWN)


def test_a_double_click_makes_one_group(client: Client):
    there = begun()
    client.sign_in(there.lecturer)
    form = {"name": "Groep 1", "students": "5", "submission_key": "b" * 32}
    answers = [client.post(f"/samen/{there.match.id}/opdracht/groep", data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    work = assignment_of(there.match)
    assert work is not None and [group.name for group in work.groups] == ["Groep 1"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_one_group_as_for_three(client: Client, count_queries: Callable, number: int):
    there = planned()
    for extra in range(1, number):
        plan.put_group(there.work, None, name=f"Extra {extra}", students=2, topic="", by=there.lecturer)
    client.sign_in(there.lecturer)
    db.session.expire_all()
    with count_queries() as queries:
        assert client.get(f"/samen/{there.match.id}/opdracht").status_code == 200
    assert queries.number == 9, queries.statements


def test_files_with_the_result_are_for_both_sides_only_and_can_go_again(client: Client):
    there, other = running(), running()
    base = f"/samen/{there.match.id}/opdracht"
    client.sign_in(there.lecturer)
    said = {"result": "Advies", "result_url": "", "version": str(there.work.version)}
    wrong = {**said, "files": [(io.BytesIO(b"MZ"), "x.exe")]}
    assert client.post(f"{base}/resultaat", data=wrong, content_type="multipart/form-data").status_code == 200
    assert there.work.state is AssignmentState.RUNNING
    data = {**said, "files": [(io.BytesIO(PDF), "advies.pdf")]}
    client.post(f"{base}/resultaat", data=data, content_type="multipart/form-data")
    address = f"{base}/bestand/{there.work.files[0].id}"
    client.post("/uitloggen")
    client.sign_in(there.officer)
    assert address in client.get(base).text
    assert address in client.get(f"{base}/besluit").text
    answer = client.get(address)
    assert (answer.data, answer.headers["Content-Disposition"]) == (PDF, "attachment; filename=advies.pdf")
    client.post("/uitloggen")
    client.sign_in(other.lecturer)
    assert client.get(address).status_code == 404
    assert client.get(f"/samen/{other.match.id}/opdracht/bestand/{there.work.files[0].id}").status_code == 404
    client.post("/uitloggen")
    client.sign_in(there.lecturer)
    again = {"result": "Advies", "result_url": "", "drop": str(there.work.files[0].id)}
    client.post(f"{base}/resultaat", data={**again, "version": str(there.work.version)})
    assert client.get(address).status_code == 404


def test_the_presentation_is_in_the_month_the_feed_and_a_file(client: Client):
    there, other = planned(), planned()
    client.sign_in(there.lecturer)
    month = f"{local(there.work.presentation_at):%Y-%m}"
    for whose in ("", "&van=allen"):
        page = client.get(f"/samen/agenda?maand={month}{whose}").text
        assert page.count("Presentatie: ") == 1
        assert f'href="/samen/{there.match.id}/opdracht"' in page
    assert f"maand={month}" in client.get("/samen/agenda?maand=2026-10").text
    address = subscribe(client)
    feed = Calendar.from_ical(client.get(address).data)
    [event] = [each for each in feed.walk("VEVENT") if str(each["uid"]).startswith("presentation-")]
    assert str(event["url"]).endswith(f"/samen/{there.match.id}/opdracht")
    answer = client.get(f"/samen/{there.match.id}/opdracht/presentatie.ics")
    assert answer.mimetype == "text/calendar"
    assert [str(each["uid"]) for each in Calendar.from_ical(answer.data).walk("VEVENT")] == [str(event["uid"])]
    assert client.get(f"/samen/{other.match.id}/opdracht/presentatie.ics").status_code == 404
