"""A round, the places that are lent to it, and who wishes what."""

from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.applications.models import Application
from matchmaker.classification import APPLICATION, INTERNAL, PUBLIC, TECHNICAL, WHO
from matchmaker.clock import now, today
from matchmaker.cohorts.states import Action, Answer, State, next_state
from matchmaker.database import Code, Moment, db
from matchmaker.files.models import StoredFile
from matchmaker.jobs.models import Job
from matchmaker.listings.models import Offer
from matchmaker.organisations.models import Organisation, Programme
from matchmaker.vocabulary import Kind


class CohortRound(db.Model):  # type: ignore[name-defined,misc]
    """One round for the students of one or more programmes of a faculty, and for one kind of place.

    The seed of the lottery is drawn when the round opens and shown when it is published; from the start its digest is
    on the page, so that nobody can choose another one later. `placed` is how many got a place when it was published;
    `opening_job_id` the last job that opened placements of it.
    """

    __tablename__ = "cohort_rounds"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    institution_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True, info=INTERNAL)
    name: Mapped[str] = mapped_column(String(120), info=INTERNAL)
    kind: Mapped[Kind] = mapped_column(Code(Kind), info=PUBLIC)
    wishes_until: Mapped[date] = mapped_column(info=INTERNAL)
    seed: Mapped[str] = mapped_column(String(64), info=INTERNAL)
    state: Mapped[State] = mapped_column(Code(State), default=State.OPEN, info=INTERNAL)
    after_id: Mapped[int | None] = mapped_column(ForeignKey("cohort_rounds.id"), info=INTERNAL)
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"), info=TECHNICAL)
    published_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    placed: Mapped[int] = mapped_column(default=0, info=INTERNAL)
    opening_job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id"), info=TECHNICAL)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    institution: Mapped[Organisation] = relationship()
    programmes: Mapped[list[Programme]] = relationship(
        secondary="cohort_programmes", order_by="Programme.name, Programme.id"
    )
    after: Mapped["CohortRound | None"] = relationship(remote_side="CohortRound.id")
    certificate: Mapped[StoredFile | None] = relationship()
    created_by: Mapped[Account | None] = relationship()
    opening_job: Mapped[Job | None] = relationship()
    places: Mapped[list["CohortPlace"]] = relationship(back_populates="round", order_by="CohortPlace.id")

    def is_for(self, programme_id: int | None) -> bool:
        """Whether the students of this programme take part."""
        return programme_id in {each.id for each in self.programmes}

    @property
    def takes_wishes(self) -> bool:
        """Whether students can still say what they want."""
        return self.state is State.OPEN and self.wishes_until >= today()

    @property
    def can_run(self) -> bool:
        """Whether the last day for wishes has passed and nothing was given yet."""
        return self.state is State.OPEN and self.wishes_until < today()

    @property
    def seed_digest(self) -> str:
        """SHA-256 of the seed, in hexadecimal."""
        return sha256(self.seed.encode()).hexdigest()

    def move(self, action: Action) -> None:
        """Take one step: the only place that assigns a state. Raises InvalidMove when the table has no such step."""
        self.state = next_state(self.state, action)


class CohortProgramme(db.Model):  # type: ignore[name-defined,misc]
    """A programme whose students take part in a round."""

    __tablename__ = "cohort_programmes"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("cohort_rounds.id", ondelete="CASCADE"), primary_key=True, info=TECHNICAL
    )
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), primary_key=True, index=True, info=INTERNAL)


class CohortPlace(db.Model):  # type: ignore[name-defined,misc]
    """An offer a round asks for, and how many of its places the municipality lends to it."""

    __tablename__ = "cohort_places"
    __table_args__ = (UniqueConstraint("round_id", "offer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    round_id: Mapped[int] = mapped_column(ForeignKey("cohort_rounds.id", ondelete="CASCADE"), info=TECHNICAL)
    offer_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), index=True, info=TECHNICAL)
    answer: Mapped[Answer] = mapped_column(Code(Answer), default=Answer.ASKED, info=INTERNAL)
    places: Mapped[int] = mapped_column(default=0, info=INTERNAL)
    note: Mapped[str] = mapped_column(Text, default="", info=INTERNAL)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    answered_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    round: Mapped[CohortRound] = relationship(back_populates="places")
    offer: Mapped[Offer] = relationship()


class CohortStudent(db.Model):  # type: ignore[name-defined,misc]
    """A student who takes part, under a reference the certificate names: who it is stands nowhere in it."""

    __tablename__ = "cohort_students"
    __table_args__ = (UniqueConstraint("round_id", "student_id"), UniqueConstraint("round_id", "reference"))

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    round_id: Mapped[int] = mapped_column(ForeignKey("cohort_rounds.id", ondelete="CASCADE"), info=TECHNICAL)
    student_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True, info=APPLICATION)
    reference: Mapped[str] = mapped_column(String(12), info=TECHNICAL)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"), info=APPLICATION)
    wished_at: Mapped[datetime] = mapped_column(Moment, default=now, info=APPLICATION)

    round: Mapped[CohortRound] = relationship()
    student: Mapped[Account | None] = relationship()
    application: Mapped[Application | None] = relationship()
    wishes: Mapped[list["CohortWish"]] = relationship(
        order_by="CohortWish.rank", cascade="all, delete-orphan", passive_deletes=True
    )


class CohortWish(db.Model):  # type: ignore[name-defined,misc]
    """One wish; rank 1 is wanted most."""

    __tablename__ = "cohort_wishes"
    __table_args__ = (UniqueConstraint("participant_id", "offer_id"),)

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("cohort_students.id", ondelete="CASCADE"), primary_key=True, info=TECHNICAL
    )
    rank: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=APPLICATION)
    offer_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), index=True, info=APPLICATION)

    offer: Mapped[Offer] = relationship()
