"""Doing it together: asked, joined, left and ended, with who hears what."""

import pytest
from flask import Flask

from matchmaker.clock import now, today
from matchmaker.errors import InvalidMove, InvalidValue, NotFound
from matchmaker.joint.actions import answer, end, end_what_went_offline, leave, propose
from matchmaker.joint.models import Part
from matchmaker.joint.queries import asked_together, joint_of_desk, partner_of_desk, running_at, waiting_for
from matchmaker.mail.models import Letter
from matchmaker.matches.states import State
from matchmaker.vocabulary import ListingStatus
from tests.factories import people
from tests.factories.matches import match
from tests.joint.scenes import question, town

pytestmark = pytest.mark.usefixtures("app")


def letters(template: str) -> list[str]:
    rows = people.db.session.query(Letter).filter_by(template=template).order_by(Letter.id)
    return [row.to_address for row in rows]


def three() -> tuple[tuple, ...]:
    """Utrecht asks, Amersfoort and Zeist ask the same: municipality, officer, posting of each."""
    return tuple((*here, question(here[0])) for here in (town("Utrecht"), town("Amersfoort"), town("Zeist")))


def test_the_others_hear_it_and_say_yes_or_no() -> None:
    (utrecht, ours, own), (amersfoort, theirs, second), (zeist, third_officer, third) = three()
    joint = propose(own, to=[second, third], note="Zullen wij?", by=ours)
    assert sorted(letters("joint_asked")) == sorted([theirs.email, third_officer.email])
    [asked] = waiting_for(amersfoort.desk)
    answer(asked, yes=True, by=theirs)
    answer(waiting_for(zeist.desk)[0], yes=False, note="Wij zijn al begonnen.", by=third_officer)
    assert [each.part for each in joint.partners] == [Part.JOINED, Part.DECLINED]
    assert asked_together(own) == [utrecht, amersfoort]
    assert (second.status, third.status) == (ListingStatus.CLOSED, ListingStatus.PUBLISHED)
    assert letters("joint_answered") == [ours.email, ours.email]
    assert [each.id for each in running_at(utrecht.desk)] == [each.id for each in running_at(amersfoort.desk)]
    assert running_at(zeist.desk) == waiting_for(zeist.desk) == []


def test_who_steps_out_gets_its_own_posting_back() -> None:
    (_, ours, own), (_, theirs, second), _ = three()
    [partner] = propose(own, to=[second], by=ours).partners
    answer(partner, yes=True, by=theirs)
    leave(partner, by=theirs)
    assert (partner.part, second.status, second.is_open) == (Part.LEFT, ListingStatus.PUBLISHED, True)
    assert asked_together(own) == []
    assert letters("joint_stopped") == [ours.email]
    with pytest.raises(InvalidMove):
        leave(partner, by=theirs)


def test_a_posting_whose_last_day_has_passed_stays_offline() -> None:
    (_, ours, own), (_, theirs, second), _ = three()
    [partner] = propose(own, to=[second], by=ours).partners
    answer(partner, yes=True, by=theirs)
    second.respond_before = today().replace(year=today().year - 1)
    leave(partner, by=theirs)
    assert second.status is ListingStatus.CLOSED


def test_a_posting_that_was_closed_before_does_not_come_back() -> None:
    (_, ours, own), (_, theirs, second), _ = three()
    [partner] = propose(own, to=[second], by=ours).partners
    second.status = ListingStatus.CLOSED
    answer(partner, yes=True, by=theirs)
    leave(partner, by=theirs)
    assert second.status is ListingStatus.CLOSED


def test_the_owner_may_stop_and_everyone_has_their_own_again() -> None:
    (utrecht, ours, own), (_, theirs, second), (zeist, _, third) = three()
    joint = propose(own, to=[second, third], by=ours)
    answer(joint.partners[0], yes=True, by=theirs)
    end(joint, by=ours)
    assert second.is_open
    assert waiting_for(zeist.desk) == running_at(utrecht.desk) == []
    assert len(letters("joint_stopped")) == 2
    with pytest.raises(InvalidMove):
        end(joint, by=ours)
    again = propose(own, to=[second], by=ours)
    assert (again.id, again.ended_at) == (joint.id, None)


@pytest.mark.parametrize("status", [ListingStatus.CLOSED, ListingStatus.EXPIRED])
def test_when_the_posting_goes_offline_everyone_has_their_own_again(status: ListingStatus) -> None:
    (_, ours, own), (_, theirs, second), _ = three()
    joint = propose(own, to=[second], by=ours)
    answer(joint.partners[0], yes=True, by=theirs)
    assert (end_what_went_offline(now()), second.is_open) == (0, False)
    own.status = status
    assert (end_what_went_offline(now()), second.is_open) == (1, True)
    assert letters("joint_stopped") == [theirs.email]
    assert end_what_went_offline(now()) == 0


@pytest.mark.parametrize(
    ("state", "ended"), [(State.PROPOSED, 1), (State.REFUSED, 1), (State.REQUESTED, 0), (State.DONE, 0)]
)
def test_what_a_school_is_at_work_on_stays_joint(state: State, ended: int) -> None:
    (_, ours, own), (_, theirs, second), _ = three()
    joint = propose(own, to=[second], by=ours)
    answer(joint.partners[0], yes=True, by=theirs)
    match(offer=own, state=state)
    own.status = ListingStatus.CLOSED
    assert end_what_went_offline(now()) == ended


def test_nobody_is_asked_who_is_taken_said_no_or_asks_something_else() -> None:
    (_, ours, own), (_, theirs, second), (_, third_officer, third) = three()
    for others in ([], [question(town("Houten")[0], title="Bomen in een laan", text="Wortels drukken tegels op.")]):
        with pytest.raises(InvalidValue):
            propose(own, to=others, by=ours)
    joint = propose(own, to=[second], by=ours)
    with pytest.raises(InvalidValue, match="with_others"):
        propose(third, to=[second], by=third_officer)
    with pytest.raises(InvalidValue, match="answer_first"):
        propose(second, to=[third], by=theirs)
    answer(joint.partners[0], yes=False, by=theirs)
    with pytest.raises(InvalidValue, match="with_others"):
        propose(own, to=[second], by=ours)


def test_an_answer_is_given_once_and_not_to_what_is_over() -> None:
    (_, ours, own), (_, theirs, second), _ = three()
    [partner] = propose(own, to=[second], by=ours).partners
    own.status = ListingStatus.CLOSED
    with pytest.raises(InvalidMove):
        answer(partner, yes=True, by=theirs)
    answer(partner, yes=False, by=theirs)
    with pytest.raises(InvalidMove):
        answer(partner, yes=False, by=theirs)


def test_another_desk_finds_nothing(app: Flask) -> None:
    (utrecht, ours, own), (amersfoort, _, second), (zeist, _, _) = three()
    joint = propose(own, to=[second], by=ours)
    assert joint_of_desk(joint.id, utrecht.desk) is joint
    for desk in (amersfoort.desk, zeist.desk):
        with pytest.raises(NotFound):
            joint_of_desk(joint.id, desk)
    for desk in (utrecht.desk, zeist.desk):
        with pytest.raises(NotFound):
            partner_of_desk(joint.partners[0].id, desk)
