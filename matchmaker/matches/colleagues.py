"""Own colleagues who could do it. They are listed, never scored: by name, or least asked this year first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import func, select

from matchmaker.clock import at, today
from matchmaker.database import db
from matchmaker.matches.models import Match, MatchEvent
from matchmaker.matches.states import Action
from matchmaker.organisations.models import Leave, Membership
from matchmaker.organisations.queries import leave_on, members_with_role
from matchmaker.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone of the municipality: how often asked this year, away or not, and which fields of work are shared."""

    membership: Membership
    asked: int
    away: Leave | None
    shared_fields: tuple[str, ...]


def colleagues_who_could(match: Match, *, least_asked_first: bool = False) -> list[Colleague]:
    """Colleagues of the municipality whose team works on a field of the need, or who speak about one.

    When the need names no field, or nobody shares one, all colleagues. By name, or by how often they were asked this
    year and then by name.
    """
    wanted = set(match.need.work_fields) or set(match.offer.work_fields if match.offer else ())
    people = members_with_role(match.municipality, Role.COLLEAGUE)
    sharing = [each for each in people if not wanted or wanted & fields_of(each)] or list(people)
    ids = [each.account_id for each in sharing]
    asked, away = _times_asked(ids), leave_on(ids, today()) if ids else {}
    found = [
        Colleague(
            each,
            asked.get(each.account_id, 0),
            away.get(each.account_id),
            tuple(sorted(wanted & fields_of(each))),
        )
        for each in sharing
    ]
    return sorted(found, key=lambda each: (each.asked if least_asked_first else 0, _by_name(each)))


def colleagues_of(match: Match) -> Sequence[Membership]:
    """Everyone a colleague can name instead, by name."""
    return members_with_role(match.municipality, Role.COLLEAGUE, Role.OFFICER)


def fields_of(membership: Membership) -> set[str]:
    """The fields of work of someone's team and what they speak about."""
    return set(membership.speaks_about) | set(membership.team.work_fields if membership.team else ())


def _by_name(colleague: Colleague) -> tuple[str, int]:
    return colleague.membership.account.display_name, colleague.membership.id


def _times_asked(account_ids: Sequence[int]) -> dict[int, int]:
    """How often each was asked this calendar year, by account: matches that were routed to them."""
    if not account_ids:
        return {}
    year: datetime = at(today().replace(month=1, day=1), time(0))
    asked = (
        select(MatchEvent.values["to_id"].as_integer().label("account_id"))
        .where(MatchEvent.action == Action.ROUTE, MatchEvent.at >= year)
        .subquery()
    )
    rows = db.session.execute(
        select(asked.c.account_id, func.count().label("times"))
        .where(asked.c.account_id.in_(account_ids))
        .group_by(asked.c.account_id)
        .order_by(asked.c.account_id)
    )
    return {each.account_id: each.times for each in rows}
