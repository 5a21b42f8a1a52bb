"""From an approved placement to a text that all have signed, and what is refused on the way."""

import hashlib
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.agreements.drawing_up import (
    NotAllMade,
    draw_up,
    make_document,
    make_documents,
    queue_making,
    send,
)
from matchmaker.agreements.forgetting import forget_agreements
from matchmaker.agreements.models import Agreement
from matchmaker.agreements.queries import agreement_with_hash
from matchmaker.agreements.scheduled import OVERTAKEN, remind_signers, tell_offices, withdraw_overtaken
from matchmaker.agreements.signing import sign, sign_many, withdraw
from matchmaker.agreements.states import AgreementState
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.documents.agreement import render_agreement
from matchmaker.documents.rendering import DocumentFailed
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed
from matchmaker.files.actions import read
from matchmaker.files.models import StoredFile
from matchmaker.jobs.models import Job
from matchmaker.placements.arranging import reopen
from matchmaker.placements.models import PlacementPerson, Recognition
from matchmaker.placements.parts import Part
from matchmaker.placements.starting import Named, name_person
from matchmaker.placements.states import PlacementState
from matchmaker.vocabulary import Sector
from tests.agreements import scenes
from tests.agreements.scenes import ORIGIN, World
from tests.documents.accessible import assert_accessible
from tests.factories.letters import letters


def parts(agreement: Agreement) -> list[Part]:
    return [each.part for each in agreement.signatories]


def test_three_parties_sign_for_hbo(app: Flask) -> None:
    agreement = scenes.drawn_up(World())
    assert agreement.state is AgreementState.DRAFT
    assert parts(agreement) == [Part.STUDENT, Part.COORDINATOR, Part.OFFICER]


def test_a_parent_signs_a_practice_agreement_beside_a_student_under_18(app: Flask) -> None:
    agreement = scenes.drawn_up(World(Sector.MBO), minor=True)
    assert parts(agreement) == [Part.STUDENT, Part.PARENT, Part.COORDINATOR, Part.OFFICER]
    assert agreement.content["recognition"] == {"company_id": "100123456", "valid_until": "2028-01-01"}


def test_drawing_up_twice_gives_one_draft(app: Flask) -> None:
    world = World()
    placement = scenes.approved(world)
    assert draw_up(placement, by=world.as_school) is draw_up(placement, by=world.as_school)


def test_the_municipality_does_not_draw_up(app: Flask) -> None:
    world = World()
    placement = scenes.approved(world)
    with pytest.raises(NotAllowed):
        draw_up(placement, by=world.as_town)


def test_nothing_is_drawn_up_before_the_programme_approved(app: Flask) -> None:
    world = World()
    placement = scenes.approved(world)
    reopen(placement, by=world.as_school)
    with pytest.raises(InvalidMove):
        draw_up(placement, by=world.as_school)


def test_the_file_to_sign_is_made_once_accessible_and_hashed(app: Flask) -> None:
    agreement = scenes.to_sign(World())
    assert agreement.state is AgreementState.SIGNING
    assert agreement.placement.state is PlacementState.SIGNING
    content = read(agreement.document)
    assert agreement.document_hash == hashlib.sha256(content).hexdigest()
    read_back = assert_accessible(content, title="Stageovereenkomst")
    text = read_back.root.whole_text()
    assert "Sanne de Vries" in text
    assert "De stage begint op 1 februari 2027 en eindigt op 30 juni 2027." in text
    made = agreement.document_id
    make_document(agreement, render_agreement)
    assert agreement.document_id == made


def test_who_has_no_account_gets_a_link_and_offices_one_letter_for_all(app: Flask) -> None:
    world = World()
    agreements = [scenes.to_sign(world), scenes.to_sign(world)]
    assert [letter.to_address for letter in letters("agreement_to_sign")] == ["sanne@student.example"] * 2
    assert all(letter.link_id for letter in letters("agreement_to_sign"))
    tell_offices(now())
    tell_offices(now())
    told = letters("agreements_to_sign")
    assert {letter.to_address for letter in told} == {world.coordinator.email, world.officer.email}
    assert [letter.values["number"] for letter in told] == [len(agreements)] * 2


def test_after_the_last_signature_it_is_signed_and_the_final_file_shows_all(app: Flask) -> None:
    world = World()
    agreement = scenes.to_sign(world)
    student, school, town = agreement.signatories
    scenes.sign_as(student)
    scenes.sign_as(school, by=world.coordinator, name="Jan Jansen")
    assert (agreement.state, agreement.placement.state) == (AgreementState.SIGNING, PlacementState.SIGNING)
    scenes.sign_as(town, by=world.officer, name="Piet Pieters")
    assert (agreement.state, agreement.placement.state) == (AgreementState.SIGNED, PlacementState.SIGNED)
    make_document(agreement, render_agreement)
    text = assert_accessible(read(agreement.final), title="Stageovereenkomst").root.whole_text()
    assert all(name in text for name in ("Sanne de Vries", "Jan Jansen", "Piet Pieters", ORIGIN))
    assert agreement.document_hash in text.replace(" ", "")
    assert agreement.final_hash == hashlib.sha256(read(agreement.final)).hexdigest()
    assert len(letters("agreement_signed")) == 3


def test_a_signature_keeps_name_moment_origin_and_hash(app: Flask) -> None:
    agreement = scenes.to_sign(World())
    line = scenes.sign_as(agreement.signatories[0], name="  Sanne   de Vries ")
    assert (line.signed_name, line.origin, line.signed_hash) == ("Sanne de Vries", ORIGIN, agreement.document_hash)
    assert line.signed_at is not None


def test_signing_twice_is_refused_and_changes_nothing(app: Flask) -> None:
    agreement = scenes.to_sign(World())
    line = scenes.sign_as(agreement.signatories[0])
    before = line.signed_at
    with pytest.raises(InvalidValue, match="signed_already"):
        scenes.sign_as(line, name="Iemand anders")
    assert (line.signed_at, line.signed_name) == (before, "Sanne de Vries")


@pytest.mark.parametrize(("how", "field"), [({"name": " "}, "name"), ({"agreed": False}, "agreed")])
def test_a_signature_needs_a_name_and_a_yes(app: Flask, how: dict[str, object], field: str) -> None:
    agreement = scenes.to_sign(World())
    given = {"name": "Sanne", "agreed": True, "document_hash": agreement.document_hash, "origin": "", "by": None, **how}
    with pytest.raises(InvalidValue) as refused:
        sign(agreement.signatories[0], **given)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert agreement.signatories[0].signed_at is None


def test_a_signature_for_another_file_than_was_shown_is_refused(app: Flask) -> None:
    agreement = scenes.to_sign(World())
    with pytest.raises(InvalidValue, match="text_changed"):
        sign(agreement.signatories[0], name="Sanne", agreed=True, document_hash="0" * 64, origin="", by=None)


def test_what_changes_after_one_signature_is_not_signed_and_is_taken_back(app: Flask) -> None:
    world = World()
    agreement = scenes.to_sign(world)
    scenes.sign_as(agreement.signatories[0])
    name_person(agreement.placement, Part.SUPERVISOR, Named("Nieuw Iemand", "nieuw@waterstad.example"),
                by=world.as_town)  # fmt: skip
    with pytest.raises(InvalidValue, match="text_changed"):
        scenes.sign_as(agreement.signatories[1], by=world.coordinator)
    assert withdraw_overtaken(now()) == 1
    assert (agreement.state, agreement.withdrawn_because) == (AgreementState.WITHDRAWN, OVERTAKEN)
    assert agreement.placement.state is PlacementState.APPROVED
    assert agreement.signatories[0].signed_at is not None
    again = draw_up(agreement.placement, by=world.as_school)
    assert (again.number, [each.signed_at for each in again.signatories]) == (2, [None] * 3)


def test_what_was_taken_back_cannot_be_signed(app: Flask) -> None:
    world = World()
    agreement = scenes.to_sign(world)
    withdraw(agreement, note="De datum klopt niet.", by=world.as_town)
    assert agreement.placement.state is PlacementState.APPROVED
    with pytest.raises(InvalidValue, match="agreement_withdrawn"):
        scenes.sign_as(agreement.signatories[0])
    assert [letter.values["note"] for letter in letters("agreement_withdrawn")] == ["De datum klopt niet."] * 3


def test_taking_back_needs_a_reason(app: Flask) -> None:
    world = World()
    with pytest.raises(InvalidValue):
        withdraw(scenes.to_sign(world), note="  ", by=world.as_school)


def test_nothing_is_taken_back_after_all_signed(app: Flask) -> None:
    world = World()
    with pytest.raises(InvalidMove):
        withdraw(scenes.signed(world), note="Toch niet.", by=world.as_school)


def test_an_expired_recognition_stops_the_agreement(app: Flask) -> None:
    world = World(Sector.MBO)
    placement = scenes.approved(world)
    recognition = db.session.query(Recognition).one()
    recognition.valid_until = scenes.FIRST - timedelta(days=1)
    db.session.flush()
    with pytest.raises(InvalidValue, match="not_recognised"):
        draw_up(placement, by=world.as_school)


def test_a_recognition_that_ends_on_the_first_day_is_enough(app: Flask) -> None:
    world = World(Sector.MBO)
    db.session.query(Recognition).one().valid_until = scenes.FIRST
    assert scenes.drawn_up(world).state is AgreementState.DRAFT


@pytest.mark.parametrize("address", ["sanne@student.example", "Sanne@Student.example", "sanne+ouder@student.example"])
def test_a_parent_with_the_address_of_the_student_does_not_sign(app: Flask, address: str) -> None:
    with pytest.raises(InvalidValue, match="parent_is_student"):
        scenes.drawn_up(World(Sector.MBO), minor=True, parent=address)


def test_a_parent_with_the_address_of_the_trainer_does_not_sign(app: Flask) -> None:
    with pytest.raises(InvalidValue, match="parent_is_other"):
        scenes.drawn_up(World(Sector.MBO), minor=True, parent="ria@waterstad.example")


def test_without_a_parent_a_student_under_18_is_not_sent_an_agreement(app: Flask) -> None:
    world = World(Sector.MBO)
    placement = scenes.approved(world, minor=True)
    placement.people.remove(placement.person(Part.PARENT))
    db.session.flush()
    with pytest.raises(InvalidValue, match="parent_needed"):
        draw_up(placement, by=world.as_school)


def test_days_outside_the_school_year_are_refused(app: Flask) -> None:
    world = World()
    placement = scenes.approved(world)
    placement.last_day = date(2029, 1, 1)
    with pytest.raises(InvalidValue, match="ends_after_school_year"):
        draw_up(placement, by=world.as_school)


def test_many_are_signed_at_once_and_what_cannot_be_says_why(app: Flask) -> None:
    world = World()
    lines = [scenes.to_sign(world).signatory(Part.COORDINATOR) for _ in range(3)]
    withdraw(lines[1].agreement, note="Nee.", by=world.as_school)
    hashes = {each.id: each.agreement.document_hash for each in lines}
    hashes[lines[2].id] = "f" * 64
    came = sign_many(lines, name="Jan", hashes=hashes, agreed=True, origin=ORIGIN, by=world.coordinator)
    assert came.done == [lines[0]]
    assert [(each, why) for each, why in came.refused] == [
        (lines[1], "agreement_withdrawn"),
        (lines[2], "text_changed"),
    ]
    assert [each.signed_at is not None for each in lines] == [True, False, False]


def test_who_is_slow_is_reminded_once(app: Flask) -> None:
    agreement = scenes.to_sign(World())
    agreement.made_at = now() - timedelta(days=14)
    assert [remind_signers(now()), remind_signers(now())] == [1, 0]
    assert [letter.values.get("again") for letter in letters("agreement_to_sign")] == [None, True]


def test_making_goes_on_where_it_stopped(app: Flask) -> None:
    world = World()
    agreements = [scenes.drawn_up(world) for _ in range(3)]
    job = send(agreements, by=world.as_school, organisation=world.school)
    first = make_documents(job, render_agreement)
    next(first)
    assert (job.done, job.total) == (1, 3)
    made = agreements[0].document_id
    for _ in make_documents(db.session.get(Job, job.id), render_agreement):
        pass
    assert [each.state for each in agreements] == [AgreementState.SIGNING] * 3
    assert (job.done, agreements[0].document_id) == (3, made)


def test_a_list_is_drawn_up_and_made_by_the_job_and_what_is_no_longer_approved_is_left(app: Flask) -> None:
    world = World()
    placements = [scenes.approved(world) for _ in range(3)]
    job = queue_making(placements, by=world.as_school, organisation=world.school)
    reopen(placements[1], by=world.as_school)
    with pytest.raises(NotAllMade):
        list(make_documents(job, render_agreement))
    assert [each.state for each in placements] == [
        PlacementState.SIGNING,
        PlacementState.ARRANGING,
        PlacementState.SIGNING,
    ]
    assert (job.done, job.result) == (3, {"failed": [placements[1].id]})
    assert db.session.query(Agreement).count() == 2


def test_who_signs_without_a_name_of_a_person_in_the_placement_is_the_organisation(app: Flask) -> None:
    world = World()
    agreement = scenes.drawn_up(world)
    assert agreement.signatory(Part.OFFICER).name == world.town.name
    assert not isinstance(agreement.signatory(Part.OFFICER).person, PlacementPerson)


def test_when_a_placement_is_forgotten_its_agreements_keep_no_name_and_no_file(app: Flask) -> None:
    agreement = scenes.signed(World())
    kept = [agreement.document.id, agreement.final.id]
    digest = agreement.final_hash
    assert forget_agreements(now()) == 0
    agreement.placement.forgotten_at = now()
    db.session.flush()
    assert [forget_agreements(now()), forget_agreements(now())] == [1, 0]
    assert agreement_with_hash(digest) is agreement
    assert (agreement.signatories, agreement.content["people"], agreement.readable) == ([], {}, None)
    assert "Sanne" not in str(agreement.content)
    assert db.session.scalars(select(StoredFile).where(StoredFile.id.in_(kept))).all() == []


def test_a_hostile_name_stands_in_the_document_as_it_was_typed(app: Flask) -> None:
    name = '#panic("x") *vet* $1/0$ <b>&amp; @ref'
    agreement = scenes.signed(World(), name=name)
    text = assert_accessible(read(agreement.final), title="Stageovereenkomst").root.whole_text()
    assert text.count(name) >= 3


def test_one_that_cannot_be_made_does_not_hold_up_the_others(app: Flask) -> None:
    world = World()
    agreements = [scenes.drawn_up(world) for _ in range(3)]
    job = send(agreements, by=world.as_school, organisation=world.school)

    def broken(agreement: Agreement) -> bytes:
        if agreement is agreements[0]:
            raise DocumentFailed("broken template")
        return render_agreement(agreement)

    with pytest.raises(NotAllMade):
        list(make_documents(job, broken))
    states = [AgreementState.MAKING, AgreementState.SIGNING, AgreementState.SIGNING]
    assert ([each.state for each in agreements], job.done) == (states, 3)
    list(make_documents(job, render_agreement))
    assert (agreements[0].state, job.result) == (AgreementState.SIGNING, {"failed": []})
