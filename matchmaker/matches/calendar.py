"""The appointments of everyone someone works with: those of the matches they may see, whoever goes."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from matchmaker.appointments.models import Appointment
from matchmaker.appointments.queries import stands_between
from matchmaker.database import db
from matchmaker.matches.models import Match
from matchmaker.matches.queries import part_of
from matchmaker.organisations.models import Membership


def appointments_here(membership: Membership, *, since: date, until: date) -> Sequence[Appointment]:
    """From one day up to another, in no order: a session has a moment, a place or a seat a first day."""
    return db.session.scalars(
        select(Appointment)
        .join(Match, Match.id == Appointment.match_id)
        .where(part_of(membership), stands_between(since, until))
        .order_by(Appointment.id)
    ).all()
