"""Students for tests, with a school that has a programme and a coordinator, and a municipality with places."""

from dataclasses import dataclass

from matchmaker.accounts.models import Account
from matchmaker.applications.actions import apply
from matchmaker.applications.models import Application
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.listings.models import Offer
from matchmaker.organisations.models import Membership, Organisation, Programme
from matchmaker.students.models import ProgrammeRules, StudentProfile
from matchmaker.vocabulary import Kind, Level, Role
from tests.factories import listings, people

MOTIVATION = "Ik wil leren hoe een gemeente plannen maakt voor een nieuwe wijk."


@dataclass
class Campus:
    """A school with a programme and a coordinator, and a municipality with an officer and one place."""

    school: Organisation
    programme: Programme
    coordinator: Account
    municipality: Organisation
    officer: Account
    place: Offer

    def student(self, name: str = "Noor Visser", **values: object) -> StudentProfile:
        return student(self.programme, name=name, **values)

    def applied(self, name: str = "Noor Visser", **values: object) -> Application:
        """An application of a new student for the place."""
        return apply(self.student(name), self.place, motivation=MOTIVATION, **values)  # type: ignore[arg-type]

    def asks(self, **values: object) -> ProgrammeRules:
        """What the programme asks."""
        rules = ProgrammeRules(programme_id=self.programme.id, **values)
        db.session.add(rules)
        db.session.flush()
        return rules


def campus(*, places: int = 1) -> Campus:
    school = people.institution(name="Hogeschool Vechtland")
    programme = people.programme(school)
    coordinator = people.member(Role.COORDINATOR, school, who=people.account(display_name="Ria Smit"))
    municipality = people.municipality(name="Utrecht", slug="utrecht")
    officer = people.member(Role.OFFICER, municipality, who=people.account(display_name="Yusuf Bakker"))
    place = listings.offer(
        municipality, kind=Kind.WORK, title="Meewerken bij Ruimte", levels=["hbo_bachelor"], places=places
    )
    db.session.refresh(municipality)
    return Campus(school, programme, coordinator, municipality, officer, place)


def student(programme: Programme, *, name: str = "Noor Visser", **values: object) -> StudentProfile:
    """A student of a programme who filled in everything that is asked first."""
    person = people.member(Role.STUDENT, programme.faculty.organisation, who=people.account(display_name=name))
    made = StudentProfile(
        **{
            "account_id": person.id,
            "institution_id": programme.faculty.organisation_id,
            "programme_id": programme.id,
            "level": Level.HBO_BACHELOR,
            "work_fields": ["W15"],
            "stated_at": now(),
            **values,
        }
    )
    db.session.add(made)
    db.session.flush()
    return made


def membership_of(account: Account) -> Membership:
    return db.session.query(Membership).filter_by(account_id=account.id).one()
