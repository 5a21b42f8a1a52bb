"""Questions about meetings and advice: what is planned, and what stands in whose calendar. Always ordered, scoped."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from matchmaker.accounts.models import Account
from matchmaker.appointments.models import AppointmentKind
from matchmaker.appointments.queries import FEED_KEEPS, asked_until
from matchmaker.clock import at, local, now
from matchmaker.committees.meeting_models import Advice, Invitee, Meeting
from matchmaker.committees.models import Committee, Term
from matchmaker.committees.queries import keeps, sits_in
from matchmaker.committees.states import AdviceState, MeetingState
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.organisations.models import Membership

_PEOPLE = (
    selectinload(Meeting.people).joinedload(Invitee.term).joinedload(Term.account),
    selectinload(Meeting.people).joinedload(Invitee.keeper),
)


def planned_meetings(committee: Committee) -> Sequence[Meeting]:
    """Meetings still to come, earliest first."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.committee_id == committee.id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at > now())
        .order_by(Meeting.starts_at, Meeting.id)
        .options(*_PEOPLE)
    ).all()


def meetings_soon(moment: datetime) -> Sequence[Meeting]:
    """Planned meetings within two days of which nobody was reminded, earliest first."""
    before = at(asked_until(local(moment).date(), AppointmentKind.SESSION) + timedelta(days=1), time(0))
    return db.session.scalars(
        select(Meeting)
        .where(
            Meeting.state == MeetingState.PLANNED,
            Meeting.reminded_at.is_(None),
            Meeting.starts_at > moment,
            Meeting.starts_at < before,
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .options(joinedload(Meeting.committee), *_PEOPLE)
    ).all()


def meetings_of(committee: Committee) -> Sequence[Meeting]:
    """All meetings of a committee, newest first."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.committee_id == committee.id)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .options(selectinload(Meeting.people))
    ).all()


def next_meetings(committee_ids: Sequence[int]) -> Sequence[Meeting]:
    """What these committees have planned, earliest first."""
    return db.session.scalars(
        select(Meeting)
        .where(
            Meeting.committee_id.in_(list(committee_ids)),
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_at > now(),
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .options(joinedload(Meeting.committee))
    ).all()


def meeting_to_read(meeting_id: int, membership: Membership | None, account: Account) -> tuple[Meeting, bool]:
    """A meeting of a committee this person keeps or sits in, or to which they are asked, and whether they keep it."""
    kept = keeps(membership)
    asked = Meeting.id.in_(select(Invitee.meeting_id).where(Invitee.keeper_id == account.id))
    found = db.session.execute(
        select(Meeting, kept.label("kept"))
        .join(Meeting.committee)
        .where(Meeting.id == meeting_id, or_(kept, sits_in(account), asked))
        .options(contains_eager(Meeting.committee), *_PEOPLE)
    ).first()
    if found is None:
        raise NotFound("meeting")
    return found[0], bool(found[1])


def kept_meeting(meeting_id: int, membership: Membership | None) -> Meeting:
    """A meeting of a committee this person manages; raises NotFound."""
    found = db.session.scalar(
        select(Meeting)
        .join(Meeting.committee)
        .where(Meeting.id == meeting_id, keeps(membership))
        .options(contains_eager(Meeting.committee), *_PEOPLE)
    )
    if found is None:
        raise NotFound("meeting")
    return found


def invitee_by_id(invitee_id: int) -> Invitee | None:
    """Who holds a link to a meeting."""
    return db.session.scalar(
        select(Invitee)
        .where(Invitee.id == invitee_id)
        .options(joinedload(Invitee.meeting).joinedload(Meeting.committee), joinedload(Invitee.term))
    )


def _asked_to(account: Account) -> ColumnElement[bool]:
    mine = (
        select(Invitee.meeting_id)
        .outerjoin(Term, Term.id == Invitee.term_id)
        .where(or_(Invitee.keeper_id == account.id, Term.account_id == account.id))
    )
    return Meeting.id.in_(mine)


def meetings_in_calendar_of(account: Account, *, since: date, until: date) -> Sequence[Meeting]:
    """Meetings someone is asked to from one day up to another, in order of time; cancelled ones left out."""
    return db.session.scalars(
        select(Meeting)
        .where(
            _asked_to(account),
            Meeting.starts_at.between(at(since, time(0)), at(until, time(0))),
            Meeting.state != MeetingState.CANCELLED,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()


def meetings_here(membership: Membership | None, account: Account, *, since: date, until: date) -> Sequence[Meeting]:
    """Meetings of every committee someone keeps or sits in, from one day up to another, in order of time."""
    return db.session.scalars(
        select(Meeting)
        .join(Meeting.committee)
        .where(
            or_(keeps(membership), sits_in(account)),
            Meeting.starts_at.between(at(since, time(0)), at(until, time(0))),
            Meeting.state != MeetingState.CANCELLED,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()


def next_meeting_of(account: Account) -> Meeting | None:
    """The first meeting someone is asked to that is still to come."""
    return db.session.scalars(
        select(Meeting)
        .where(_asked_to(account), Meeting.state == MeetingState.PLANNED, Meeting.starts_at >= now())
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(1)
    ).first()


def meetings_for_feed(account: Account) -> Sequence[Meeting]:
    """What a subscribed calendar shows: everything to come and half a year back, cancelled ones included."""
    return db.session.scalars(
        select(Meeting).where(_asked_to(account), Meeting.starts_at >= now() - FEED_KEEPS).order_by(Meeting.id)
    ).all()


def advice_of(committee: Committee) -> Sequence[Advice]:
    """What a committee advised, newest first."""
    return db.session.scalars(
        select(Advice)
        .where(Advice.committee_id == committee.id)
        .order_by(Advice.given_on.desc(), Advice.id.desc())
        .options(joinedload(Advice.meeting))
    ).all()


def advice_due(day: date) -> Sequence[Advice]:
    """Open advice whose last day this is and about which nobody was reminded."""
    return _open_advice(Advice.answer_before == day, Advice.reminded_at.is_(None))


def advice_late(day: date) -> Sequence[Advice]:
    """Open advice whose last day has passed and that was not reported."""
    return _open_advice(Advice.answer_before < day, Advice.reported_at.is_(None))


def _open_advice(*conditions: ColumnElement[bool]) -> Sequence[Advice]:
    return db.session.scalars(
        select(Advice)
        .where(Advice.state == AdviceState.OPEN, *conditions)
        .order_by(Advice.answer_before, Advice.id)
        .options(joinedload(Advice.committee))
    ).all()


def kept_advice(advice_id: int, membership: Membership | None) -> Advice:
    """An advice of a committee this person manages; raises NotFound."""
    found = db.session.scalar(
        select(Advice)
        .join(Advice.committee)
        .where(Advice.id == advice_id, keeps(membership))
        .options(contains_eager(Advice.committee), joinedload(Advice.meeting))
    )
    if found is None:
        raise NotFound("advice")
    return found
