"""How busy each desk is: open items per officer. The engine weighs it, the page shows it."""

from sqlalchemy import func, select

from matchmaker.database import db
from matchmaker.matches.models import Match
from matchmaker.matches.states import AT_DESK
from matchmaker.organisations.models import Desk, Membership, MembershipStatus
from matchmaker.vocabulary import Role

STAFF = (Role.OFFICER, Role.REGION_COORDINATOR)


def desk_loads() -> dict[int, float]:
    """Open items per officer, by desk. A desk without officers counts as one with a single officer."""
    items = (
        select(Match.desk_id, func.count().label("items"))
        .where(Match.state.in_(AT_DESK), Match.desk_id.is_not(None))
        .group_by(Match.desk_id)
        .subquery()
    )
    staff = (
        select(Membership.organisation_id, func.count(Membership.account_id.distinct()).label("people"))
        .where(Membership.role.in_(STAFF), Membership.status == MembershipStatus.ACTIVE)
        .group_by(Membership.organisation_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Desk.id, func.coalesce(items.c["items"], 0), func.coalesce(staff.c.people, 1))
        .outerjoin(items, items.c.desk_id == Desk.id)
        .outerjoin(staff, staff.c.organisation_id == Desk.holder_id)
        .order_by(Desk.id)
    )
    return {desk_id: count / people for desk_id, count, people in rows}
