"""Doing it together: one posting is asked by several municipalities, and each may step out again."""

from collections.abc import Sequence
from datetime import datetime

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.joint.alike import alike_of
from matchmaker.joint.letters import tell_desk
from matchmaker.joint.models import JointAssignment, JointPartner, Part
from matchmaker.joint.queries import hold, joint_on, joint_without_posting, postings_asked, postings_taken
from matchmaker.listings.actions import close, put_online
from matchmaker.listings.models import Listing
from matchmaker.matches.actions import propose_for
from matchmaker.vocabulary import ListingStatus


def propose(listing: Listing, *, to: Sequence[Listing], note: str = "", by: Account) -> JointAssignment:
    """Ask the desks of other postings to do it together, with this posting as the one that stays. They get a letter.

    Raises InvalidValue at `others` when none is chosen, one is not alike or does it with others already, and when this
    posting was itself asked for another. A municipality that said no is not asked again.
    """
    hold([listing, *to])
    if not to or {each.id for each in to} - {each.listing.id for each in alike_of(listing)}:
        raise InvalidValue("others", "choose_with")
    if postings_asked([listing]):
        raise InvalidValue("others", "answer_first")
    joint = joint_on(listing)
    if joint is None:
        joint = JointAssignment(listing=listing, started_by_id=by.id, partners=[])
        db.session.add(joint)
    known = {each.listing_id: each for each in joint.partners}
    declined = any(known[each.id].part is Part.DECLINED for each in to if each.id in known)
    if declined or postings_taken(to):
        raise InvalidValue("others", "with_others")
    joint.ended_at, joint.note = None, note.strip()
    for each in to:
        partner = known.get(each.id) or JointPartner(listing=each, organisation=each.organisation)
        if partner.joint is None:
            joint.partners.append(partner)
        partner.part, partner.asked_at, partner.answered_at = Part.ASKED, now(), None
    db.session.flush()
    record("joint.propose", about=joint, by=by, organisation=listing.organisation)
    for each in to:
        tell_desk("joint_asked", each, joint, note=joint.note)
    return joint


def answer(partner: JointPartner, *, yes: bool, note: str = "", by: Account) -> JointPartner:
    """Say yes or no to doing it together. With a yes the own posting goes offline: the joint one stands for it.

    Raises InvalidMove when there is nothing to answer, or the joint posting is no longer open.
    """
    joint = partner.joint
    if partner.part is not Part.ASKED or joint.ended_at is not None or (yes and not joint.listing.is_open):
        raise InvalidMove(state=partner.part.value, action="answer")
    partner.part = Part.JOINED if yes else Part.DECLINED
    partner.note, partner.answered_at, partner.answered_by_id = note.strip(), now(), by.id
    if yes and partner.listing.is_published:
        partner.closed_own = True
        close(partner.listing, by=by)
    db.session.flush()
    record("joint.join" if yes else "joint.decline", about=partner, by=by, organisation=partner.organisation)
    tell_desk("joint_answered", joint.listing, joint, yes=yes, note=partner.note, partner=partner.organisation.name)
    return partner


def leave(partner: JointPartner, *, by: Account) -> JointPartner:
    """Step out: the own posting comes back, and the owner hears it. Raises InvalidMove for who has not joined."""
    if partner.part is not Part.JOINED:
        raise InvalidMove(state=partner.part.value, action="leave")
    _release(partner, by=by)
    record("joint.leave", about=partner, by=by, organisation=partner.organisation)
    tell_desk("joint_stopped", partner.joint.listing, partner.joint, who=partner.organisation.name)
    return partner


def end(joint: JointAssignment, *, by: Account | None) -> JointAssignment:
    """Stop doing it together: everyone's own posting comes back, and everyone hears it. Raises InvalidMove twice."""
    if joint.ended_at is not None:
        raise InvalidMove(state="ended", action="end")
    owner = joint.listing.organisation
    told = [each for each in joint.partners if each.part in (Part.ASKED, Part.JOINED)]
    for partner in told:
        _release(partner, by=by)
        tell_desk("joint_stopped", partner.listing, joint, who=owner.name if owner else "")
    joint.ended_at = now()
    db.session.flush()
    record("joint.end", about=joint, by=by, organisation=owner)
    return joint


def end_what_went_offline(_moment: datetime) -> int:
    """Stop what is done together once its posting is offline and no school is at work on it; returns how many.

    Else the postings of who joined would stay offline for nothing. With a school at work the joint one was answered.
    """
    gone = joint_without_posting()
    for joint in gone:
        end(joint, by=None)
    return len(gone)


def _release(partner: JointPartner, *, by: Account | None) -> None:
    """Give a municipality its own posting back, unless its last day has passed meanwhile."""
    own = partner.listing
    partner.part = Part.LEFT
    returns = partner.closed_own and own.status is ListingStatus.CLOSED
    partner.closed_own = False
    if returns:
        own.status = ListingStatus.PUBLISHED
        if own.is_open:
            put_online(own)
            record("listing.published", about=own, by=by)
            propose_for(own, by=by)
        else:
            own.status = ListingStatus.CLOSED
    db.session.flush()
