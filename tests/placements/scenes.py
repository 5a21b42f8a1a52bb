"""A placement with the people of all sides, at any point of its life."""

from dataclasses import dataclass
from datetime import date, timedelta

from matchmaker.accounts.models import Account
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.organisations.models import Organisation, Programme
from matchmaker.placements import actions
from matchmaker.placements.actor import Actor
from matchmaker.placements.arranging import Goal
from matchmaker.placements.models import Placement, PlacementPerson, Presence, Recognition
from matchmaker.placements.parts import Part
from matchmaker.placements.starting import Named
from matchmaker.vocabulary import Kind, Mode, Party, Role, Sector
from tests.factories import listings, matches, people

CREBO = "25960"


@dataclass
class Stage:
    """Who stands around one agreed place, and the placement once it was begun."""

    match: Match
    school: Organisation
    programme: Programme
    municipality: Organisation
    coordinator: Account
    lecturer: Account
    student: Account
    officer: Account
    colleague: Account
    placement: Placement | None = None

    def actor(self, part: Part) -> Actor:
        """Someone with this part, as they act."""
        accounts = {
            Part.COORDINATOR: self.coordinator,
            Part.SCHOOL_SUPERVISOR: self.lecturer,
            Part.STUDENT: self.student,
            Part.OFFICER: self.officer,
            Part.SUPERVISOR: self.colleague,
        }
        person = self.placement.person(part) if self.placement else None
        return Actor(part, accounts.get(part), person)

    def begun(self, *, minor_until: date | None = None, presence: Presence = Presence.NOTHING) -> "Stage":
        """The student and both supervisors are named."""
        self.placement = actions.start_from_match(
            self.match,
            student=Named("Noor de Vries", self.student.email),
            programme=self.programme,
            minor_until=minor_until,
            presence=presence,
            by=self.coordinator,
        )
        named = Named(self.lecturer.display_name, self.lecturer.email)
        actions.name_person(self.placement, Part.SCHOOL_SUPERVISOR, named, by=self.actor(Part.COORDINATOR))
        return self

    def values(self, **changes: object) -> dict[str, object]:
        return {
            "assignment": "De student maakt de brieven over de bijstand beter leesbaar.",
            "hours_per_week": 32,
            "weekdays": ["mon", "tue", "wed", "thu"],
            "first_day": today(),
            "last_day": today() + timedelta(days=100),
            "allowance": 400,
            "workplace": "Stadsplateau 1",
            "mode": Mode.ON_SITE,
            "crebo": CREBO,
            "interim_on": None,
            **changes,
        }

    def arranged(self, **changes: object) -> "Stage":
        """Everything is filled in."""
        assert self.placement is not None
        goals = [Goal("Een brief schrijven die iedereen begrijpt.")]
        actions.arrange(self.placement, self.values(**changes), goals, by=self.actor(Part.SUPERVISOR))
        return self

    def approved(self) -> "Stage":
        assert self.placement is not None
        actions.submit(self.placement, by=self.actor(Part.SUPERVISOR))
        actions.approve(self.placement, by=self.actor(Part.COORDINATOR))
        return self

    def signed(self) -> "Stage":
        assert self.placement is not None
        actions.send_to_sign(self.placement, by=self.actor(Part.COORDINATOR))
        actions.signed_by_all(self.placement, by=self.actor(Part.OFFICER))
        return self

    def ready(self) -> "Stage":
        """Everything on the checklist is there."""
        assert self.placement is not None
        for item in self.placement.checklist:
            actions.settle(item, needed=True, done_on=today(), by=self.actor(Part.OFFICER))
        return self

    def running(self, **changes: object) -> "Stage":
        """From nothing to the first day."""
        self.begun().arranged(**changes).approved().signed().ready()
        assert self.placement is not None
        actions.start(self.placement, by=self.actor(Part.SUPERVISOR))
        return self

    def trainer(self) -> None:
        """Mbo: someone without an account trains the student, and the municipality is recognised."""
        assert self.placement is not None
        named = Named("Hans Visser", "hans@bedrijf.example")
        actions.name_person(self.placement, Part.PRACTICE_TRAINER, named, by=self.actor(Part.OFFICER))
        self.recognised()

    def recognised(self, valid_until: date | None = None) -> Recognition:
        row = Recognition(
            municipality=self.municipality,
            crebo=CREBO,
            company_id="100123",
            valid_until=valid_until or today() + timedelta(days=400),
        )
        db.session.add(row)
        db.session.flush()
        return row


def stage(sector: Sector = Sector.HBO, kind: Kind = Kind.GRADUATION) -> Stage:
    """An agreed place of a school at a municipality, with an account for everyone."""
    school = people.institution(name="Hogeschool Vechtland", sector=sector)
    municipality = people.municipality(name="Nieuwegein", slug="nieuwegein")
    programme = people.programme(school, levels=["mbo4"] if sector is Sector.MBO else ["hbo_bachelor"])
    coordinator = people.member(Role.COORDINATOR, school, who=people.account(display_name="Els Kuiper"))
    lecturer = people.member(Role.LECTURER, school, who=people.account(display_name="Marit Verhoef"))
    student = people.member(Role.STUDENT, school, who=people.account(display_name="Noor de Vries"))
    officer = people.member(Role.OFFICER, municipality, who=people.account(display_name="Aisha Jansen"))
    colleague = people.member(Role.COLLEAGUE, municipality, who=people.account(display_name="Ruben Westra"))
    shared = {"kind": kind, "places": 3, "places_taken": 1, "title": "Brieven over de bijstand"}
    need = listings.need(school, owner_id=coordinator.id, **shared)
    offer = listings.offer(municipality, owner_id=colleague.id, **shared)
    match = matches.match(
        need, offer, state=State.AGREED, initiated_by=Party.SCHOOL, colleague_id=colleague.id, owner_id=officer.id
    )
    db.session.refresh(match)
    db.session.refresh(municipality)
    return Stage(match, school, programme, municipality, coordinator, lecturer, student, officer, colleague)


def person_of(there: Stage, part: Part) -> PlacementPerson:
    assert there.placement is not None
    found = there.placement.person(part)
    assert found is not None
    return found
