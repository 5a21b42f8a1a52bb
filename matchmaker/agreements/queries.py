"""Questions about agreements. What is not yours raises NotFound."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from matchmaker.accounts.models import Account
from matchmaker.agreements.models import Agreement, Signatory
from matchmaker.agreements.states import SIGNED_ONCE, UNDER_WAY, AgreementState
from matchmaker.database import db
from matchmaker.errors import LinkUnusable, NotFound
from matchmaker.jobs.models import Job
from matchmaker.links.models import Link
from matchmaker.matches.queries import DESK_ROLES
from matchmaker.organisations.models import Desk, Membership, Organisation
from matchmaker.placements.models import LearningGoal, Placement, PlacementPerson
from matchmaker.placements.parts import Part
from matchmaker.placements.queries import part_of
from matchmaker.placements.states import PlacementState
from matchmaker.vocabulary import Role

PAGE_SIZE = 25
MOST_AT_ONCE = 500


class Tab(StrEnum):
    """Parts of the list."""

    TO_SIGN = "tekenen"
    TO_MAKE = "maken"
    WAITING = "wachten"
    SIGNED = "getekend"
    ENDED = "vervallen"


def agreement_of(agreement_id: int, membership: Membership | None, *, lock: bool = False) -> Agreement:
    """An agreement of a placement this person has a part in. Raises NotFound."""
    if membership is None:
        raise NotFound()
    return _one(_joined().where(Agreement.id == agreement_id, part_of(membership)), lock=lock)


def agreements_of(placement: Placement) -> Sequence[Agreement]:
    """Every agreement of a placement, newest first."""
    return db.session.scalars(
        select(Agreement)
        .where(Agreement.placement_id == placement.id)
        .order_by(Agreement.number.desc())
        .options(selectinload(Agreement.signatories))
    ).all()


def standing_agreement(placement: Placement) -> Agreement | None:
    """The text that holds now, signed by all."""
    return db.session.scalar(
        select(Agreement).where(Agreement.placement_id == placement.id, Agreement.state == AgreementState.SIGNED)
    )


def signatory_by_link(link: Link, *, lock: bool = False) -> Signatory:
    """Who signs by this link. Raises LinkUnusable for a line that is there no more."""
    signatory = db.session.get(Signatory, link.subject_id)
    if signatory is None or (signatory.account is not None and not signatory.account.is_active):
        raise LinkUnusable("revoked")
    _one(_joined().where(Agreement.id == signatory.agreement_id), lock=lock)
    return signatory


def signatory_for(agreement: Agreement, membership: Membership) -> Signatory | None:
    """The line that someone in this role signs: their own, or that of the organisation they sign for."""
    return next((each for each in agreement.signatories if _is_theirs(each, membership)), None)


def signatories_to_sign(ids: Sequence[int], membership: Membership) -> Sequence[Signatory]:
    """Those of these lines that this person may sign, in the order of the list; what is not theirs is left out.

    Their agreements are held, so that of two who sign the last lines at once the second sees what the first did.
    """
    query = (
        select(Signatory)
        .join(Signatory.agreement)
        .join(Agreement.placement)
        .where(Signatory.id.in_(ids[:MOST_AT_ONCE]), part_of(membership), _theirs(membership))
        .order_by(Agreement.id, Signatory.id)
    )
    held = query.with_only_columns(Agreement.id, maintain_column_froms=True).with_for_update(of=Agreement)
    db.session.execute(held).all()
    whole = query.options(joinedload(Signatory.agreement).options(*_WHOLE)).execution_options(populate_existing=True)
    return db.session.scalars(whole).unique().all()


def waiting_for(membership: Membership) -> int:
    """How many agreements wait for the signature of this person."""
    query = select(func.count(Agreement.id)).join(Agreement.placement).where(part_of(membership))
    return db.session.scalar(query.where(_in_tab(Tab.TO_SIGN, membership))) or 0


def agreements_page(membership: Membership, tab: Tab, *, search: str = "", page: int = 1) -> Sequence[Agreement]:
    """One page of a tab: what was made first stands first, what has ended latest first."""
    ended = tab in {Tab.SIGNED, Tab.ENDED}
    query = _narrowed(_joined(), membership, search).where(_in_tab(tab, membership))
    query = query.order_by(Agreement.id.desc() if ended else Agreement.id)
    query = query.limit(PAGE_SIZE).offset((max(page, 1) - 1) * PAGE_SIZE).options(*_WHOLE)
    return db.session.scalars(query).unique().all()


def placements_to_make(membership: Membership, *, search: str = "", page: int = 1) -> Sequence[Placement]:
    """Approved placements of the school without an agreement under way: approved longest ago first."""
    query = _narrowed(_to_make(membership), membership, search)
    query = (
        query.order_by(Placement.approved_at, Placement.id)
        .limit(PAGE_SIZE)
        .offset((max(page, 1) - 1) * PAGE_SIZE)
        .options(*_PLACEMENT)
    )
    return db.session.scalars(query).unique().all()


def chosen_to_make(ids: Sequence[int] | None, membership: Membership) -> Sequence[Placement]:
    """Those of these placements for which an agreement can be made, or with None all of them, up to five hundred."""
    query = _to_make(membership)
    if ids is not None:
        query = query.where(Placement.id.in_(ids[:MOST_AT_ONCE]))
    query = query.order_by(Placement.approved_at, Placement.id).limit(MOST_AT_ONCE).options(*_PLACEMENT)
    return db.session.scalars(query).unique().all()


def tab_counts(membership: Membership, *, search: str = "") -> dict[Tab, int]:
    """How many each tab holds, in two queries."""
    tabs = [tab for tab in Tab if tab is not Tab.TO_MAKE]
    sums = [func.sum(case((_in_tab(tab, membership), 1), else_=0)) for tab in tabs]
    found = db.session.execute(_narrowed(_joined(), membership, search).with_only_columns(*sums)).one()
    counts = {tab: int(number or 0) for tab, number in zip(tabs, found, strict=True)}
    if membership.role is Role.COORDINATOR:
        query = _narrowed(_to_make(membership), membership, search).with_only_columns(func.count(Placement.id))
        counts[Tab.TO_MAKE] = db.session.scalar(query) or 0
    return counts


def making_job(job_id: int, membership: Membership, task: str) -> Job:
    """A job of this kind for this organisation. Raises NotFound."""
    job = db.session.get(Job, job_id)
    if job is None or job.task != task or job.organisation_id != membership.organisation_id:
        raise NotFound()
    return job


def agreement_with_hash(digest: str) -> Agreement | None:
    """The agreement of which this is the file, to sign or with the signatures."""
    return db.session.scalar(
        select(Agreement)
        .where(or_(Agreement.document_hash == digest, Agreement.final_hash == digest))
        .order_by(Agreement.id)
        .limit(1)
    )


def amendment_of(agreement: Agreement) -> Agreement | None:
    """The text that replaced this one."""
    return db.session.scalar(
        select(Agreement).where(Agreement.amends_id == agreement.id, Agreement.state.in_(SIGNED_ONCE)).limit(1)
    )


def _is_theirs(signatory: Signatory, membership: Membership) -> bool:
    if signatory.part is Part.COORDINATOR:
        return membership.role is Role.COORDINATOR
    if signatory.part is Part.OFFICER:
        return membership.role in DESK_ROLES
    return signatory.account_id == membership.account_id


def _theirs(membership: Membership) -> ColumnElement[bool]:
    """The same in SQL, for a table."""
    if membership.role is Role.COORDINATOR:
        return Signatory.part == Part.COORDINATOR
    if membership.role in DESK_ROLES:
        return Signatory.part == Part.OFFICER
    return and_(Signatory.account_id == membership.account_id, Signatory.organisation_id.is_(None))


def _in_tab(tab: Tab, membership: Membership) -> ColumnElement[bool]:
    mine = exists().where(Signatory.agreement_id == Agreement.id, Signatory.signed_at.is_(None), _theirs(membership))
    signing = Agreement.state == AgreementState.SIGNING
    return {
        Tab.TO_SIGN: and_(signing, mine),
        Tab.WAITING: and_(Agreement.state.in_(UNDER_WAY), ~and_(signing, mine)),
        Tab.SIGNED: Agreement.state == AgreementState.SIGNED,
        Tab.ENDED: Agreement.state.in_({AgreementState.WITHDRAWN, AgreementState.REPLACED}),
    }[tab]


def _to_make(membership: Membership) -> Select[tuple[Placement]]:
    under_way = exists().where(Agreement.placement_id == Placement.id, Agreement.state.in_(UNDER_WAY))
    return select(Placement).where(part_of(membership), Placement.state == PlacementState.APPROVED, ~under_way)


def _joined() -> Select[tuple[Agreement]]:
    return select(Agreement).join(Agreement.placement)


def _narrowed(query: Select[Any], membership: Membership, search: str) -> Select[Any]:
    query = query.where(part_of(membership))
    for word in search.split()[:5]:
        query = query.where(_holds(word))
    return query


def _holds(word: str) -> ColumnElement[bool]:
    """The word stands in the title, the name of the student, the school or the municipality."""
    organisation, account = aliased(Organisation), aliased(Account)
    of_organisation = exists().where(
        organisation.id.in_((Placement.municipality_id, Placement.institution_id)),
        organisation.name.icontains(word, autoescape=True),
    )
    of_student = (
        exists()
        .where(PlacementPerson.placement_id == Placement.id, PlacementPerson.part == Part.STUDENT)
        .where(
            or_(
                PlacementPerson.name.icontains(word, autoescape=True),
                PlacementPerson.account_id.in_(
                    select(account.id).where(account.display_name.icontains(word, autoescape=True))
                ),
            )
        )
    )
    return or_(Placement.title.icontains(word, autoescape=True), of_organisation, of_student)


_PLACEMENT = (
    joinedload(Placement.institution),
    joinedload(Placement.municipality).joinedload(Organisation.desk).joinedload(Desk.holder),
    joinedload(Placement.programme),
    selectinload(Placement.people).joinedload(PlacementPerson.account),
    selectinload(Placement.goals).joinedload(LearningGoal.competence),
)
_WHOLE = (joinedload(Agreement.placement).options(*_PLACEMENT), selectinload(Agreement.signatories))


def _one(query: Select[tuple[Agreement]], *, lock: bool) -> Agreement:
    """One agreement with all that its page shows; locked it is read as it stands after whoever was first."""
    if lock:
        db.session.execute(query.with_only_columns(Agreement.id).with_for_update(of=Agreement))
    whole = query.options(*_WHOLE).execution_options(populate_existing=lock)
    found = db.session.scalars(whole).unique().one_or_none()
    if found is None:
        raise NotFound()
    return found
