"""What someone agreed to, what it is about, and taking it back with all that hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Account
from matchmaker.consents.actions import withdraw
from matchmaker.consents.models import Consent, Purpose
from matchmaker.consents.queries import consents_of
from matchmaker.database import db
from matchmaker.errors import InvalidMove
from matchmaker.library.models import FinishedWork
from matchmaker.placements.actions import stop_follow, withdraw_product
from matchmaker.placements.actor import Actor
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part
from matchmaker.placements.records import FollowOn, Product


@dataclass(frozen=True, slots=True)
class Given:
    """A consent and what it is about: a placement, or finished work of an organisation. Neither when that is gone."""

    consent: Consent
    placement: Placement | None = None
    work: FinishedWork | None = None


def given_by(account: Account) -> list[Given]:
    """Everything someone agreed to, what stands first."""
    return _about(consents_of(account))


def about(consent: Consent) -> Given:
    """What one consent is about."""
    return _about([consent])[0]


def _about(consents: Sequence[Consent]) -> list[Given]:
    """What each is about, with one question for each kind of thing."""
    numbers = [each.id for each in consents]
    works = {
        each.consent_id: each
        for each in db.session.scalars(
            select(FinishedWork).where(FinishedWork.consent_id.in_(numbers)).options(joinedload(FinishedWork.listing))
        )
    }
    placements = {
        each.consent_id: each.placement
        for model in (FollowOn, Product)
        for each in db.session.scalars(
            select(model).where(model.consent_id.in_(numbers)).options(joinedload(model.placement))
        )
    }
    return [
        Given(each, work=works.get(each.id) if each.is_for_an_organisation else None, placement=placements.get(each.id))
        for each in consents
    ]


def withdraw_own(given: Given, *, by: Account) -> None:
    """Take back what someone agreed to for themselves; what it allowed ends at once.

    Raises InvalidMove for one that was given for an organisation, or taken back before.
    """
    consent, placement = given.consent, given.placement
    if consent.is_for_an_organisation:
        raise InvalidMove(state="for_an_organisation", action="withdraw")
    if placement is None:
        withdraw(consent, by=by)
        return
    student = Actor(Part.STUDENT, by, placement.person(Part.STUDENT))
    if consent.purpose is Purpose.FOLLOW:
        stop_follow(placement, by=student)
    else:
        withdraw_product(placement, by=student)


def withdraw_all(account: Account) -> None:
    """Take back everything someone agreed to for themselves; what they gave for an organisation stays."""
    for given in given_by(account):
        if given.consent.stands and not given.consent.is_for_an_organisation:
            withdraw_own(given, by=account)


def withdraw_by_address(address: str) -> None:
    """Take back everything that was agreed to from a mail address without an account."""
    for consent in db.session.scalars(select(Consent).where(Consent.address == address, Consent.stands)).all():
        withdraw(consent, by=None)
