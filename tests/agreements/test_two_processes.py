"""Signing at the same moment from two processes, on a real database."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaker.agreements.models import Agreement, AgreementEvent, Signatory
from matchmaker.agreements.states import AgreementAction, AgreementState
from matchmaker.database import db
from matchmaker.placements.models import PlacementEvent
from matchmaker.placements.parts import Part
from matchmaker.placements.states import PlacementAction
from matchmaker.vocabulary import Role
from tests.agreements import scenes
from tests.agreements.scenes import World
from tests.factories import people
from tests.matches.test_two_processes import race, signed_in, task

pytestmark = pytest.mark.committed


def test_a_line_is_signed_by_one_of_many_who_may(committed_app: Flask, tmp_path: Path) -> None:
    world = World()
    agreement = scenes.to_sign(world)
    path, shown, number = f"/overeenkomsten/{agreement.id}", agreement.document_hash, agreement.id
    names = {f"Naam {n}": people.member(Role.COORDINATOR, world.school) for n in range(6)}
    ids = {name: account.id for name, account in names.items()}
    db.session.commit()
    tasks = [
        task(signed_in(committed_app, account), path, f"{path}/teken", name=name, agreed="y", shown=shown)
        for name, account in names.items()
    ]
    db.session.remove()
    answers = race(committed_app, tasks, tmp_path)
    assert sorted(status for status, _, _ in answers) == [200] * 5 + [302]
    assert all("Twee keer tekenen kan niet" in text for status, _, text in answers if status == 200)
    line = db.session.scalars(select(Signatory).where(Signatory.part == Part.COORDINATOR)).one()
    assert line.account_id == ids[line.signed_name]
    assert db.session.get_one(Agreement, number).state is AgreementState.SIGNING
    assert _count(AgreementEvent, AgreementAction.SIGN) == 1


def test_the_last_two_signatures_at_once_complete_it_once(committed_app: Flask, tmp_path: Path) -> None:
    world = World()
    agreement = scenes.to_sign(world)
    scenes.sign_as(agreement.signatories[0])
    path, shown, number = f"/overeenkomsten/{agreement.id}", agreement.document_hash, agreement.id
    db.session.commit()
    tasks = [
        task(signed_in(committed_app, account), path, f"{path}/teken", name="Naam", agreed="y", shown=shown)
        for account in (world.coordinator, world.officer)
    ]
    db.session.remove()
    answers = race(committed_app, tasks, tmp_path)
    assert [status for status, _, _ in answers] == [302, 302]
    assert db.session.get_one(Agreement, number).state is AgreementState.SIGNED
    assert _count(AgreementEvent, AgreementAction.COMPLETE) == 1
    assert _count(PlacementEvent, PlacementAction.SIGN) == 1


def test_two_offices_that_sign_the_last_lines_of_a_list_at_once_complete_all(
    committed_app: Flask, tmp_path: Path
) -> None:
    world = World()
    made = [scenes.to_sign(world, name=f"Student {n}") for n in range(3)]
    for agreement in made:
        scenes.sign_as(agreement.signatories[0])
    tasks, numbers = [], [each.id for each in made]
    db.session.commit()
    for part, account in ((Part.COORDINATOR, world.coordinator), (Part.OFFICER, world.officer)):
        cookie = signed_in(committed_app, account)
        lines = [each.signatory(part) for each in made]
        hashes = {f"hash-{each.id}": each.agreement.document_hash for each in lines}
        ticked = {"lijn": [str(each.id) for each in lines], "name": "Naam", "agreed": "y"}
        tasks.append(task(cookie, "/overeenkomsten/?stand=tekenen", "/overeenkomsten/teken-samen", **hashes, **ticked))
    db.session.remove()
    answers = race(committed_app, tasks, tmp_path)
    assert [status for status, _, _ in answers] == [302, 302]
    assert {db.session.get_one(Agreement, number).state for number in numbers} == {AgreementState.SIGNED}
    assert _count(AgreementEvent, AgreementAction.COMPLETE) == len(numbers)


def _count(events: type[AgreementEvent] | type[PlacementEvent], action: AgreementAction | PlacementAction) -> int:
    return db.session.scalar(select(func.count(events.id)).where(events.action == action)) or 0
