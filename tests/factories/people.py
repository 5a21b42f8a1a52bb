"""People and organisations for tests; each factory makes the least that works."""

from datetime import date
from itertools import count

from argon2 import PasswordHasher

from matchmaker.accounts.models import Account, AccountStatus
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.organisations.models import Desk, Faculty, Leave, Membership, Organisation, Programme, Team
from matchmaker.vocabulary import OrganisationKind, Role, Sector

PASSWORD = "correct paard batterij"
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Made at the least cost: a hash says what it cost, so signing in with it costs no more."""
_numbers = count(1)


def account(**values: object) -> Account:
    number = next(_numbers)
    made = Account(
        **{
            "email": f"persoon{number}@test.example",
            "display_name": f"Persoon {number}",
            "password_hash": _HASH,
            "status": AccountStatus.ACTIVE,
            **values,
        }
    )
    db.session.add(made)
    db.session.flush()
    return made


def organisation(kind: OrganisationKind, **values: object) -> Organisation:
    number = next(_numbers)
    made = Organisation(
        **{
            "kind": kind,
            "code": f"X{number}",
            "name": f"Organisatie {number}",
            "slug": f"organisatie-{number}",
            **values,
        }
    )
    db.session.add(made)
    db.session.flush()
    return made


def municipality(*, with_desk: bool = True, **values: object) -> Organisation:
    made = organisation(OrganisationKind.MUNICIPALITY, **{"latitude": 52.09, "longitude": 5.12, **values})
    if with_desk:
        desk(made)
    return made


def desk(holder: Organisation, **values: object) -> Desk:
    made = Desk(**{"holder_id": holder.id, "name": f"Loket {holder.name}", **values})
    db.session.add(made)
    db.session.flush()
    holder.desk_id = made.id
    db.session.flush()
    return made


def institution(**values: object) -> Organisation:
    return organisation(
        OrganisationKind.INSTITUTION, **{"sector": Sector.HBO, "latitude": 52.08, "longitude": 5.17, **values}
    )


def team(of: Organisation, **values: object) -> Team:
    made = Team(**{"organisation_id": of.id, "name": f"Team {next(_numbers)}", "work_fields": ["W15"], **values})
    db.session.add(made)
    db.session.flush()
    return made


def programme(of: Organisation, **values: object) -> Programme:
    faculty = Faculty(organisation_id=of.id, name=f"Faculteit {next(_numbers)}")
    db.session.add(faculty)
    db.session.flush()
    made = Programme(
        **{"faculty_id": faculty.id, "name": "Rechten", "levels": ["hbo_bachelor"], "isced": "0421", **values}
    )
    db.session.add(made)
    db.session.flush()
    return made


def member(role: Role, of: Organisation, *, who: Account | None = None, **values: object) -> Account:
    """A person with one role in an organisation."""
    person = who or account()
    db.session.add(Membership(account_id=person.id, organisation_id=of.id, role=role, **values))
    db.session.flush()
    return person


def away(who: Account, of: Organisation, *, cover: Account | None, day: date | None = None) -> Leave:
    """One day of leave, today unless said, with who covers."""
    day = day or today()
    leave = Leave(account_id=who.id, organisation_id=of.id, first_day=day, last_day=day, cover_id=cover and cover.id)
    db.session.add(leave)
    db.session.flush()
    return leave


def role_home(role: Role) -> Organisation:
    """An organisation in which this role makes sense."""
    if role in {Role.STUDENT, Role.LECTURER, Role.COORDINATOR}:
        return institution()
    if role is Role.PLATFORM_ADMIN:
        return organisation(OrganisationKind.PLATFORM)
    if role is Role.PROVIDER:
        return organisation(OrganisationKind.PROVIDER)
    return municipality()
