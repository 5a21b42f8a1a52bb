"""The talks of a placement, as they stand in the calendars of those who take part: whole days, without an hour."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload

from matchmaker.accounts.models import Account
from matchmaker.appointments.entries import CalendarEntry, Wording
from matchmaker.appointments.models import AppointmentStatus
from matchmaker.appointments.queries import FEED_KEEPS
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.placements.models import Placement, PlacementPerson
from matchmaker.placements.parts import Part
from matchmaker.placements.records import Contact
from matchmaker.placements.states import CALLED_OFF


def entry_of(contact: Contact, *, wording: Wording) -> CalendarEntry:
    """The entry of one talk. A talk that falls is no longer there, and leaves the feed with it."""
    placement = contact.placement
    return CalendarEntry(
        noun="talk",
        id=contact.id,
        sequence=0 if contact.held_on is None else 1,
        title=placement.title,
        day=contact.held_on or contact.planned_on,
        location=placement.workplace if contact.at_workplace else "",
        path=f"/plaatsingen/{placement.id}/gesprekken",
        status=AppointmentStatus.AGREED if contact.held_on is None else AppointmentStatus.DONE,
        wording=wording,
    )


def talks_of(account: Account, *, since: date, until: date) -> Sequence[Contact]:
    """Those of one person from one day up to another, earliest first. Parents are not asked to talks."""
    return _found(_mine(account), Contact.planned_on >= since, Contact.planned_on < until)


def talks_for_feed(account: Account) -> Sequence[Contact]:
    """What a subscribed calendar shows: everything to come and half a year back."""
    return _found(_mine(account), Contact.planned_on >= today() - FEED_KEEPS)


def _mine(account: Account) -> ColumnElement[bool]:
    named = select(PlacementPerson.placement_id).where(
        PlacementPerson.account_id == account.id, PlacementPerson.part != Part.PARENT
    )
    return Placement.id.in_(named) & Placement.forgotten_at.is_(None)


def _found(*conditions: ColumnElement[bool]) -> Sequence[Contact]:
    return db.session.scalars(
        select(Contact)
        .join(Contact.placement)
        .where(Placement.state.not_in(CALLED_OFF), *conditions)
        .order_by(Contact.planned_on, Contact.id)
        .options(
            contains_eager(Contact.placement).options(
                joinedload(Placement.institution), joinedload(Placement.municipality)
            )
        )
    ).all()
