"""Questions about placements. Whoever asks has a part in the answer: what is not yours raises NotFound."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from matchmaker.accounts.models import Account
from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.errors import LinkUnusable, NotFound
from matchmaker.links.models import Link
from matchmaker.matches.queries import DESK_ROLES
from matchmaker.organisations.models import Desk, Membership, Organisation, Programme
from matchmaker.organisations.queries import desk_of
from matchmaker.placements.actor import Actor
from matchmaker.placements.models import LearningGoal, Placement, PlacementEvent, PlacementPerson
from matchmaker.placements.parts import SCHOOL_PARTS, WORK_PARTS, Part, PlacementSide
from matchmaker.placements.records import FollowOn, Signal
from matchmaker.placements.states import BEFORE_START, CALLED_OFF, OPEN, PlacementState
from matchmaker.vocabulary import Role

PAGE_SIZE = 25
_PARTS_OF_ROLE: dict[Role, frozenset[Part]] = {
    Role.LECTURER: SCHOOL_PARTS,
    Role.COLLEAGUE: WORK_PARTS,
    Role.STUDENT: frozenset({Part.STUDENT}),
}
_SIDES_OF_ROLE = {
    Role.LECTURER: PlacementSide.SCHOOL,
    Role.COORDINATOR: PlacementSide.SCHOOL,
    Role.STUDENT: PlacementSide.STUDENT,
}


class Tab(StrEnum):
    """Parts of the list."""

    OPEN = "alles"
    PREPARING = "voorbereiden"
    RUNNING = "loopt"
    LATE = "te-laat"
    SIGNALS = "signalen"
    FINISHED = "afgerond"
    IN_VIEW = "in-beeld"
    CALLED_OFF = "gestopt"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What someone looks for in the list."""

    tab: Tab = Tab.OPEN
    search: str = ""
    programme_id: int | None = None
    page: int = 1


def part_of(membership: Membership) -> ColumnElement[bool]:
    """Coordinators see the placements of their school, or of their faculty; the desk those at its municipalities;
    everyone else those they are named in. What was forgotten is a number and no longer anyone's page."""
    return and_(Placement.forgotten_at.is_(None), _seen_by(membership))


def _seen_by(membership: Membership) -> ColumnElement[bool]:
    if membership.role is Role.COORDINATOR:
        own = Placement.institution_id == membership.organisation_id
        if membership.faculty_id is None:
            return own
        programmes = select(Programme.id).where(Programme.faculty_id == membership.faculty_id)
        return own & Placement.programme_id.in_(programmes)
    if membership.role in DESK_ROLES:
        desk = desk_of(membership)
        served = select(Organisation.id).where(Organisation.desk_id == (desk.id if desk else 0))
        return Placement.municipality_id.in_(served)
    parts = _PARTS_OF_ROLE.get(membership.role)
    if parts is None:
        return Placement.id == 0
    home = Placement.municipality_id if parts is WORK_PARTS else Placement.institution_id
    named = exists().where(
        PlacementPerson.placement_id == Placement.id,
        PlacementPerson.account_id == membership.account_id,
        PlacementPerson.part.in_(parts),
    )
    return and_(home == membership.organisation_id, named)


def placement_of(placement_id: int, membership: Membership | None, *, lock: bool = False) -> Placement:
    """A placement this person has a part in, in the role they act in. Raises NotFound."""
    if membership is None:
        raise NotFound()
    return _one(select(Placement).where(Placement.id == placement_id, part_of(membership)), lock=lock)


def placement_by_number(placement_id: int, *, lock: bool = False) -> Placement:
    """A placement that a signed letter names. Raises NotFound."""
    return _one(select(Placement).where(Placement.id == placement_id, Placement.forgotten_at.is_(None)), lock=lock)


def actor_in(placement: Placement, membership: Membership) -> Actor:
    """As what someone acts in a placement they can see."""
    account = membership.account
    if membership.role is Role.COORDINATOR:
        return Actor(Part.COORDINATOR, account, placement.person(Part.COORDINATOR))
    if membership.role in DESK_ROLES:
        return Actor(Part.OFFICER, account, placement.person(Part.OFFICER))
    parts = _PARTS_OF_ROLE[membership.role]
    own = next((each for each in placement.people if each.account_id == account.id and each.part in parts), None)
    if own is None:
        raise NotFound()
    return Actor(own.part, account, own)


def placement_by_link(link: Link, *, lock: bool = False) -> tuple[Placement, PlacementPerson]:
    """The placement behind a link and the person it was sent to. Raises LinkUnusable for who has no part any more."""
    person = db.session.get(PlacementPerson, link.subject_id)
    if person is None or (person.account is not None and not person.account.is_active):
        raise LinkUnusable("revoked")
    return _one(select(Placement).where(Placement.id == person.placement_id), lock=lock), person


def placements_page(membership: Membership, chosen: Chosen) -> Sequence[Placement]:
    """One page of a tab: where a signal waits first, then what is due first; what has ended latest first."""
    query = _narrowed(select(Placement), membership, chosen).where(_in_tab(chosen.tab, membership))
    ended = chosen.tab in {Tab.FINISHED, Tab.IN_VIEW, Tab.CALLED_OFF}
    first = case((_has_signal(membership), 0), else_=1)
    order = (Placement.ended_at.desc(),) if ended else (first, Placement.due_at.is_(None), Placement.due_at)
    query = query.order_by(*order, Placement.id.desc()).limit(PAGE_SIZE).offset((max(chosen.page, 1) - 1) * PAGE_SIZE)
    return db.session.scalars(_listed(query)).unique().all()


def all_placements(membership: Membership, chosen: Chosen) -> Sequence[Placement]:
    """Everything a tab shows on all its pages, in order of number, for a file."""
    query = (
        _narrowed(select(Placement), membership, chosen).where(_in_tab(chosen.tab, membership)).order_by(Placement.id)
    )
    return db.session.scalars(_listed(query).options(selectinload(Placement.goals))).unique().all()


def placements_by_numbers(
    numbers: Collection[int], membership: Membership, *, lock: bool = False
) -> dict[int, Placement]:
    """Those of these placements that someone has a part in, by number, with goals and evaluations."""
    query = select(Placement).where(part_of(membership), Placement.id.in_(numbers)).order_by(Placement.id)
    if lock:
        db.session.scalars(query.with_for_update()).all()
    rows = db.session.scalars(_listed(query).options(selectinload(Placement.goals))).unique()
    return {each.id: each for each in rows}


def tab_counts(membership: Membership, chosen: Chosen) -> dict[Tab, int]:
    """How many placements each tab holds, in one query."""
    sums = [func.sum(case((_in_tab(tab, membership), 1), else_=0)) for tab in Tab]
    query = _narrowed(select(Placement), membership, chosen).with_only_columns(*sums)
    found = db.session.execute(query).one()
    return {tab: int(number or 0) for tab, number in zip(Tab, found, strict=True)}


def programmes_with_placements(membership: Membership) -> list[tuple[int, str]]:
    """The programmes of the placements someone sees, by name, to choose from."""
    query = (
        select(Programme.id, Programme.name)
        .join(Placement, Placement.programme_id == Programme.id)
        .where(part_of(membership))
        .distinct()
        .order_by(Programme.name, Programme.id)
    )
    return [(number, name) for number, name in db.session.execute(query)]


def open_signals(placement_ids: Sequence[int], membership: Membership) -> dict[int, int]:
    """How many unanswered signals this side sees of each of these; those without are left out."""
    rows = (
        select(Signal.placement_id, func.count(Signal.id))
        .where(Signal.placement_id.in_(placement_ids), _waits_for(membership))
        .group_by(Signal.placement_id)
    )
    return dict(db.session.execute(rows).all())


def _waits_for(membership: Membership) -> ColumnElement[bool]:
    """An unanswered signal that this side raised, was asked to help with or, at the school, reads along with for a
    minor; the other sides do not know of it."""
    side = _SIDES_OF_ROLE.get(membership.role, PlacementSide.WORK)
    seen = [Signal.side == side, Signal.to_side == side]
    if side is PlacementSide.SCHOOL:
        minor = Signal.placement.has(Placement.minors_on(today()))
        seen.append(and_(Signal.side == PlacementSide.STUDENT, minor))
    return and_(Signal.answered_at.is_(None), or_(*seen))


def _has_signal(membership: Membership) -> ColumnElement[bool]:
    return exists().where(Signal.placement_id == Placement.id, _waits_for(membership))


def _in_tab(tab: Tab, membership: Membership) -> ColumnElement[bool]:
    followed = exists().where(FollowOn.placement_id == Placement.id, FollowOn.stands_on(today()))
    return {
        Tab.OPEN: Placement.state.in_(OPEN),
        Tab.PREPARING: Placement.state.in_(BEFORE_START),
        Tab.RUNNING: Placement.state == PlacementState.RUNNING,
        Tab.LATE: and_(Placement.state.in_(OPEN), Placement.due_at < now()),
        Tab.SIGNALS: _has_signal(membership),
        Tab.FINISHED: Placement.state == PlacementState.FINISHED,
        Tab.IN_VIEW: followed,
        Tab.CALLED_OFF: Placement.state.in_(CALLED_OFF),
    }[tab]


def _narrowed(query: Select[tuple[Placement]], membership: Membership, chosen: Chosen) -> Select[tuple[Placement]]:
    query = query.where(part_of(membership))
    if chosen.programme_id is not None:
        query = query.where(Placement.programme_id == chosen.programme_id)
    for word in chosen.search.split()[:5]:
        query = query.where(_holds(word))
    return query


def _holds(word: str) -> ColumnElement[bool]:
    """The word stands in the title, the municipality, the school, or the name of someone with a part."""
    organisation, account = aliased(Organisation), aliased(Account)
    of_organisation = exists().where(
        organisation.id.in_((Placement.municipality_id, Placement.institution_id)),
        organisation.name.icontains(word, autoescape=True),
    )
    of_person = (
        exists()
        .where(PlacementPerson.placement_id == Placement.id)
        .where(
            or_(
                PlacementPerson.name.icontains(word, autoescape=True),
                PlacementPerson.account_id.in_(
                    select(account.id).where(account.display_name.icontains(word, autoescape=True))
                ),
            )
        )
    )
    return or_(Placement.title.icontains(word, autoescape=True), of_organisation, of_person)


def _one(query: Select[tuple[Placement]], *, lock: bool) -> Placement:
    if lock:
        db.session.scalar(query.with_for_update())
    found = db.session.scalars(_whole(query)).unique().one_or_none()
    if found is None:
        raise NotFound()
    return found


def _listed(query: Select[tuple[Placement]]) -> Select[tuple[Placement]]:
    """With what a row of a list or file shows."""
    return query.options(
        joinedload(Placement.institution),
        joinedload(Placement.municipality),
        joinedload(Placement.programme),
        selectinload(Placement.people).joinedload(PlacementPerson.account),
        selectinload(Placement.contacts),
        selectinload(Placement.evaluations),
    )


def _whole(query: Select[tuple[Placement]]) -> Select[tuple[Placement]]:
    """With what every page about a placement shows."""
    return query.options(
        joinedload(Placement.institution),
        joinedload(Placement.municipality).joinedload(Organisation.desk).joinedload(Desk.holder),
        joinedload(Placement.programme),
        selectinload(Placement.people).joinedload(PlacementPerson.account),
        selectinload(Placement.goals).joinedload(LearningGoal.competence),
        selectinload(Placement.events).joinedload(PlacementEvent.actor),
    )
