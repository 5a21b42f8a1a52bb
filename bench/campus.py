"""A made-up school for the bench: a coordinator, 2,000 students, 300 places at one desk, applications and a round."""

from dataclasses import dataclass
from datetime import timedelta

from matchmaker.accounts.models import Account, AccountStatus
from matchmaker.accounts.passwords import hash_password
from matchmaker.applications.models import Application
from matchmaker.applications.states import State
from matchmaker.clock import now, today
from matchmaker.cohorts.actions import ask_places, lend, open_round
from matchmaker.cohorts.models import CohortRound, CohortStudent, CohortWish
from matchmaker.database import db
from matchmaker.listings.models import Offer
from matchmaker.organisations.models import Desk, Faculty, Membership, Organisation, Programme
from matchmaker.placements.models import Placement, PlacementPerson
from matchmaker.placements.parts import Part, PlacementSide
from matchmaker.placements.records import Contact, Signal
from matchmaker.placements.states import ENDED, PlacementState
from matchmaker.reference import municipalities
from matchmaker.students.models import StudentProfile
from matchmaker.vocabulary import PLACE_KINDS, Kind, Level, ListingStatus, OrganisationKind, Role, Sector

STUDENTS, PLACES, PROGRAMMES, MUNICIPALITIES, WISHES = 2_000, 300, 40, 30, 10
APPLICATIONS = 3
"""Of each student."""

PASSWORD = "een lang wachtwoord"
WORK_FIELDS = ("W01", "W08", "W15", "W22")
STUDIES = ("0421", "0413", "0732", "0613", "0923")
_HASH = hash_password(PASSWORD)
_KINDS = sorted(PLACE_KINDS)
_RUNNING = (State.AWAITING_SCHOOL, State.SENT, State.TALK, State.OFFERED, State.REFUSED)


@dataclass
class Campus:
    """What was filled."""

    school: Organisation
    towns: list[Organisation]
    programmes: list[Programme]
    coordinator: Account
    officer: Account
    offers: list[Offer]
    students: list[Account]
    round: CohortRound | None = None


def fill() -> Campus:
    """Everything, committed."""
    here = _people()
    profiles = [_profile(here, number, student) for number, student in enumerate(here.students)]
    db.session.add_all(profiles)
    db.session.flush()
    for number, profile in enumerate(profiles):
        db.session.add_all(_application(here, number, each, profile) for each in range(APPLICATIONS))
        db.session.add(_placement(here, number))
    here.round = _round(here)
    db.session.commit()
    return here


def _people() -> Campus:
    school = _organisation(OrganisationKind.INSTITUTION, "school", Sector.HBO, 52.09, 5.12)
    known = municipalities()[:MUNICIPALITIES]
    towns = [
        _organisation(OrganisationKind.MUNICIPALITY, f"gemeente-{number}", None, each.lat, each.lon)
        for number, each in enumerate(known)
    ]
    faculty = Faculty(organisation=school, name="Faculteit")
    programmes = [
        Programme(faculty=faculty, name=f"Opleiding {each}", levels=[], isced=STUDIES[each % len(STUDIES)])
        for each in range(PROGRAMMES)
    ]
    coordinator, officer = account("coordinator"), account("loket")
    students = [account(f"Student Nummer{number}") for number in range(STUDENTS)]
    db.session.add_all([*programmes, *towns, coordinator, officer, *students])
    db.session.flush()
    desk = Desk(holder_id=towns[0].id, name="Loket van de regio")
    db.session.add(desk)
    db.session.flush()
    for town in towns:
        town.desk_id = desk.id
    db.session.add(Membership(account=coordinator, organisation=school, role=Role.COORDINATOR))
    db.session.add(Membership(account=officer, organisation=towns[0], role=Role.OFFICER))
    db.session.add_all(Membership(account=each, organisation=school, role=Role.STUDENT) for each in students)
    offers = [_offer(number, towns[number % MUNICIPALITIES]) for number in range(PLACES)]
    db.session.add_all(offers)
    db.session.flush()
    return Campus(school, towns, programmes, coordinator, officer, offers, students)


def _offer(number: int, town: Organisation) -> Offer:
    return Offer(
        reference=f"A{number:05d}",
        kind=Kind.WORK if number < PLACES // 2 else _KINDS[number % len(_KINDS)],
        status=ListingStatus.PUBLISHED,
        published_at=now(),
        organisation_id=town.id,
        title=f"Plek {number} over water en wonen",
        text="U werkt mee aan het omgevingsplan, de vergunningen en de gesprekken met bewoners over water en wonen.",
        work_fields=[WORK_FIELDS[number % len(WORK_FIELDS)]],
        levels=["hbo_bachelor"],
        latitude=town.latitude,
        longitude=town.longitude,
        places=8,
        respond_before=today() + timedelta(days=60),
    )


def _profile(here: Campus, number: int, student: Account) -> StudentProfile:
    home = here.towns[number % MUNICIPALITIES]
    return StudentProfile(
        account=student,
        institution=here.school,
        programme=here.programmes[number % PROGRAMMES],
        level=Level.HBO_BACHELOR,
        work_fields=[WORK_FIELDS[number % len(WORK_FIELDS)]],
        latitude=home.latitude,
        longitude=home.longitude,
        max_distance_km=100,
        stated_at=now(),
    )


def _application(here: Campus, number: int, each: int, profile: StudentProfile) -> Application:
    offer = here.offers[(number * APPLICATIONS + each) % PLACES]
    state = State.ACCEPTED if each == 0 and number % 4 == 0 else _RUNNING[(number + each) % len(_RUNNING)]
    ended = state in (State.ACCEPTED, State.REFUSED)
    return Application(
        offer=offer,
        student=profile.account,
        programme=profile.programme,
        institution=here.school,
        municipality=here.towns[(number * APPLICATIONS + each) % PLACES % MUNICIPALITIES],
        state=state,
        level=Level.HBO_BACHELOR,
        motivation="Ik wil leren hoe een gemeente plannen maakt voor een nieuwe wijk.",
        sent_at=None if state is State.AWAITING_SCHOOL else now(),
        due_at=None if ended else now() + timedelta(days=2),
        ended_at=now() if ended else None,
    )


def _placement(here: Campus, number: int) -> Placement:
    state = list(PlacementState)[number % len(PlacementState)]
    offer = here.offers[number % PLACES]
    made = Placement(
        kind=Kind.GRADUATION,
        programme=here.programmes[number % PROGRAMMES],
        institution=here.school,
        municipality=here.towns[number % MUNICIPALITIES],
        offer=offer,
        title=offer.title,
        state=state,
        first_day=today() - timedelta(days=60),
        last_day=today() + timedelta(days=60),
        interim_on=today() + timedelta(days=2),
        due_at=None if state in ENDED else now() + timedelta(hours=number - STUDENTS // 2),
        ended_at=now() if state in ENDED else None,
        people=[
            PlacementPerson(part=Part.STUDENT, account=here.students[number]),
            PlacementPerson(part=Part.COORDINATOR, account=here.coordinator),
            PlacementPerson(part=Part.SUPERVISOR, name=f"Begeleider {number % PLACES}", address="werk@bench.example"),
            PlacementPerson(part=Part.SCHOOL_SUPERVISOR, name=f"Docent {number % 50}", address="docent@bench.example"),
        ],
    )
    if state is PlacementState.RUNNING:
        made.contacts = [Contact(planned_on=today() + timedelta(days=3))]
        if number % 4 == 0:
            made.signals = [
                Signal(
                    side=PlacementSide.STUDENT,
                    part=Part.STUDENT,
                    to_side=PlacementSide.SCHOOL,
                    text="Kunt u mij bellen?",
                    due_at=now(),
                )
            ]
    return made


def _round(here: Campus) -> CohortRound:
    """Of all programmes, for the places of one kind; every student named ten."""
    made = open_round(
        here.programmes, name="Voorjaar", kind=Kind.WORK, wishes_until=today() + timedelta(days=9), by=here.coordinator
    )
    offers = [each for each in here.offers if each.kind is Kind.WORK]
    for place in ask_places(made, offers, by=here.coordinator):
        lend(place, places=1, by=here.officer)
    for number, student in enumerate(here.students):
        wished = CohortStudent(round=made, student=student, reference=f"S{number:05d}")
        wished.wishes = [
            CohortWish(rank=rank + 1, offer_id=offers[(number * 7 + rank * 11) % len(offers)].id)
            for rank in range(WISHES)
        ]
        db.session.add(wished)
    return made


def account(name: str) -> Account:
    address = f"{name.lower().replace(' ', '.')}@bench.example"
    return Account(email=address, display_name=name, status=AccountStatus.ACTIVE, password_hash=_HASH)


def _organisation(
    kind: OrganisationKind, name: str, sector: Sector | None, latitude: float, longitude: float
) -> Organisation:
    return Organisation(
        kind=kind,
        code=name,
        slug=name,
        name=name.replace("-", " ").capitalize(),
        sector=sector,
        latitude=latitude,
        longitude=longitude,
    )
