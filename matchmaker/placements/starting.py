"""A placement begins: a student is named for a place that was agreed, and the others come to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from matchmaker.accounts.mail_address import normal_form
from matchmaker.accounts.models import Account
from matchmaker.accounts.queries import account_by_email
from matchmaker.applications.models import Application
from matchmaker.applications.placing import begin_placement
from matchmaker.appointments.queries import appointment_of
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed
from matchmaker.links.actions import revoke_links
from matchmaker.links.models import Purpose
from matchmaker.listings.models import Listing, Offer
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.organisations.models import Organisation, Programme
from matchmaker.organisations.queries import active_memberships, programmes_of
from matchmaker.placements.actor import Actor
from matchmaker.placements.letters import tell_office, tell_parts
from matchmaker.placements.models import Placement, PlacementPerson, Presence
from matchmaker.placements.parts import SIDE_OF, Part, PlacementSide
from matchmaker.placements.records import CheckKind, ChecklistItem, StandardCheck
from matchmaker.placements.rules import NAMES, taken_mailbox
from matchmaker.placements.states import CALLED_OFF, PlacementAction
from matchmaker.placements.step import step
from matchmaker.students.queries import profile_of, rules_of
from matchmaker.vocabulary import PLACEMENT_KINDS, Kind, Level, Role

ROLES_OF = {
    PlacementSide.STUDENT: frozenset({Role.STUDENT}),
    PlacementSide.SCHOOL: frozenset({Role.LECTURER, Role.COORDINATOR}),
    PlacementSide.WORK: frozenset({Role.COLLEAGUE, Role.OFFICER, Role.REGION_COORDINATOR}),
}


@dataclass(frozen=True, slots=True)
class Named:
    """Someone as they are pointed out: a name, an address and the language of their letters."""

    name: str
    address: str
    language: str = "nl"


def start_from_match(
    match: Match, *, student: Named, programme: Programme, minor_until: date | None, presence: Presence, by: Account
) -> Placement:
    """The coordinator names the student for a place both sides agreed on.

    Raises InvalidMove when the match is not agreed, is no placement, or has a student already; InvalidValue at
    `name`, `address` or `programme`.
    """
    if not may_start(match) or match.school is None:
        raise InvalidMove(state=match.state.value, action=PlacementAction.OPEN.value)
    if programme.id not in {each.id for each in programmes_of(match.school)}:
        raise InvalidValue("programme", "unknown_code")
    people = [person_named(Part.STUDENT, student, match.school)]
    people.append(PlacementPerson(part=Part.COORDINATOR, account=by))
    if match.colleague is not None:
        people.append(PlacementPerson(part=Part.SUPERVISOR, account=match.colleague))
    if match.owner is not None:
        people.append(PlacementPerson(part=Part.OFFICER, account=match.owner))
    made = open_placement(
        kind=match.kind,
        programme=programme,
        institution=match.school,
        municipality=match.municipality,
        offer=match.offer if isinstance(match.offer, Offer) else None,
        title=(match.offer.title if match.offer else "") or match.need.title,
        people=people,
        by=Actor(Part.COORDINATOR, by),
        match_id=match.id,
        minor_until=minor_until,
        presence=presence,
    )
    _take_over(made, match)
    return made


def start_from_application(application: Application, *, by: Account, part: Part = Part.STUDENT) -> Placement | None:
    """A placement of an accepted application: the place is taken, now it is arranged.

    The student opens it by accepting the place, a coordinator (`part`) after a round; the others hear. None for a kind
    of place that is no placement. Raises InvalidMove when it was not accepted or has one already.
    """
    student, offer = application.student, application.offer
    if student is None or offer.kind not in PLACEMENT_KINDS:
        return None
    begin_placement(application, by=by)
    profile = profile_of(student)
    people = [PlacementPerson(part=Part.STUDENT, account=student)]
    if part is Part.COORDINATOR:
        people.append(PlacementPerson(part=part, account=by))
    if offer.owner is not None and offer.owner.is_active and _belongs(offer.owner, Part.SUPERVISOR, offer.organisation):
        people.append(PlacementPerson(part=Part.SUPERVISOR, account=offer.owner))
    made = open_placement(
        kind=offer.kind,
        programme=application.programme,
        institution=application.institution,
        municipality=application.municipality,
        offer=offer,
        title=offer.title,
        people=people,
        by=Actor(part, by, next(each for each in people if each.part is part)),
        application_id=application.id,
        minor_until=profile.adult_from if profile else None,
        presence=_presence(application.programme),
    )
    made.level, made.first_day, made.last_day = application.level, application.starts_on, application.ends_on
    _fill_in(made, [offer])
    if part is Part.STUDENT:
        tell_office("placement_step", made, Part.COORDINATOR, news="opened")
    elif made.supervisor is None:
        tell_office("placement_step", made, Part.OFFICER, news="opened")
    return made


def placement_of_application(application_id: int) -> Placement | None:
    """The placement that was made of an application."""
    return db.session.scalar(select(Placement).where(Placement.application_id == application_id))


def may_start(match: Match) -> bool:
    """Whether a student can be named: a placement both sides agreed on, without one that runs."""
    if match.state is not State.AGREED or match.kind not in PLACEMENT_KINDS or match.school_id is None:
        return False
    return placement_of_match(match.id) is None


def placement_of_match(match_id: int) -> Placement | None:
    """The placement of a match that has not ended, or that was finished; one that was called off leaves room."""
    return db.session.scalar(
        select(Placement)
        .where(Placement.match_id == match_id, Placement.state.not_in(CALLED_OFF))
        .order_by(Placement.id.desc())
        .limit(1)
    )


def open_placement(
    *,
    kind: Kind,
    programme: Programme,
    institution: Organisation,
    municipality: Organisation,
    offer: Offer | None,
    title: str,
    people: list[PlacementPerson],
    by: Actor,
    match_id: int | None = None,
    application_id: int | None = None,
    minor_until: date | None = None,
    presence: Presence = Presence.NOTHING,
    quietly: bool = False,
) -> Placement:
    """A new placement with its people and checklist; everyone in it hears of it, unless it is made `quietly`.

    A student who reads English gets the agreement in English too.
    """
    made = Placement(
        kind=kind,
        level=Level(programme.levels[0]) if len(programme.levels) == 1 else None,
        programme=programme,
        institution=institution,
        municipality=municipality,
        offer=offer,
        title=title[:200],
        people=people,
        match_id=match_id,
        application_id=application_id,
        minor_until=minor_until,
        presence=presence,
    )
    made.in_english = made.student.reads == "en"
    db.session.add(made)
    db.session.flush()
    _add_checklist(made)
    step(made, PlacementAction.OPEN, by=by)
    if not quietly:
        tell_parts("placement_step", made, {each.part for each in people} - {by.part}, news="opened")
    return made


def name_person(placement: Placement, part: Part, named: Named, *, by: Actor) -> PlacementPerson:
    """Point out who has a part; who had it before is let go and their links end.

    Raises NotAllowed for a part that is not theirs to give, InvalidValue at `name` or `address`.
    """
    if part not in NAMES.get(by.part, frozenset()):
        raise NotAllowed(action="name", part=part.value)
    home = placement.institution if SIDE_OF[part] is PlacementSide.SCHOOL else placement.municipality
    person = person_named(part, named, home)
    taken = taken_mailbox(placement, person.email) if part is Part.PARENT else ""
    if taken:
        raise InvalidValue("address", taken)
    before = placement.person(part)
    if before is not None:
        revoke_links(Purpose.PLACEMENT, subject_id=before.id)
        placement.people.remove(before)
        db.session.flush()
    placement.people.append(person)
    db.session.flush()
    step(placement, PlacementAction.NAME, by=by, part_named=part.value)
    tell_parts("placement_step", placement, {part}, news="named")
    return person


def person_named(part: Part, named: Named, home: Organisation) -> PlacementPerson:
    """With their account when they work or study there under this address; else with name and address."""
    name = named.name.strip()
    if not name:
        raise InvalidValue("name", "required")
    if len(name) > 120:
        raise InvalidValue("name", "text_too_long", n=120)
    address = _address(named.address)
    account = account_by_email(address)
    if account is not None and account.is_active and part is not Part.PARENT and _belongs(account, part, home):
        return PlacementPerson(part=part, account=account)
    return PlacementPerson(part=part, name=name, address=address, language=named.language)


def _address(text: str) -> str:
    try:
        return normal_form(text)
    except ValueError:
        raise InvalidValue("address", "not_a_mail_address") from None


def _belongs(account: Account, part: Part, home: Organisation) -> bool:
    places = {home.id} | ({home.desk.holder_id} if home.desk else set())
    roles = ROLES_OF.get(SIDE_OF[part], frozenset())
    return any(each.organisation_id in places and each.role in roles for each in active_memberships(account))


def _add_checklist(placement: Placement) -> None:
    kinds = [each for each in CheckKind if each is not CheckKind.OTHER]
    placement.checklist.extend(ChecklistItem(kind=each) for each in kinds)
    wanted = db.session.scalars(
        select(StandardCheck)
        .where(StandardCheck.municipality_id == placement.municipality_id)
        .order_by(StandardCheck.id)
    )
    placement.checklist.extend(ChecklistItem(kind=CheckKind.OTHER, title=each.title, needed=True) for each in wanted)


def _take_over(placement: Placement, match: Match) -> None:
    """What the postings and the date already say."""
    listings: list[Listing] = [each for each in (match.offer, match.need) if each is not None]
    appointment = appointment_of(match.id)
    if appointment is not None:
        placement.first_day, placement.last_day = appointment.first_day, appointment.last_day
    _fill_in(placement, listings)


def _fill_in(placement: Placement, listings: Sequence[Listing]) -> None:
    for each in listings:
        placement.hours_per_week = placement.hours_per_week or each.hours_max or each.hours_min
        placement.mode = placement.mode or each.mode
        placement.workplace = placement.workplace or each.place or ""
    db.session.flush()


def _presence(programme: Programme) -> Presence:
    """What the programme wants kept, as it set for all its students."""
    kept = rules_of(programme).time_kept
    return Presence(kept.value) if kept else Presence.NOTHING
