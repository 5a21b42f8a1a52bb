"""What stands in the way of erasing someone, each with a way out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select

from matchmaker.accounts.models import Account
from matchmaker.applications.models import Application
from matchmaker.applications.states import RUNNING
from matchmaker.committees.models import Committee
from matchmaker.database import db
from matchmaker.matches.handing_over import listings_held, matches_held
from matchmaker.organisations.memberships import is_last_administrator
from matchmaker.organisations.queries import active_memberships
from matchmaker.placements.models import Placement, PlacementPerson
from matchmaker.placements.parts import Part
from matchmaker.privacy.holding import hold_around
from matchmaker.privacy.my_data import person_of


class Way(StrEnum):
    """Why someone cannot be erased now."""

    HELD = "held"
    LAST_ADMINISTRATOR = "last_administrator"
    WORK = "work_to_hand_over"
    COMMITTEE = "committee_to_hand_over"
    APPLICATION = "application_running"
    PLACEMENT = "placement_running"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason, with the organisation, the number of things, or the last day that goes with it."""

    way: Way
    organisation: str = ""
    number: int = 0
    until: date | None = None


def obstacles(account: Account, *, lock: bool = False) -> list[Obstacle]:
    """Everything that stands in the way. With `lock`, for a request that writes, the rows that decide it are held."""
    found = []
    hold = hold_around(person_of(account))
    if hold is not None:
        found.append(Obstacle(Way.HELD, until=hold.ends_on))
    organisations = {}
    for membership in active_memberships(account):
        organisations[membership.organisation_id] = membership.organisation
        if is_last_administrator(membership, lock=lock):
            found.append(Obstacle(Way.LAST_ADMINISTRATOR, membership.organisation.name))
    for each in organisations.values():
        number = len(matches_held(account, each)) + len(listings_held(account, each))
        if number:
            found.append(Obstacle(Way.WORK, each.name, number))
    for way, counted in (
        (Way.COMMITTEE, select(func.count(Committee.id)).where(_keeps(account))),
        (Way.APPLICATION, select(func.count(Application.id)).where(_applies(account))),
        (Way.PLACEMENT, select(func.count(Placement.id)).join(Placement.people).where(_is_placed(account))),
    ):
        number = db.session.scalar(counted) or 0
        if number:
            found.append(Obstacle(way, number=number))
    return found


def _keeps(account: Account):  # type: ignore[no-untyped-def]
    return (Committee.owner_id == account.id) & Committee.closed_at.is_(None)


def _applies(account: Account):  # type: ignore[no-untyped-def]
    return (Application.student_id == account.id) & Application.state.in_(RUNNING)


def _is_placed(account: Account):  # type: ignore[no-untyped-def]
    return (
        (PlacementPerson.account_id == account.id)
        & (PlacementPerson.part == Part.STUDENT)
        & Placement.ended_at.is_(None)
    )
