"""A municipality with a desk joins a region and leaves it again, with everything that is open."""

from dataclasses import dataclass

import pytest
from flask import Flask

from matchmaker.audit.models import AuditEvent
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.mail.models import Letter
from matchmaker.matches import actions
from matchmaker.matches.models import Match, Party
from matchmaker.matches.moving_desks import carry_out, joining, leaving
from matchmaker.matches.queue import awaiting_routing
from matchmaker.matches.states import Action, State
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import OrganisationKind, Role
from tests.factories import listings, matches, people
from tests.matches.scenes import Scene, scene


@dataclass
class Joining:
    """A municipality with a desk and a region with another, and who administers the platform."""

    here: Scene
    region: Organisation

    def __post_init__(self) -> None:
        self.keeper = people.account()
        self.coordinator = people.member(Role.REGION_COORDINATOR, self.region)

    def asked(self, title: str) -> Match:
        need = listings.need(self.here.school, owner_id=self.here.lecturer.id, title=title)
        return actions.ask_desk(need, self.here.municipality, by=self.here.lecturer)

    def join(self) -> int:
        return carry_out(joining(self.here.municipality, self.region), by=self.keeper)

    def leave(self) -> int:
        return carry_out(leaving(self.here.municipality, self.region), by=self.keeper)


@pytest.fixture
def both(app: Flask) -> Joining:
    region = people.organisation(OrganisationKind.REGION, name="Regio Vechtland")
    people.desk(region)
    db.session.refresh(region)
    return Joining(scene(), region)


def letters(template: str) -> list[Letter]:
    return db.session.query(Letter).filter_by(template=template).order_by(Letter.id).all()


def moves(match: Match) -> int:
    return db.session.query(AuditEvent).filter_by(action="match.move_desk", object_id=match.id).count()


def test_everything_open_moves_with_its_deadline_and_what_ended_stays(both: Joining) -> None:
    own = both.here.desk
    taken, free, ended = both.asked("Opgepakt"), both.asked("Vrij"), both.asked("Klaar")
    actions.take(taken, by=both.here.officer)
    actions.withdraw(ended, by=both.here.lecturer, as_party=Party.SCHOOL)
    proposal = matches.match(municipality_id=both.here.municipality.id, desk_id=own.id)
    deadlines = [taken.due_at, free.due_at]
    plan = joining(both.here.municipality, both.region)
    assert ({match.id for match in plan.items}, plan.proposals) == ({taken.id, free.id}, 1)
    assert both.join() == 2
    db.session.refresh(proposal)
    shared = both.region.desk
    assert shared is not None
    assert [match.desk_id for match in (taken, free, proposal, ended)] == [shared.id, shared.id, shared.id, own.id]
    assert [taken.due_at, free.due_at] == deadlines
    assert both.here.municipality.desk == shared
    assert (taken.state, free.state) == (State.REQUESTED, State.REQUESTED)


def test_each_item_has_its_own_line_in_the_log_and_in_its_history(both: Joining) -> None:
    match = both.asked("Vrij")
    both.join()
    assert moves(match) == 1
    last = match.events[-1]
    assert (last.action, last.values["to"]) == (Action.ASSIGN, "Loket Regio Vechtland")


def test_the_owner_keeps_the_item_works_at_the_new_desk_and_gets_one_letter(both: Joining) -> None:
    for title in ("Een", "Twee"):
        actions.take(both.asked(title), by=both.here.officer)
    both.join()
    (letter,) = letters("desk_moved")
    assert (letter.to_address, letter.values["number"]) == (both.here.officer.email, 2)
    shared = both.region.desk
    assert shared is not None
    queue = awaiting_routing(shared, reader=both.here.officer)
    assert [match.owner_id for match in queue.items] == [both.here.officer.id] * 2


def test_an_item_without_an_owner_is_told_to_the_desk_of_the_region(both: Joining) -> None:
    both.asked("Vrij")
    both.join()
    assert [letter.to_address for letter in letters("desk_moved")] == [both.coordinator.email]


def test_leaving_opens_the_own_desk_again_and_takes_the_open_items_along(both: Joining) -> None:
    own = both.here.desk
    first = both.asked("Voor het samengaan")
    actions.take(first, by=both.here.officer)
    both.join()
    later = both.asked("Daarna")
    actions.take(later, by=both.coordinator)
    before = len(letters("desk_moved"))
    assert both.leave() == 2
    assert both.here.municipality.desk == own
    assert [(match.desk_id, match.owner_id) for match in (first, later)] == [
        (own.id, both.here.officer.id),
        (own.id, None),
    ]
    told = {letter.to_address for letter in letters("desk_moved")[before:]}
    assert told == {both.here.officer.email, both.coordinator.email}
    assert both.asked("Opnieuw").desk_id == own.id


def test_what_another_municipality_of_the_region_has_open_stays_at_the_region(both: Joining) -> None:
    both.join()
    other = people.municipality(with_desk=False, name="Ondermeer")
    assert both.region.desk is not None
    other.desk_id = both.region.desk.id
    db.session.flush()
    db.session.refresh(other)
    need = listings.need(both.here.school, owner_id=both.here.lecturer.id)
    theirs = actions.ask_desk(need, other, by=both.here.lecturer)
    both.leave()
    assert theirs.desk_id == both.region.desk.id


def test_a_desk_that_serves_others_cannot_be_given_up(both: Joining) -> None:
    other = people.municipality(with_desk=False)
    other.desk_id = both.here.desk.id
    db.session.flush()
    db.session.expire(both.here.desk)
    with pytest.raises(InvalidValue) as refused:
        joining(both.here.municipality, both.region)
    assert refused.value.reason == "serves_others"


def test_only_a_region_can_be_joined_and_only_a_member_can_leave(both: Joining) -> None:
    with pytest.raises(InvalidValue):
        joining(both.here.municipality, people.municipality())
    with pytest.raises(InvalidValue):
        joining(both.region, both.region)
    with pytest.raises(InvalidValue):
        leaving(both.here.municipality, both.region)
