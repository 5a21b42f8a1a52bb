"""Agreements on their pages: who sees which, signing alone and together, making many, and the template."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from matchmaker.agreements.amending import draft_amendment
from matchmaker.agreements.drawing_up import draw_up
from matchmaker.agreements.models import Agreement, AgreementTemplate
from matchmaker.agreements.queries import PAGE_SIZE
from matchmaker.agreements.signing import withdraw
from matchmaker.agreements.states import AgreementState
from matchmaker.agreements.templates import published_template
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.files.actions import read
from matchmaker.jobs.models import Job
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link, Purpose
from matchmaker.placements.arranging import Goal
from matchmaker.placements.parts import Part
from matchmaker.placements.states import PlacementState
from matchmaker.scheduled import HANDLERS
from matchmaker.vocabulary import Role, Sector
from tests.agreements import scenes
from tests.agreements.scenes import World
from tests.conftest import QueryCount
from tests.documents.accessible import assert_accessible
from tests.factories import people
from tests.factories.client import Client

LIST = "/overeenkomsten/"


def signing_path(part: Part, agreement: Agreement) -> str:
    """The address in the letter to who signs in this part."""
    line = agreement.signatory(part)
    link = db.session.query(Link).filter_by(purpose=Purpose.SIGN_AGREEMENT, subject_id=line.id).one()
    return f"/tekenen/{token_of(link)}"


def test_a_student_without_an_account_signs_by_the_link_and_reads_it_again(app: Flask, client: Client) -> None:
    agreement = scenes.to_sign(World())
    path = signing_path(Part.STUDENT, agreement)
    page = client.get(path).text
    assert "eenvoudige elektronische handtekening" in page
    assert agreement.document_hash in page
    given = {"name": "Sanne de Vries", "agreed": "y", "shown": agreement.document_hash}
    assert client.post(path, data=given).location == path
    assert agreement.signatory(Part.STUDENT).signed_name == "Sanne de Vries"
    assert agreement.signatory(Part.STUDENT).origin == "127.0.0.1"
    after = client.get(path).text
    assert "Getekend op" in after
    assert "Ik heb het document gelezen" not in after
    assert client.get(f"{path}/document.pdf").data == read(agreement.document)


def test_opening_the_link_signs_nothing(app: Flask, client: Client) -> None:
    agreement = scenes.to_sign(World())
    client.get(signing_path(Part.STUDENT, agreement))
    assert [each.signed_at for each in agreement.signatories] == [None] * 3


def test_signing_twice_by_link_is_answered_and_keeps_the_first(app: Flask, client: Client) -> None:
    agreement = scenes.to_sign(World())
    path, given = signing_path(Part.STUDENT, agreement), {"agreed": "y", "shown": agreement.document_hash}
    client.post(path, data={**given, "name": "Sanne"})
    again = client.post(path, data={**given, "name": "Iemand"})
    assert again.status_code == 200
    assert "Twee keer tekenen kan niet" in again.text
    assert agreement.signatory(Part.STUDENT).signed_name == "Sanne"


def test_without_a_name_or_a_tick_the_errors_stand_beside_the_fields(app: Flask, client: Client) -> None:
    agreement = scenes.to_sign(World())
    answer = client.post(signing_path(Part.STUDENT, agreement), data={"shown": agreement.document_hash, "name": ""})
    assert "Typ uw naam." in answer.text
    assert "Zet een vinkje als u akkoord gaat." in answer.text
    assert agreement.signatory(Part.STUDENT).signed_at is None


def test_a_text_that_was_taken_back_says_so_on_the_link(app: Flask, client: Client) -> None:
    world = World()
    agreement = scenes.to_sign(world)
    path = signing_path(Part.STUDENT, agreement)
    withdraw(agreement, note="De dagen kloppen niet.", by=world.as_school)
    page = client.get(path).text
    assert "De dagen kloppen niet." in page
    given = {"name": "Sanne", "agreed": "y", "shown": agreement.document_hash}
    assert "U kunt haar niet meer tekenen." in client.post(path, data=given).text
    assert agreement.signatory(Part.STUDENT).signed_at is None


@pytest.mark.parametrize("token", ["x", "x" * 43, "%C3%A9"])
def test_a_link_that_nobody_made_is_answered(app: Flask, client: Client, token: str) -> None:
    assert client.get(f"/tekenen/{token}").status_code in {404, 410}


def test_an_expired_link_says_so(app: Flask, client: Client) -> None:
    agreement = scenes.to_sign(World())
    path = signing_path(Part.STUDENT, agreement)
    db.session.query(Link).filter_by(purpose=Purpose.SIGN_AGREEMENT).one().expires_at = now() - timedelta(days=1)
    db.session.flush()
    answer = client.get(path)
    assert answer.status_code == 410
    assert "verlopen" in answer.text


def test_a_student_with_an_account_signs_signed_in(app: Flask, client: Client) -> None:
    world = World()
    student = people.member(Role.STUDENT, world.school)
    agreement = scenes.to_sign(world, student=student)
    browser = client.sign_in(student)
    assert "1 overeenkomst wacht op uw handtekening" in browser.get(LIST).text
    given = {"name": student.display_name, "agreed": "y", "shown": agreement.document_hash}
    assert browser.post(f"{LIST}{agreement.id}/teken", data=given).status_code == 302
    assert agreement.signatory(Part.STUDENT).account_id == student.id


@pytest.mark.parametrize("page", ["", "/document.pdf", "/trek-in"])
def test_an_agreement_of_others_does_not_exist(app: Flask, client: Client, page: str) -> None:
    agreement, other = scenes.to_sign(World()), World()
    for account in (other.coordinator, other.officer):
        assert client.sign_in(account).get(f"{LIST}{agreement.id}{page}").status_code == 404
        client.post("/uitloggen")


def test_an_officer_signs_for_the_municipality_and_not_for_the_school(app: Flask, client: Client) -> None:
    world = World()
    agreement = scenes.to_sign(world)
    given = {"name": "Piet", "agreed": "y", "shown": agreement.document_hash}
    client.sign_in(world.officer).post(f"{LIST}{agreement.id}/teken", data=given)
    assert agreement.signatory(Part.OFFICER).signed_name == "Piet"
    assert agreement.signatory(Part.COORDINATOR).signed_at is None


def test_a_lecturer_in_the_placement_reads_and_does_not_sign(app: Flask, client: Client) -> None:
    agreement = scenes.to_sign(World())
    lecturer = agreement.placement.person(Part.SCHOOL_SUPERVISOR).account
    browser = client.sign_in(lecturer)
    assert "Lees en teken" not in browser.get(f"{LIST}{agreement.id}").text
    answer = browser.post(f"{LIST}{agreement.id}/teken", data={"name": "X", "agreed": "y"})
    assert answer.status_code == 404


def test_many_are_signed_with_one_name(app: Flask, client: Client) -> None:
    world = World()
    made = [scenes.to_sign(world, name=f"Student {n}") for n in range(3)]
    browser = client.sign_in(world.coordinator)
    page = browser.get(LIST).text
    assert "3 overeenkomsten wachten op uw handtekening" in page
    assert all(f'href="{LIST}{each.id}/document.pdf"' in page for each in made)
    lines = [each.signatory(Part.COORDINATOR) for each in made]
    given = {"lijn": [str(each.id) for each in lines[:2]], "name": "Jan", "agreed": "y"}
    hashes = {f"hash-{each.id}": each.agreement.document_hash for each in lines}
    assert browser.post(f"{LIST}teken-samen", data={**given, **hashes}).status_code == 302
    assert [each.signed_name for each in lines] == ["Jan", "Jan", ""]


def test_signing_together_needs_a_choice_a_name_and_a_yes(app: Flask, client: Client) -> None:
    world = World()
    agreement = scenes.to_sign(world)
    browser = client.sign_in(world.coordinator)
    assert (
        "Kies eerst een of meer overeenkomsten"
        in browser.post(f"{LIST}teken-samen", data={"name": "Jan", "agreed": "y"}).text
    )
    line = agreement.signatory(Part.COORDINATOR)
    answer = browser.post(f"{LIST}teken-samen", data={"lijn": str(line.id), "name": ""})
    assert "Typ uw naam." in answer.text
    assert line.signed_at is None


def test_lines_of_another_school_are_not_signed_together(app: Flask, client: Client) -> None:
    theirs, mine = scenes.to_sign(World()), World()
    line = theirs.signatory(Part.COORDINATOR)
    given = {"lijn": str(line.id), "name": "Jan", "agreed": "y", f"hash-{line.id}": theirs.document_hash}
    client.sign_in(mine.coordinator).post(f"{LIST}teken-samen", data=given)
    assert line.signed_at is None


def test_the_school_makes_a_list_of_agreements_and_sees_how_far_it_is(app: Flask, client: Client) -> None:
    world = World()
    placements = [scenes.approved(world) for _ in range(2)]
    browser = client.sign_in(world.coordinator)
    assert "Groen in de wijk" in browser.get(f"{LIST}?stand=maken").text
    answer = browser.post(f"{LIST}maak", data={"plek": [str(each.id) for each in placements]})
    job = db.session.query(Job).filter_by(task="make_agreements").one()
    assert answer.location == f"{LIST}maken/{job.id}"
    assert "Het maken begint zo." in browser.get(answer.location).text
    HANDLERS[job.task](job)
    assert browser.get(f"{answer.location}/stand.json").json["text"] == "2 van 2 documenten gemaakt"
    assert {each.state for each in placements} == {PlacementState.SIGNING}


def test_what_cannot_be_made_says_why_and_the_others_are_made(app: Flask, client: Client) -> None:
    world = World(Sector.MBO)
    good, bad = scenes.approved(world), scenes.approved(world)
    bad.crebo = "11111"
    db.session.flush()
    browser = client.sign_in(world.coordinator)
    page = browser.post(f"{LIST}maak", data={"alles": "1"}, follow_redirects=True).text
    assert "geen erkend leerbedrijf voor crebo 11111" in page
    job = db.session.query(Job).filter_by(task="make_agreements").one()
    HANDLERS[job.task](job)
    assert (good.state, bad.state) == (PlacementState.SIGNING, PlacementState.APPROVED)


def test_a_coordinator_looks_at_the_agreement_before_it_is_made(app: Flask, client: Client) -> None:
    world = World()
    placement = scenes.approved(world)
    browser = client.sign_in(world.coordinator)
    assert "Maak en verstuur" in browser.get(f"{LIST}stage/{placement.id}").text
    answer = browser.get(f"{LIST}stage/{placement.id}/voorbeeld.pdf")
    assert "Dit is een voorbeeld." in assert_accessible(answer.data, title="Stageovereenkomst").root.whole_text()


def test_taking_back_asks_for_a_reason(app: Flask, client: Client) -> None:
    world = World()
    agreement = scenes.to_sign(world)
    browser, path = client.sign_in(world.officer), f"{LIST}{agreement.id}/trek-in"
    assert "Schrijf waarom." in browser.post(path, data={"note": ""}).text
    assert browser.post(path, data={"note": "De begeleider is weg."}).status_code == 302
    assert (agreement.state, agreement.placement.state) == (AgreementState.WITHDRAWN, PlacementState.APPROVED)


def test_a_school_writes_and_publishes_its_own_articles(app: Flask, client: Client) -> None:
    world = World()
    browser, path = client.sign_in(world.coordinator), f"{LIST}sjabloon"
    assert "Geheimhouding" in browser.get(path).text
    wrong = browser.post(path, data={"title_1": "Reiskosten", "text_1": ""})
    assert "Schrijf wat er in dit artikel staat" in wrong.text
    given = {"preamble": "Welkom.", "title_1": "Reiskosten", "text_1": "De gemeente betaalt de reis."}
    assert browser.post(path, data=given).status_code == 302
    shown = browser.get(f"{path}/voorbeeld.pdf").data
    assert "De gemeente betaalt de reis." in assert_accessible(shown, title="Stageovereenkomst").root.whole_text()
    assert published_template(world.school.id) is None
    browser.post(f"{path}/publiceer")
    assert published_template(world.school.id).number == 1
    agreement = draw_up(scenes.approved(world), by=world.as_school)
    assert agreement.content["template"]["articles"] == [
        {"title": "Reiskosten", "text": "De gemeente betaalt de reis."}
    ]


def test_a_version_of_before_can_be_read_again(app: Flask, client: Client) -> None:
    world, other = World(), World()
    browser, path = client.sign_in(world.coordinator), f"{LIST}sjabloon"
    for text in ("De gemeente betaalt de reis.", "De school betaalt de reis."):
        browser.post(path, data={"title_1": "Reiskosten", "text_1": text})
        browser.post(f"{path}/publiceer")
    old, new = db.session.query(AgreementTemplate).order_by(AgreementTemplate.number)
    assert all(f'href="{path}/{each.id}.pdf"' in browser.get(path).text for each in (old, new))
    first = assert_accessible(browser.get(f"{path}/{old.id}.pdf").data, title="Stageovereenkomst").root.whole_text()
    assert "De gemeente betaalt de reis." in first
    assert "De school betaalt de reis." not in first
    assert browser.get(f"{path}/{new.id + 1}.pdf").status_code == 404
    client.post("/uitloggen")
    assert client.sign_in(other.coordinator).get(f"{path}/{old.id}.pdf").status_code == 404


def test_a_municipality_has_no_template(app: Flask, client: Client) -> None:
    administrator = people.member(Role.ORG_ADMIN, people.municipality())
    assert client.sign_in(administrator).get(f"{LIST}sjabloon").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_the_same_for_one_row_and_three(
    app: Flask, client: Client, count_queries: Callable[[], QueryCount], rows: int
) -> None:
    world = World()
    for number in range(rows):
        scenes.to_sign(world, name=f"Student {number}")
    browser = client.sign_in(world.coordinator)
    browser.get(LIST)
    with count_queries() as queries:
        page = browser.get(f"{LIST}?stand=tekenen").text
    assert page.count("Stageovereenkomst") == rows
    assert queries.number == 8


def test_the_list_has_pages(app: Flask, client: Client) -> None:
    world = World()
    for _ in range(PAGE_SIZE + 1):
        scenes.approved(world)
    page = client.sign_in(world.coordinator).get(f"{LIST}?stand=maken&pagina=2").text
    assert f"{PAGE_SIZE + 1} tot {PAGE_SIZE + 1} van {PAGE_SIZE + 1}" in page


def checked(client: Client, content: bytes) -> str:
    """What /controleer says of a file."""
    sent = {"file": (io.BytesIO(content), "overeenkomst.pdf")}
    return client.post("/controleer", data=sent, follow_redirects=True).text


def test_a_file_is_or_is_not_the_document_and_no_name_is_told(app: Flask, client: Client) -> None:
    agreement = scenes.signed(World())
    content = read(agreement.final)
    page = checked(client, content)
    assert "Dit is een document van ons" in page
    assert "Dit is het document met alle handtekeningen." in page
    assert "Sanne" not in page
    assert "Dit bestand kennen wij niet" in checked(client, content + b"\n")
    assert "Dit is de tekst die iedereen tekende" in checked(client, read(agreement.document))


def test_a_text_that_was_taken_back_is_known_as_such(app: Flask, client: Client) -> None:
    world = World()
    agreement = scenes.to_sign(world)
    assert "Nog niet iedereen heeft getekend" in checked(client, read(agreement.document))
    withdraw(agreement, note="Nee.", by=world.as_school)
    assert "Deze tekst is ingetrokken" in checked(client, read(agreement.document))


def test_checking_without_a_file_or_with_a_huge_one_is_answered(app: Flask, client: Client) -> None:
    assert "Kies eerst een bestand." in client.post("/controleer", data={}).text
    answer = client.post("/controleer", data=b"0" * 60 * 1024 * 1024, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert "Dit bestand is te groot" in answer.text


@pytest.mark.parametrize("mark", ["", "abc", "g" * 64, "é" * 64, "0" * 65])
def test_a_mark_that_is_none_shows_the_form(app: Flask, client: Client, mark: str) -> None:
    page = client.get("/controleer", query_string={"kenmerk": mark}).text
    assert "Controleer een document" in page


def form_of(agreement: Agreement, **changed: str) -> dict[str, str | list[str]]:
    """The form of the arrangement as it stands, with what changes."""
    placement = agreement.placement
    return {
        "assignment": placement.assignment, "hours_per_week": "32", "weekdays": placement.weekdays,
        "first_day": placement.first_day.isoformat(), "last_day": placement.last_day.isoformat(),
        "allowance": "500", "workplace": placement.workplace, "mode": "hybrid",
        "goal-0": placement.goals[0].text, **changed,
    }  # fmt: skip


def test_an_amendment_shows_the_difference_before_it_is_sent(app: Flask, client: Client) -> None:
    world = World()
    agreement = scenes.signed(world)
    browser, path = client.sign_in(world.coordinator), f"{LIST}{agreement.id}"
    assert "Wijzig de overeenkomst" in browser.get(path).text
    answer = browser.post(f"{path}/wijzig", data=form_of(agreement, last_day="2027-07-09"))
    shown = browser.get(answer.location).text
    assert "30 juni 2027" in shown
    assert "9 juli 2027" in shown
    assert browser.post(f"{answer.location}/verstuur").status_code == 302
    amendment = db.session.query(Agreement).filter_by(amends_id=agreement.id).one()
    assert amendment.state is AgreementState.MAKING


@pytest.mark.parametrize(
    ("changed", "said"),
    [({}, "Er verandert niets."), ({"last_day": "2027-12-01"}, "na het einde van het schooljaar"),
     ({"last_day": "2027-02-31"}, "Deze datum bestaat niet.")],
)  # fmt: skip
def test_an_amendment_that_cannot_be_says_why(app: Flask, client: Client, changed: dict[str, str], said: str) -> None:
    world = World()
    agreement = scenes.signed(world)
    answer = client.sign_in(world.officer).post(f"{LIST}{agreement.id}/wijzig", data=form_of(agreement, **changed))
    assert said in answer.text
    assert db.session.query(Agreement).count() == 1


def test_the_page_of_a_placement_leads_to_its_agreement(app: Flask, client: Client) -> None:
    world = World()
    agreement = scenes.to_sign(world)
    browser = client.sign_in(world.coordinator)
    path = f"{LIST}stage/{agreement.placement_id}"
    assert path in browser.get(f"/plaatsingen/{agreement.placement_id}").text
    assert browser.get(path).location == f"{LIST}{agreement.id}"


def test_a_student_does_not_send_an_amendment(app: Flask, client: Client) -> None:
    world = World()
    student = people.member(Role.STUDENT, world.school)
    agreement = scenes.signed(world, student=student)
    draft = draft_amendment(agreement, scenes.values(allowance=600), [Goal("Iets")], by=world.as_school)
    browser = client.sign_in(student)
    assert "Verstuur om te tekenen" not in browser.get(f"{LIST}{draft.id}").text
    assert browser.post(f"{LIST}{draft.id}/verstuur").status_code == 403
    assert draft.state is AgreementState.DRAFT
