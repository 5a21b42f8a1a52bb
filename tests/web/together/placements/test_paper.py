"""The agreement on the page of a placement: everyone in it reads it, and who signed is no longer waited for."""

import pytest
from flask import Flask

from matchmaker.agreements.models import Agreement
from matchmaker.agreements.signing import withdraw
from matchmaker.links.actions import token_of
from matchmaker.placements.letters import link_for
from matchmaker.placements.parts import Part
from matchmaker.vocabulary import Sector
from tests.agreements import scenes
from tests.agreements.scenes import World
from tests.documents.accessible import assert_accessible
from tests.factories.client import Client


def door(agreement: Agreement, part: Part) -> str:
    """The page of the placement for someone without an account."""
    person = agreement.placement.person(part)
    assert person is not None
    return f"/plaatsing/{token_of(link_for(person))}"


@pytest.mark.parametrize("part", [Part.STUDENT, Part.PARENT, Part.PRACTICE_TRAINER, Part.SUPERVISOR])
def test_everyone_reads_it_by_their_own_link(app: Flask, client: Client, part: Part) -> None:
    agreement = scenes.to_sign(World(Sector.MBO), minor=True)
    path = door(agreement, part)
    page = client.get(path).text
    assert "Lees de overeenkomst (PDF)" in page
    assert ("Teken met de link in de mail die u kreeg." in page) is (part in {Part.STUDENT, Part.PARENT})
    assert_accessible(client.get(f"{path}/overeenkomst.pdf").data, title="Praktijkovereenkomst")


def test_a_parent_who_does_not_sign_does_not_read_it(app: Flask, client: Client) -> None:
    agreement = scenes.to_sign(World(Sector.MBO), minor=True)
    agreement.signatories.remove(agreement.signatory(Part.PARENT))
    path = door(agreement, Part.PARENT)
    assert "Lees de overeenkomst" not in client.get(path).text
    assert client.get(f"{path}/overeenkomst.pdf").status_code == 404


def test_what_was_taken_back_is_not_there_to_read(app: Flask, client: Client) -> None:
    world = World()
    agreement = scenes.to_sign(world)
    path = door(agreement, Part.SUPERVISOR)
    withdraw(agreement, note="De datum klopt niet.", by=world.as_school)
    assert client.get(f"{path}/overeenkomst.pdf").status_code == 404


def test_who_does_not_sign_is_not_waited_for(app: Flask, client: Client) -> None:
    agreement = scenes.to_sign(World(Sector.MBO), minor=True)
    page = client.get(door(agreement, Part.PRACTICE_TRAINER)).text
    assert "Aan zet: de student, de gemeente en de opleiding" in page
    assert "Aan zet: u en de anderen" in client.get(door(agreement, Part.STUDENT)).text


def test_who_signed_is_no_longer_waited_for(app: Flask, client: Client) -> None:
    agreement = scenes.to_sign(World())
    scenes.sign_as(agreement.signatory(Part.STUDENT))
    assert "Aan zet: de gemeente en de opleiding" in client.get(door(agreement, Part.STUDENT)).text
