"""Everyone in a placement but a parent talks, without an address, on the page and by mail."""

from datetime import date

import pytest
import time_machine
from flask import Flask

from matchmaker.errors import InvalidValue, NotAllowed, NotFound
from matchmaker.links.actions import token_of
from matchmaker.placements import actions
from matchmaker.placements.conversation import take_for_placement, take_for_signal, write_message
from matchmaker.placements.letters import link_for
from matchmaker.placements.parts import Part, PlacementSide
from matchmaker.placements.starting import Named
from matchmaker.replies.answers import Answer
from matchmaker.threads.queries import messages_of
from matchmaker.vocabulary import Role, Sector
from tests.factories import people
from tests.factories.client import Client
from tests.factories.letters import letters
from tests.placements.scenes import Stage, person_of, stage


@pytest.fixture(autouse=True)
def in_the_school_year(app: Flask):
    with time_machine.travel("2026-11-24 10:00:00+01:00", tick=False):
        yield


def texts(there: Stage) -> list[str]:
    assert there.placement is not None
    return [each.text for each in messages_of(there.placement.thread_id)]


def test_all_the_others_hear_and_the_school_always_reads_along():
    there = stage().begun()
    assert there.placement is not None
    write_message(there.placement, text="Hoe laat begin ik?", by=there.actor(Part.STUDENT))
    readers = {each.to_address for each in letters("message_posted")}
    assert readers == {there.lecturer.email, there.coordinator.email, there.colleague.email, there.officer.email}


def test_a_parent_is_not_in_the_conversation():
    there = stage(Sector.MBO).begun(minor_until=date(2027, 3, 1))
    placement = there.placement
    assert placement is not None
    named = Named("Wil", "wil@thuis.example")
    actions.name_person(placement, Part.PARENT, named, by=there.actor(Part.COORDINATOR))
    write_message(placement, text="Tot morgen.", by=there.actor(Part.STUDENT))
    assert "wil@thuis.example" not in {each.to_address for each in letters("message_posted")}
    with pytest.raises(NotAllowed):
        write_message(placement, text="Dag", by=there.actor(Part.PARENT))


def test_an_answer_by_mail_to_a_message_is_a_message():
    there = stage().begun()
    assert there.placement is not None
    write_message(there.placement, text="Hoe laat begin ik?", by=there.actor(Part.STUDENT))
    letter = next(each for each in letters("message_posted") if each.to_address == there.colleague.email)
    take_for_placement(Answer(letter, there.colleague, "Om negen uur.", ()))
    assert texts(there) == ["Hoe laat begin ik?", "Om negen uur."]


def test_an_answer_of_someone_without_an_account_is_theirs():
    there = stage(Sector.MBO).begun()
    there.trainer()
    assert there.placement is not None
    write_message(there.placement, text="Waar meld ik mij?", by=there.actor(Part.STUDENT))
    letter = next(each for each in letters("message_posted") if each.to_address == "hans@bedrijf.example")
    take_for_placement(Answer(letter, None, "Bij de balie.", ()))
    assert messages_of(there.placement.thread_id)[-1].party == Part.PRACTICE_TRAINER.value


def test_who_has_no_part_any_more_is_not_heard():
    there = stage().begun()
    assert there.placement is not None
    write_message(there.placement, text="Hallo", by=there.actor(Part.STUDENT))
    letter = letters("message_posted")[0]
    with pytest.raises(NotFound):
        take_for_placement(Answer(letter, people.member(Role.LECTURER, there.school), "Ik ook?", ()))


def test_an_answer_by_mail_to_a_signal_answers_it():
    there = stage().running()
    assert there.placement is not None
    signal = actions.raise_signal(
        there.placement, "Ik zit alleen.", to_side=PlacementSide.SCHOOL, by=there.actor(Part.STUDENT)
    )
    letter = next(each for each in letters("placement_signal") if each.to_address == there.lecturer.email)
    with pytest.raises(InvalidValue):
        take_for_signal(Answer(letter, there.lecturer, "", ()))
    take_for_signal(Answer(letter, there.lecturer, "Ik bel vandaag.", ()))
    assert signal.answer == "Ik bel vandaag."


def test_the_page_shows_the_conversation_at_both_doors(client: Client):
    there = stage(Sector.MBO).begun()
    there.trainer()
    link = f"/plaatsing/{token_of(link_for(person_of(there, Part.PRACTICE_TRAINER)))}"
    client.post(f"{link}/berichten", data={"text": "Tot maandag!"})
    assert there.placement is not None
    page = client.sign_in(there.student).get(f"/plaatsingen/{there.placement.id}/berichten").text
    assert "Tot maandag!" in page and "Hans Visser" in page and "hans@bedrijf.example" not in page
    assert "1 nieuw bericht" in client.get(f"/plaatsingen/{there.placement.id}").text
    client.post(f"/plaatsingen/{there.placement.id}/berichten/gelezen")
    assert "1 nieuw bericht" not in client.get(f"/plaatsingen/{there.placement.id}").text
