"""What a committee did in a period, as plain values: what a dossier for accreditation prints, and sealing it."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import at, local, today
from matchmaker.committees.days import check_year, months_on
from matchmaker.committees.meeting_models import Advice, Invitee, Meeting
from matchmaker.committees.models import Committee, Dossier, Seat, Term
from matchmaker.committees.spread import SpreadRow, brought, spread
from matchmaker.committees.states import MeetingState, TermState
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.files.actions import forget, keep
from matchmaker.vocabulary import AdviceAnswer, MunicipalitySize

KEEP_YEARS = 7
"""A programme is accredited every six years; a sealed dossier is there for the next time, and then thrown away."""
LONGEST_YEARS = 30
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One term; `name` is empty once it was forgotten."""

    seat: str
    name: str
    job_title: str
    organisation: str
    work_field: str
    size: MunicipalitySize | None
    first_day: date
    last_day: date
    renewed: int


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting that was held. `present` and `absent` are names, or organisations once names were forgotten."""

    day: date
    title: str
    location: str
    agenda: str
    minutes: str
    present: tuple[str, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One advice with what the school said and did."""

    given_on: date
    title: str
    text: str
    answer: AdviceAnswer | None
    answer_text: str
    answered_on: date | None
    follow_up: str
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a dossier prints, frozen at the moment it was asked."""

    committee: Committee
    first_day: date
    last_day: date
    members: tuple[MemberLine, ...]
    meetings: tuple[MeetingLine, ...]
    advices: tuple[AdviceLine, ...]
    spread: tuple[SpreadRow, ...]
    vacant: tuple[str, ...]

    @property
    def attendance(self) -> tuple[int, int]:
        """How many were there, of how many that were asked."""
        present = sum(len(each.present) for each in self.meetings)
        return present, present + sum(len(each.absent) for each in self.meetings)


def facts_of(committee: Committee, first_day: date, last_day: date) -> Facts:
    """What happened from one day to another, both included. Raises InvalidValue for a period that cannot be."""
    check_year("first_day", first_day)
    check_year("last_day", last_day)
    if last_day < first_day:
        raise InvalidValue("last_day", "reversed")
    if last_day > months_on(first_day, 12 * LONGEST_YEARS):
        raise InvalidValue("last_day", "too_long_period")
    terms = _terms(committee, first_day, last_day)
    seats = committee.seats if committee.closed_at else committee.standing
    at_the_end = [each for each in terms if each.covers(min(last_day, today()))]
    sitting = {each.seat_id for each in at_the_end}
    return Facts(
        committee=committee,
        first_day=first_day,
        last_day=last_day,
        members=tuple(map(_member, terms)),
        meetings=tuple(map(_meeting, _meetings(committee, first_day, last_day))),
        advices=tuple(map(_advice, _advices(committee, first_day, last_day))),
        spread=tuple(spread([(each.work_field, each.size) for each in seats], list(map(brought, at_the_end)))),
        vacant=tuple(each.name for each in seats if each.id not in sitting),
    )


def seal(facts: Facts, *, pdf: bytes, xlsx: bytes, by: Account | None) -> Dossier:
    """Keep both files as they are now. Their digests tell later whether a copy is the same."""
    committee = facts.committee
    name = f"dossier-{committee.id}-{facts.first_day}-{facts.last_day}"
    kept = {
        ending: keep(
            content, name=f"{name}.{ending}", media_type=media, organisation_id=committee.organisation_id, by=by
        )
        for ending, content, media in (("pdf", pdf, PDF), ("xlsx", xlsx, XLSX))
    }
    dossier = Dossier(
        committee=committee,
        first_day=facts.first_day,
        last_day=facts.last_day,
        pdf=kept["pdf"],
        xlsx=kept["xlsx"],
        sealed_by_id=by.id if by else None,
        keep_until=months_on(today(), 12 * KEEP_YEARS),
    )
    db.session.add(dossier)
    db.session.flush()
    record("dossier.sealed", about=dossier, by=by, organisation=committee.organisation)
    return dossier


def throw_away(dossier: Dossier) -> None:
    """A dossier whose time is over, files and all."""
    record("dossier.thrown_away", about=dossier, by=None, organisation=dossier.committee.organisation)
    files = (dossier.pdf, dossier.xlsx)
    db.session.delete(dossier)
    db.session.flush()
    for each in files:
        forget(each)


def _terms(committee: Committee, first_day: date, last_day: date) -> list[Term]:
    rows = db.session.scalars(
        select(Term)
        .join(Term.seat)
        .where(
            Seat.committee_id == committee.id,
            Term.state.in_((TermState.RUNNING, TermState.ENDED)),
            Term.starts_on <= last_day,
            Term.ends_on >= first_day,
        )
        .order_by(Term.starts_on, Term.id)
        .options(joinedload(Term.seat), joinedload(Term.account))
    )
    return list(rows)


def _meetings(committee: Committee, first_day: date, last_day: date) -> list[Meeting]:
    rows = db.session.scalars(
        select(Meeting)
        .where(
            Meeting.committee_id == committee.id,
            Meeting.state == MeetingState.HELD,
            Meeting.starts_at.between(at(first_day, time()), at(last_day + timedelta(days=1), time())),
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .options(
            selectinload(Meeting.people).joinedload(Invitee.term).joinedload(Term.account),
            selectinload(Meeting.people).joinedload(Invitee.keeper),
        )
    )
    return list(rows)


def _advices(committee: Committee, first_day: date, last_day: date) -> list[Advice]:
    rows = db.session.scalars(
        select(Advice)
        .where(Advice.committee_id == committee.id, Advice.given_on.between(first_day, last_day))
        .order_by(Advice.given_on, Advice.id)
    )
    return list(rows)


def _member(term: Term) -> MemberLine:
    return MemberLine(
        seat=term.seat.name,
        name=term.display_name,
        job_title=term.job_title,
        organisation=term.organisation_name,
        work_field=term.work_field,
        size=term.size,
        first_day=term.starts_on,
        last_day=term.ends_on,
        renewed=term.renewed,
    )


def _meeting(meeting: Meeting) -> MeetingLine:
    def named(was_there: bool) -> tuple[str, ...]:
        return tuple(_who(each) for each in meeting.people if bool(each.present) is was_there)

    return MeetingLine(
        day=local(meeting.starts_at).date(),
        title=meeting.title,
        location=meeting.location,
        agenda=meeting.agenda,
        minutes=meeting.minutes,
        present=named(True),
        absent=named(False),
    )


def _who(invitee: Invitee) -> str:
    return invitee.display_name or (invitee.term.organisation_name if invitee.term else "")


def _advice(advice: Advice) -> AdviceLine:
    return AdviceLine(
        given_on=advice.given_on,
        title=advice.title,
        text=advice.text,
        answer=advice.answer,
        answer_text=advice.answer_text,
        answered_on=advice.answered_on,
        follow_up=advice.follow_up,
        closed_on=advice.closed_on,
    )
