"""Who gets a letter about an application: the student, the programme's coordinators, the municipality."""

from collections.abc import Iterable

from matchmaker.accounts.models import Account
from matchmaker.applications.models import Application
from matchmaker.matches.readers import stand_in
from matchmaker.organisations.models import Membership
from matchmaker.organisations.queries import desk_officers, members_with_role
from matchmaker.vocabulary import Role


def coordinators_of(application: Application) -> list[Account]:
    """Those who look after the programme: of its faculty or of the whole school; else who administers the school."""
    school, faculty = application.institution, application.programme.faculty_id
    own = [
        each for each in members_with_role(school, Role.COORDINATOR) if each.faculty_id in (None, faculty)
    ] or members_with_role(school, Role.ORG_ADMIN)
    return _each_once(own)


def municipal_readers(application: Application) -> list[Account]:
    """Who owns the offer, else everyone at the desk, else who administers the municipality."""
    owner = application.offer.owner
    if owner is not None and owner.is_active:
        return [stand_in(owner)]
    at_desk = desk_officers(application.desk) if application.desk else []
    return _each_once(at_desk or members_with_role(application.municipality, Role.ORG_ADMIN))


def overseers(application: Application) -> list[Account]:
    """Who hears that the municipality is late: the desk, its region coordinators and administrators."""
    desk = application.desk
    if desk is None:
        return municipal_readers(application)
    people = members_with_role(desk.holder, Role.OFFICER, Role.REGION_COORDINATOR, Role.ORG_ADMIN)
    return _each_once(people) or municipal_readers(application)


def _each_once(people: Iterable[Membership]) -> list[Account]:
    return list({each.account_id: stand_in(each.account) for each in people}.values())
