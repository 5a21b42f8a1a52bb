"""Questions about joint assignments. A desk sees those of the municipalities it serves; else NotFound."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.joint.models import JointAssignment, JointPartner, Part
from matchmaker.listings.models import Listing
from matchmaker.matches.models import Match
from matchmaker.matches.states import ENDED, State
from matchmaker.organisations.models import Desk, Organisation
from matchmaker.vocabulary import ListingStatus

BUSY = (Part.ASKED, Part.JOINED)


def posting_of_desk(reference: str, desk: Desk) -> Listing:
    """A posting of a municipality this desk serves. Raises NotFound."""
    query = (
        select(Listing)
        .join(Listing.organisation)
        .where(Listing.reference == reference, Organisation.desk_id == desk.id)
        .options(joinedload(Listing.organisation), joinedload(Listing.programme))
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("listing")
    return found


def waiting_for(desk: Desk) -> Sequence[JointPartner]:
    """What this desk was asked to join and has not answered, oldest first."""
    query = _partners().where(JointPartner.part == Part.ASKED, _serves(JointPartner.organisation_id, desk))
    return db.session.scalars(query.order_by(JointPartner.asked_at, JointPartner.id)).unique().all()


def running_at(desk: Desk) -> Sequence[JointAssignment]:
    """Joint assignments of which a municipality of this desk is the owner, or has joined; newest first."""
    own = aliased(Listing)
    led = select(JointAssignment.id).join(own, own.id == JointAssignment.listing_id)
    joined = select(JointPartner.joint_id).where(
        JointPartner.part == Part.JOINED, _serves(JointPartner.organisation_id, desk)
    )
    query = (
        select(JointAssignment)
        .where(
            JointAssignment.ended_at.is_(None),
            or_(JointAssignment.id.in_(led.where(_serves(own.organisation_id, desk))), JointAssignment.id.in_(joined)),
        )
        .options(
            joinedload(JointAssignment.listing).joinedload(Listing.organisation),
            selectinload(JointAssignment.partners).joinedload(JointPartner.organisation),
        )
        .order_by(JointAssignment.created_at.desc(), JointAssignment.id.desc())
    )
    return db.session.scalars(query).unique().all()


def partner_of_desk(number: int, desk: Desk) -> JointPartner:
    """A municipality of this desk in a running joint assignment. Raises NotFound."""
    found = db.session.scalar(_partners().where(JointPartner.id == number, _serves(JointPartner.organisation_id, desk)))
    if found is None:
        raise NotFound("joint")
    return found


def joint_of_desk(number: int, desk: Desk) -> JointAssignment:
    """A running joint assignment owned by a municipality of this desk. Raises NotFound."""
    query = (
        select(JointAssignment)
        .join(JointAssignment.listing)
        .where(
            JointAssignment.id == number,
            JointAssignment.ended_at.is_(None),
            _serves(Listing.organisation_id, desk),
        )
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("joint")
    return found


def joint_on(listing: Listing) -> JointAssignment | None:
    """The joint assignment a posting leads, also one that has ended."""
    return db.session.scalar(select(JointAssignment).where(JointAssignment.listing_id == listing.id))


def joint_without_posting() -> Sequence[JointAssignment]:
    """Running joint assignments whose posting is offline for good while no school is at work on it, by number."""
    posting = aliased(Listing)
    answered = select(Match.id).where(
        or_(Match.offer_id == posting.id, Match.need_id == posting.id),
        Match.state.not_in([State.PROPOSED, *ENDED - {State.DONE}]),
    )
    query = (
        select(JointAssignment)
        .join(posting, posting.id == JointAssignment.listing_id)
        .where(
            JointAssignment.ended_at.is_(None),
            posting.status.in_([ListingStatus.CLOSED, ListingStatus.EXPIRED]),
            ~answered.exists(),
        )
        .order_by(JointAssignment.id)
    )
    return db.session.scalars(query).all()


def postings_taken(listings: Sequence[Listing]) -> frozenset[int]:
    """Those of these postings that lead a running joint assignment, were asked for one or have joined one."""
    led = select(JointAssignment.listing_id).where(
        JointAssignment.listing_id.in_([each.id for each in listings]),
        JointAssignment.ended_at.is_(None),
        JointAssignment.partners.any(JointPartner.part.in_(BUSY)),
    )
    return frozenset(db.session.scalars(led)) | postings_asked(listings)


def postings_asked(listings: Sequence[Listing]) -> frozenset[int]:
    """Those of these postings that were asked for a running joint assignment, or have joined one."""
    asked = (
        select(JointPartner.listing_id)
        .join(JointPartner.joint)
        .where(
            JointPartner.listing_id.in_([each.id for each in listings]),
            JointPartner.part.in_(BUSY),
            JointAssignment.ended_at.is_(None),
        )
    )
    return frozenset(db.session.scalars(asked))


def hold(listings: Sequence[Listing]) -> None:
    """Keep others from proposing with the same postings until this transaction ends."""
    numbers = [each.id for each in listings]
    db.session.execute(select(Listing.id).where(Listing.id.in_(numbers)).order_by(Listing.id).with_for_update())


def asked_together(listing: Listing) -> list[Organisation]:
    """Every municipality that asks this posting: its own first, then who joined, by name. Empty when it asks alone."""
    query = (
        select(Organisation)
        .join(JointPartner, JointPartner.organisation_id == Organisation.id)
        .join(JointPartner.joint)
        .where(
            JointAssignment.listing_id == listing.id,
            JointAssignment.ended_at.is_(None),
            JointPartner.part == Part.JOINED,
        )
        .order_by(Organisation.name, Organisation.id)
    )
    joined = list(db.session.scalars(query))
    return [listing.organisation, *joined] if joined and listing.organisation else []


def _partners() -> Select[tuple[JointPartner]]:
    return (
        select(JointPartner)
        .join(JointPartner.joint)
        .where(JointAssignment.ended_at.is_(None))
        .options(
            joinedload(JointPartner.organisation),
            joinedload(JointPartner.listing).joinedload(Listing.organisation),
            joinedload(JointPartner.joint).joinedload(JointAssignment.listing).joinedload(Listing.organisation),
        )
    )


def _serves(column: Any, desk: Desk) -> ColumnElement[bool]:
    return column.in_(select(Organisation.id).where(Organisation.desk_id == desk.id))
