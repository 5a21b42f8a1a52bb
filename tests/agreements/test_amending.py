"""Changing what was signed: the difference is shown, those whom it touches sign, then it holds."""

from datetime import date, timedelta

import pytest
from flask import Flask

from matchmaker.agreements.amending import draft_amendment, may_amend
from matchmaker.agreements.drawing_up import make_document, send
from matchmaker.agreements.models import Agreement
from matchmaker.agreements.queries import standing_agreement
from matchmaker.agreements.scheduled import withdraw_overtaken
from matchmaker.agreements.signing import withdraw
from matchmaker.agreements.states import AgreementState
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.documents.agreement import render_agreement
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed
from matchmaker.files.actions import read
from matchmaker.placements.actor import Actor
from matchmaker.placements.arranging import Goal
from matchmaker.placements.models import Recognition
from matchmaker.placements.parts import Part
from matchmaker.placements.starting import Named, name_person
from matchmaker.placements.states import PlacementState
from matchmaker.vocabulary import Mode, Sector
from tests.agreements import scenes
from tests.agreements.scenes import World
from tests.documents.accessible import assert_accessible

GOALS = [Goal("Plannen maken die anderen begrijpen")]
LATER = date(2027, 7, 9)


def amended(world: World, agreement: Agreement, goals: list[Goal] = GOALS, **changed: object) -> Agreement:
    """A draft with these values instead."""
    mbo = world.sector is Sector.MBO
    return draft_amendment(agreement, scenes.values(mbo=mbo, **changed), goals, by=world.as_school)


def sent(world: World, amendment: Agreement) -> Agreement:
    send([amendment], by=world.as_school, organisation=world.school)
    make_document(amendment, render_agreement)
    return amendment


@pytest.mark.parametrize(
    ("changed", "signs"),
    [
        ({"last_day": LATER}, [Part.STUDENT, Part.COORDINATOR, Part.OFFICER]),
        ({"hours_per_week": 24}, [Part.STUDENT, Part.COORDINATOR, Part.OFFICER]),
        ({"allowance": 550}, [Part.STUDENT, Part.OFFICER]),
        ({"workplace": "Wijkhuis, Kade 2", "mode": Mode.ON_SITE}, [Part.STUDENT, Part.OFFICER]),
        ({"workplace": "Wijkhuis", "last_day": LATER}, [Part.STUDENT, Part.COORDINATOR, Part.OFFICER]),
    ],
)
def test_only_those_sign_whom_it_touches(app: Flask, changed: dict[str, object], signs: list[Part]) -> None:
    world = World()
    amendment = amended(world, scenes.signed(world), **changed)
    assert [each.part for each in amendment.signatories] == signs


def test_a_parent_signs_along_while_the_student_is_under_18(app: Flask) -> None:
    world = World(Sector.MBO)
    amendment = amended(world, scenes.signed(world, minor=True), allowance=550)
    assert [each.part for each in amendment.signatories] == [Part.STUDENT, Part.PARENT, Part.OFFICER]


def test_the_document_shows_what_was_and_what_comes(app: Flask) -> None:
    world = World()
    amendment = sent(world, amended(world, scenes.signed(world), last_day=LATER, allowance=None))
    assert [(each["name"], each["before"], each["after"]) for each in amendment.changes] == [
        ("last_day", "2027-06-30", "2027-07-09"),
        ("allowance", 500, None),
    ]
    read_back = assert_accessible(read(amendment.document), title="Wijziging van de stageovereenkomst")
    table = [each.whole_text() for each in read_back.root.all("Table")[0].all("TD")]
    assert table == ["Laatste dag", "30 juni 2027", "9 juli 2027",
                     "Vergoeding per maand", "500 euro per maand", "niet afgesproken"]  # fmt: skip


def test_it_holds_once_they_have_signed_and_not_before(app: Flask) -> None:
    world = World()
    first = scenes.signed(world)
    placement = first.placement
    amendment = sent(world, amended(world, first, last_day=LATER, goals=[Goal("Iets anders leren")]))
    scenes.sign_as(amendment.signatories[0])
    assert (placement.last_day, first.state) == (scenes.LAST, AgreementState.SIGNED)
    scenes.sign_all_left(world, amendment)
    assert (placement.last_day, [each.text for each in placement.goals]) == (LATER, ["Iets anders leren"])
    assert (first.state, amendment.state) == (AgreementState.REPLACED, AgreementState.SIGNED)
    assert placement.state is PlacementState.SIGNED
    assert standing_agreement(placement) is amendment


def test_an_amendment_can_be_amended(app: Flask) -> None:
    world = World()
    second = sent(world, amended(world, scenes.signed(world), last_day=LATER))
    scenes.sign_all_left(world, second)
    third = amended(world, second, last_day=LATER, hours_per_week=20)
    assert [each["name"] for each in third.changes] == ["hours_per_week"]


def test_nothing_changed_is_no_amendment(app: Flask) -> None:
    world = World()
    with pytest.raises(InvalidValue, match="nothing_changed"):
        amended(world, scenes.signed(world))


def test_writing_the_draft_again_replaces_it_and_one_is_under_way(app: Flask) -> None:
    world = World()
    agreement = scenes.signed(world)
    draft = amended(world, agreement, allowance=550)
    again = amended(world, agreement, last_day=LATER)
    assert again is draft
    assert [each.part for each in draft.signatories] == [Part.STUDENT, Part.COORDINATOR, Part.OFFICER]
    sent(world, draft)
    assert not may_amend(agreement)
    with pytest.raises(InvalidMove):
        amended(world, agreement, allowance=600)


def test_days_outside_the_school_year_and_a_past_recognition_are_refused(app: Flask) -> None:
    world = World(Sector.MBO)
    agreement = scenes.signed(world)
    with pytest.raises(InvalidValue, match="ends_after_school_year"):
        amended(world, agreement, last_day=date(2027, 10, 1))
    with pytest.raises(InvalidValue, match="required"):
        amended(world, agreement, last_day=None)
    db.session.query(Recognition).one().valid_until = scenes.FIRST + timedelta(days=3)
    with pytest.raises(InvalidValue, match="not_recognised"):
        amended(world, agreement, first_day=scenes.FIRST + timedelta(days=7))


def test_the_first_day_stays_once_it_has_begun(app: Flask) -> None:
    world = World()
    agreement = scenes.signed(world)
    agreement.placement.started_at = now()
    with pytest.raises(InvalidValue, match="started_already"):
        amended(world, agreement, first_day=scenes.FIRST + timedelta(days=7))


def test_a_student_does_not_write_amendments(app: Flask) -> None:
    world = World()
    agreement = scenes.signed(world)
    with pytest.raises(NotAllowed):
        draft_amendment(agreement, scenes.values(allowance=1), GOALS, by=Actor(Part.STUDENT))


def test_an_amendment_that_is_taken_back_leaves_what_was_signed(app: Flask) -> None:
    world = World()
    agreement = scenes.signed(world)
    amendment = sent(world, amended(world, agreement, last_day=LATER))
    withdraw(amendment, note="Toch niet.", by=world.as_town)
    assert (agreement.state, agreement.placement.state) == (AgreementState.SIGNED, PlacementState.SIGNED)
    assert may_amend(agreement)
    assert withdraw_overtaken(now()) == 0


def test_a_new_supervisor_does_not_stand_in_the_way_of_a_later_amendment(app: Flask) -> None:
    world = World()
    agreement = scenes.signed(world)
    name_person(agreement.placement, Part.SUPERVISOR, Named("Nieuw Iemand", "nieuw@waterstad.example"),
                by=world.as_town)  # fmt: skip
    amendment = sent(world, amended(world, agreement, allowance=600))
    assert amendment.content["people"]["supervisor"] == "Nieuw Iemand"
    assert withdraw_overtaken(now()) == 0
    scenes.sign_all_left(world, amendment)
    assert agreement.placement.allowance == 600
