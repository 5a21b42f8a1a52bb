"""What people send that cannot be: a clear answer each time, nothing lost, and nothing half done."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from flask import Flask

from matchmaker.agreements.drawing_up import NotAllMade, make_documents, queue_making
from matchmaker.agreements.models import Agreement, AgreementEvent, Signatory
from matchmaker.database import db
from matchmaker.documents.agreement import render_agreement
from matchmaker.files.models import StoredFile
from matchmaker.files.uploads import MOST_UNPACKED
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link
from matchmaker.mail.models import Letter
from matchmaker.placements.actions import reopen
from matchmaker.placements.letters import link_for
from matchmaker.placements.models import Placement, PlacementEvent, Recognition
from matchmaker.placements.parts import Part
from matchmaker.placements.starting import Named, name_person
from matchmaker.placements.states import PlacementState
from matchmaker.threads.models import Message
from matchmaker.vocabulary import Sector
from tests.agreements import scenes
from tests.agreements.scenes import World
from tests.factories.client import Client
from tests.factories.documents import PDF
from tests.web.agreements.test_pages import LIST, form_of, signing_path

COUNTED = (Agreement, AgreementEvent, Letter, Link, Message, Placement, PlacementEvent, StoredFile)


def standing() -> tuple[list[int], list[object]]:
    """How much there is of everything that a step could leave behind, and who signed what."""
    signed = [(each.id, each.signed_name, each.signed_hash) for each in db.session.query(Signatory).order_by("id")]
    return [db.session.query(each).count() for each in COUNTED], signed


def kept() -> tuple[list[int], list[object]]:
    """The same once it is written down: a request that is refused takes back what was not."""
    db.session.commit()
    return standing()


def signature(agreement: Agreement, name: str = "Iemand") -> dict[str, str]:
    return {"name": name, "agreed": "y", "shown": agreement.document_hash}


def link_of(placement: Placement, part: Part) -> str:
    person = placement.person(part)
    assert person is not None
    return f"/plaatsing/{token_of(link_for(person))}"


@pytest.mark.parametrize("change", ["cut", "longer", "other", "case"])
def test_a_link_that_was_not_signed_by_us_signs_nothing(app: Flask, client: Client, change: str) -> None:
    agreement = scenes.to_sign(World())
    token = signing_path(Part.STUDENT, agreement).removeprefix("/tekenen/")
    placement_token = link_of(agreement.placement, Part.STUDENT).removeprefix("/plaatsing/")
    bad = {"cut": token[:-1], "longer": f"{token}A", "other": placement_token, "case": token.swapcase()}[change]
    before = kept()
    answer = client.post(f"/tekenen/{bad}", data=signature(agreement))
    assert answer.status_code in {404, 410}
    assert standing() == before


def test_signing_the_same_line_again_from_the_list_says_so(app: Flask, client: Client) -> None:
    world = World()
    agreement = scenes.to_sign(world)
    line = agreement.signatory(Part.COORDINATOR)
    browser = client.sign_in(world.coordinator)
    given = {"lijn": str(line.id), f"hash-{line.id}": agreement.document_hash, "agreed": "y"}
    browser.post(f"{LIST}teken-samen", data={**given, "name": "Jan"})
    before = kept()
    again = browser.post(f"{LIST}teken-samen", data={**given, "name": "Piet"}, follow_redirects=True)
    assert "Niet getekend: Sanne de Vries. Dit is al getekend." in again.text
    assert (line.signed_name, standing()) == ("Jan", before)


def test_what_changed_after_one_signature_gets_no_second_one(app: Flask, client: Client) -> None:
    world = World()
    agreement = scenes.to_sign(world)
    scenes.sign_as(agreement.signatory(Part.STUDENT))
    name_person(agreement.placement, Part.SUPERVISOR, Named("Nieuw", "nieuw@waterstad.example"), by=world.as_town)
    before = kept()
    answer = client.sign_in(world.coordinator).post(f"{LIST}{agreement.id}/teken", data=signature(agreement))
    assert "De afspraken zijn veranderd." in answer.text
    assert standing() == before


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"first_day": "2025-09-01", "last_day": "2026-01-31"}, "valt niet in dit schooljaar of het volgende"),
        ({"last_day": "2028-02-01"}, "na het einde van het schooljaar"),
        ({"first_day": "2027-06-30", "last_day": "2027-02-01"}, ""),
        ({"first_day": "2027-02-30"}, "Deze datum bestaat niet."),
    ],
)
def test_days_that_cannot_be_keep_what_was_typed_and_change_nothing(
    app: Flask, client: Client, changed: dict[str, str], said: str
) -> None:
    world = World()
    placement = scenes.approved(world)
    reopen(placement, by=world.as_school)
    before = kept()
    typed = form_of(Agreement(placement=placement), assignment="Een lange tekst die niet weg mag.", **changed)
    answer = client.sign_in(world.coordinator).post(f"/plaatsingen/{placement.id}/afspraken", data=typed)
    assert answer.status_code == 200
    assert said in answer.text
    assert "Een lange tekst die niet weg mag." in answer.text
    db.session.refresh(placement)
    assert (placement.first_day, placement.last_day) == (scenes.FIRST, scenes.LAST)
    assert standing() == before


def test_a_recognition_that_expires_while_the_list_is_made_stops_that_one_alone(app: Flask) -> None:
    world = World(Sector.MBO)
    late, fine = scenes.approved(world), scenes.approved(world)
    job = queue_making([late, fine], by=world.as_school, organisation=world.school)
    other = Recognition(municipality=world.town, crebo="25999", company_id="1", valid_until=date(2028, 1, 1))
    db.session.add(other)
    fine.crebo = "25999"
    db.session.query(Recognition).filter_by(crebo=scenes.CREBO).one().valid_until = scenes.FIRST - timedelta(days=1)
    db.session.flush()
    with pytest.raises(NotAllMade):
        list(make_documents(job, render_agreement))
    assert (late.state, fine.state) == (PlacementState.APPROVED, PlacementState.SIGNING)
    assert db.session.query(Agreement).one().placement is fine
    assert job.result == {"failed": [late.id]}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("sanne@student.example", "Dit is het adres van de student."),
        ("SANNE@student.example", "Dit is het adres van de student."),
        ("sanne+moeder@student.example", "Dit is het adres van de student."),
        ("ria@waterstad.example", "Het adres van de ouder is ook van iemand anders hier."),
    ],
)
def test_a_parent_has_a_mailbox_of_their_own(app: Flask, client: Client, address: str, said: str) -> None:
    world = World(Sector.MBO)
    placement = scenes.approved(world, minor=True)
    before = kept()
    given = {"name": "Joke", "address": address, "language": "nl"}
    answer = client.sign_in(world.coordinator).post(f"/plaatsingen/{placement.id}/mensen/parent", data=given)
    assert said in answer.text
    assert address in answer.text
    assert placement.person(Part.PARENT).email == "ouder@thuis.example"
    assert standing() == before


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", b"0" * (MOST_UNPACKED + 1))
    return out.getvalue()


def test_a_bomb_as_a_document_is_refused_at_both_doors_and_the_text_stays(app: Flask, client: Client) -> None:
    world = World()
    placement = scenes.approved(world)
    before = kept()
    inside = f"/plaatsingen/{placement.id}/berichten"
    for path, browser in ((f"{link_of(placement, Part.SUPERVISOR)}/berichten", client),
                          (inside, client.sign_in(world.coordinator))):  # fmt: skip
        sent = {"text": "Mijn lange bericht", "files": (io.BytesIO(bomb()), "verslag.docx")}
        answer = browser.post(path, data=sent)
        assert answer.status_code == 200
        assert "Mijn lange bericht" in answer.text
        assert "aria-invalid" in answer.text or "utrecht-form-field-error-message" in answer.text
    link_made = [0] * len(COUNTED)
    link_made[COUNTED.index(Link)] = 1
    assert [now - then for now, then in zip(standing()[0], before[0], strict=True)] == link_made


def test_sixty_megabytes_are_refused_in_words(app: Flask, client: Client) -> None:
    placement = scenes.approved(World())
    path = f"{link_of(placement, Part.SUPERVISOR)}/berichten"
    before = kept()
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="groot.pdf"\r\n\r\n'
    body = head + PDF + b"0" * 60 * 1024 * 1024 + b"\r\n--x--\r\n"
    answer = client.post(path, data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert "Dit bestand is te groot" in answer.text
    assert standing() == before
