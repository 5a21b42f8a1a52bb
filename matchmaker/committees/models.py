"""A committee, its seats and who sat on them when. Meetings and advice are in `meeting_models`."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import INTERNAL, LOGGED, MEMBER, MEMBER_ACCOUNT, REQUEST_TEXT, TECHNICAL, WHO
from matchmaker.clock import now, today
from matchmaker.committees.states import SeatState, TermState, next_state
from matchmaker.database import Code, Moment, db
from matchmaker.files.models import StoredFile
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Faculty, Organisation, Programme
from matchmaker.vocabulary import CommitteeKind, Level, MunicipalitySize, TermEnd

TERM_YEARS = 4
RENEWALS = 1
MEETINGS_A_YEAR = 2


class CommitteeEvent(db.Model):  # type: ignore[name-defined,misc]
    """One dated step of a seat, term, meeting or advice; `noun` and `subject_id` say which."""

    __tablename__ = "committee_events"
    __table_args__ = (Index("ix_committee_events_committee_id_at", "committee_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id", ondelete="CASCADE"), info=TECHNICAL)
    noun: Mapped[str] = mapped_column(String(10), info=TECHNICAL)
    subject_id: Mapped[int] = mapped_column(info=TECHNICAL)
    at: Mapped[datetime] = mapped_column(Moment, default=now, info=LOGGED)
    action: Mapped[str] = mapped_column(String(20), info=LOGGED)
    state_before: Mapped[str] = mapped_column(String(20), info=LOGGED)
    state_after: Mapped[str] = mapped_column(String(20), info=LOGGED)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=LOGGED)

    actor: Mapped[Account | None] = relationship()


class Living:
    """What has a life in `committees.states`: `move` is the only place that assigns a state."""

    NOUN: ClassVar[str]
    id: Any
    state: Any
    committee: Any

    def move(self, action: StrEnum, *, by: Account | None) -> CommitteeEvent:
        """Take one step and note it. Raises InvalidMove, before anything changed, when the table has no such step."""
        before = self.state
        self.state = next_state(self.NOUN, before, action)
        event = CommitteeEvent(
            committee_id=self.committee.id,
            noun=self.NOUN,
            subject_id=self.id,
            action=action.value,
            state_before=before.value,
            state_after=self.state.value,
            actor_id=by.id if by else None,
        )
        db.session.add(event)
        return event


class Committee(db.Model):  # type: ignore[name-defined,misc]
    """A committee of a faculty, or of one of its programmes. `owner` keeps it: calls the meetings, gets the letters.

    A term lasts `term_years` and may be renewed `renewals` times.
    """

    __tablename__ = "committees"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True, info=INTERNAL)
    faculty_id: Mapped[int] = mapped_column(ForeignKey("faculties.id"), index=True, info=INTERNAL)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programmes.id"), index=True, info=INTERNAL)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True, info=WHO)
    name: Mapped[str] = mapped_column(String(160), info=INTERNAL)
    kind: Mapped[CommitteeKind] = mapped_column(Code(CommitteeKind), info=INTERNAL)
    purpose: Mapped[str] = mapped_column(Text, default="", info=INTERNAL)
    term_years: Mapped[int] = mapped_column(default=TERM_YEARS, info=INTERNAL)
    renewals: Mapped[int] = mapped_column(default=RENEWALS, info=INTERNAL)
    meetings_per_year: Mapped[int] = mapped_column(default=MEETINGS_A_YEAR, info=INTERNAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    closed_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship()
    faculty: Mapped[Faculty] = relationship()
    programme: Mapped[Programme | None] = relationship()
    owner: Mapped[Account | None] = relationship()
    seats: Mapped[list["Seat"]] = relationship(back_populates="committee", order_by="Seat.id")

    @property
    def standing(self) -> list["Seat"]:
        """The seats there are now."""
        return [each for each in self.seats if each.state is not SeatState.REMOVED]

    @property
    def members(self) -> list["Term"]:
        """The terms that run, in the order of the seats."""
        return [each.current for each in self.standing if each.current and each.current.state is TermState.RUNNING]


class Seat(Living, db.Model):  # type: ignore[name-defined,misc]
    """One chair with the profile of who should sit on it. An empty part of the profile means anyone.

    `need` is the posting with which someone is looked for.
    """

    __tablename__ = "committee_seats"
    NOUN = "seat"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"), index=True, info=TECHNICAL)
    name: Mapped[str] = mapped_column(String(120), info=INTERNAL)
    work_field: Mapped[str] = mapped_column(String(3), default="", info=INTERNAL)
    size: Mapped[MunicipalitySize | None] = mapped_column(Code(MunicipalitySize), info=INTERNAL)
    level: Mapped[Level | None] = mapped_column(Code(Level), info=INTERNAL)
    profile: Mapped[str] = mapped_column(Text, default="", info=INTERNAL)
    state: Mapped[SeatState] = mapped_column(Code(SeatState), default=SeatState.VACANT, info=INTERNAL)
    need_id: Mapped[int | None] = mapped_column(ForeignKey("listings.id"), index=True, info=TECHNICAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    committee: Mapped[Committee] = relationship(back_populates="seats")
    need: Mapped[Listing | None] = relationship()
    terms: Mapped[list["Term"]] = relationship(back_populates="seat", order_by="Term.id")

    @property
    def current(self) -> "Term | None":
        """Who sits here, or was asked to."""
        open_ones = (TermState.PROPOSED, TermState.RUNNING)
        return next((each for each in reversed(self.terms) if each.state in open_ones), None)


class Term(Living, db.Model):  # type: ignore[name-defined,misc]
    """One person on one seat, from a day to a day, both included. Renewing moves the last day.

    Field and size are those of the person's work, and stay when name and address are forgotten: a year after the end
    the organisation, the field and the days are a counted fact of nobody.
    """

    __tablename__ = "committee_terms"
    __table_args__ = (Index("ix_committee_terms_state_ends_on", "state", "ends_on"),)
    NOUN = "term"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    seat_id: Mapped[int] = mapped_column(ForeignKey("committee_seats.id"), index=True, info=TECHNICAL)
    state: Mapped[TermState] = mapped_column(Code(TermState), default=TermState.PROPOSED, info=INTERNAL)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True, info=MEMBER_ACCOUNT)
    name: Mapped[str] = mapped_column(String(120), default="", info=MEMBER)
    address: Mapped[str] = mapped_column(String(254), default="", info=MEMBER)
    language: Mapped[str] = mapped_column(String(2), default="nl", info=MEMBER)
    job_title: Mapped[str] = mapped_column(String(120), default="", info=MEMBER)
    organisation_name: Mapped[str] = mapped_column(String(160), default="", info=INTERNAL)
    work_field: Mapped[str] = mapped_column(String(3), default="", info=INTERNAL)
    size: Mapped[MunicipalitySize | None] = mapped_column(Code(MunicipalitySize), info=INTERNAL)
    match_id: Mapped[int | None] = mapped_column(ForeignKey("matches.id"), unique=True, info=TECHNICAL)
    starts_on: Mapped[date] = mapped_column(info=INTERNAL)
    ends_on: Mapped[date] = mapped_column(index=True, info=INTERNAL)
    renewed: Mapped[int] = mapped_column(default=0, info=INTERNAL)
    warned_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    note: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    stopped_because: Mapped[TermEnd | None] = mapped_column(Code(TermEnd), info=INTERNAL)
    closed_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    forgotten_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    seat: Mapped[Seat] = relationship(back_populates="terms")
    account: Mapped[Account | None] = relationship()

    @property
    def committee(self) -> Committee:
        return self.seat.committee

    @property
    def display_name(self) -> str:
        """Empty once it was forgotten."""
        return self.name or (self.account.display_name if self.account else "")

    @property
    def reader(self) -> Account | None:
        """The account with which this person can sign in now."""
        return self.account if self.account is not None and self.account.is_active else None

    @property
    def email(self) -> str:
        return self.reader.email if self.reader else self.address

    @property
    def reads(self) -> str:
        return self.reader.language if self.reader else self.language

    @property
    def may_renew(self) -> bool:
        """Whether the committee allows one more term."""
        return self.state is TermState.RUNNING and self.renewed < self.committee.renewals

    @property
    def has_begun(self) -> bool:
        return self.starts_on <= today()

    def covers(self, day: date) -> bool:
        """Whether this person sits on the committee on a day."""
        return self.state in (TermState.RUNNING, TermState.ENDED) and self.starts_on <= day <= self.ends_on


class Dossier(db.Model):  # type: ignore[name-defined,misc]
    """What a committee did in a period, sealed: two files that no longer change, and when they are thrown away."""

    __tablename__ = "committee_dossiers"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"), index=True, info=TECHNICAL)
    first_day: Mapped[date] = mapped_column(info=INTERNAL)
    last_day: Mapped[date] = mapped_column(info=INTERNAL)
    pdf_id: Mapped[int] = mapped_column(ForeignKey("files.id"), index=True, info=TECHNICAL)
    xlsx_id: Mapped[int] = mapped_column(ForeignKey("files.id"), index=True, info=TECHNICAL)
    sealed_at: Mapped[datetime] = mapped_column(Moment, default=now, info=INTERNAL)
    sealed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    keep_until: Mapped[date] = mapped_column(index=True, info=INTERNAL)

    committee: Mapped[Committee] = relationship()
    sealed_by: Mapped[Account | None] = relationship()
    pdf: Mapped[StoredFile] = relationship(foreign_keys=[pdf_id])
    xlsx: Mapped[StoredFile] = relationship(foreign_keys=[xlsx_id])
