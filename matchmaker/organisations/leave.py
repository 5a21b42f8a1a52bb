"""Days away, and who covers. Letters and items of someone away go to the cover by themselves."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import BindParameter, Date, Select, bindparam, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.organisations.models import Leave, Membership, Organisation

MOST_DAYS = 370


def register_leave(
    account: Account,
    organisation: Organisation,
    *,
    first_day: date,
    last_day: date,
    cover: Account | None,
    by: Account,
) -> Leave:
    """Note that someone is away; both days included. Raises InvalidValue at the field that cannot be."""
    if last_day < first_day:
        raise InvalidValue("last_day", "reversed")
    if last_day < today():
        raise InvalidValue("last_day", "past")
    if (last_day - first_day).days > MOST_DAYS:
        raise InvalidValue("last_day", "too_far")
    if cover is not None and cover.id == account.id:
        raise InvalidValue("cover", "unknown_code")
    made = Leave(
        account_id=account.id,
        organisation_id=organisation.id,
        cover_id=cover.id if cover else None,
        first_day=first_day,
        last_day=last_day,
    )
    db.session.add(made)
    db.session.flush()
    record("leave.registered", about=made, by=by, organisation=organisation)
    return made


def cancel_leave(leave: Leave, *, by: Account) -> None:
    """Someone is not away after all."""
    record("leave.cancelled", about=leave, by=by)
    db.session.delete(leave)
    db.session.flush()


def covered_by(account_id: int | BindParameter[int]) -> Select[tuple[int]]:
    """The people someone stands in for on the day it is asked, by account: a select, to be part of a larger one."""
    day = bindparam(None, callable_=today, type_=Date)
    return select(Leave.account_id).where(Leave.cover_id == account_id, Leave.first_day <= day, Leave.last_day >= day)


def coming_leave(organisations: Sequence[Organisation]) -> Sequence[Leave]:
    """Who of these organisations is or will be away, first who goes first."""
    ids = [each.id for each in organisations]
    return db.session.scalars(
        select(Leave)
        .where(Leave.organisation_id.in_(ids), Leave.last_day >= today())
        .order_by(Leave.first_day, Leave.id)
        .options(joinedload(Leave.account), joinedload(Leave.cover))
    ).all()


def leave_here(leave_id: int, organisations: Sequence[Organisation]) -> Leave:
    """One row of these organisations; raises NotFound."""
    ids = [each.id for each in organisations]
    found = db.session.scalar(select(Leave).where(Leave.id == leave_id, Leave.organisation_id.in_(ids)))
    if found is None:
        raise NotFound()
    return found


def people_of(organisations: Sequence[Organisation]) -> Sequence[Membership]:
    """Everyone active in these organisations, by name, each person once per organisation."""
    ids = [each.id for each in organisations]
    rows = db.session.scalars(
        select(Membership)
        .join(Membership.account)
        .where(Membership.organisation_id.in_(ids), Membership.is_active)
        .order_by(Account.display_name, Membership.id)
        .options(joinedload(Membership.account), joinedload(Membership.organisation))
    ).all()
    return list({(each.account_id, each.organisation_id): each for each in reversed(rows)}.values())[::-1]
