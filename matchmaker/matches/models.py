"""Match: one need and one municipality (mostly with one of its offers), and every step between them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, UniqueConstraint, and_
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import INTERNAL, LOGGED, PUBLIC, REQUEST_TEXT, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db
from matchmaker.listings.models import Need, Offer
from matchmaker.matches.states import ENDED, Action, State, next_state
from matchmaker.organisations.models import Desk, Organisation
from matchmaker.vocabulary import Kind, Party, Refusal

MUNICIPAL = frozenset({Party.MUNICIPALITY, Party.COLLEAGUE})
"""Who speaks for the municipality."""


class Match(db.Model):  # type: ignore[name-defined,misc]
    """A need meets a municipality. `offer` is empty when the desk was asked without a posting.

    For an open question the municipality has the need and the school the offer; for every other kind the reverse.
    `reasons` and `hints` are the engine's codes and values with the versions they came from.
    """

    __tablename__ = "matches"
    __table_args__ = (
        UniqueConstraint("need_id", "offer_id"),
        Index("ix_matches_desk_id_state_due_at", "desk_id", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    kind: Mapped[Kind] = mapped_column(Code(Kind), info=PUBLIC)
    need_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), index=True, info=TECHNICAL)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("listings.id"), index=True, info=TECHNICAL)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True, info=PUBLIC)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True, info=PUBLIC)
    desk_id: Mapped[int | None] = mapped_column(ForeignKey("desks.id"), info=TECHNICAL)
    state: Mapped[State] = mapped_column(Code(State), default=State.PROPOSED, info=INTERNAL)
    score: Mapped[float | None] = mapped_column(info=INTERNAL)
    reasons: Mapped[list[Any]] = mapped_column(default=list, info=INTERNAL)
    hints: Mapped[dict[str, Any]] = mapped_column(default=dict, info=INTERNAL)
    weights_version: Mapped[str] = mapped_column(String(20), default="", info=INTERNAL)
    crosswalk_version: Mapped[str] = mapped_column(String(20), default="", info=INTERNAL)
    initiated_by: Mapped[Party | None] = mapped_column(Code(Party), info=INTERNAL)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True, info=WHO)
    colleague_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True, info=WHO)
    school_contact_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True, info=WHO)
    note: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    requested_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    first_answered_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    due_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    escalated_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    refusal: Mapped[Refusal | None] = mapped_column(Code(Refusal), info=INTERNAL)
    refusal_note: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    forwarded_from_id: Mapped[int | None] = mapped_column(ForeignKey("matches.id"), index=True, info=INTERNAL)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"), unique=True, index=True, info=TECHNICAL)
    ring: Mapped[int] = mapped_column(default=0, info=INTERNAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    need: Mapped[Need] = relationship(foreign_keys=[need_id])
    offer: Mapped[Offer | None] = relationship(foreign_keys=[offer_id])
    municipality: Mapped[Organisation] = relationship(foreign_keys=[municipality_id])
    school: Mapped[Organisation | None] = relationship(foreign_keys=[school_id])
    desk: Mapped[Desk | None] = relationship()
    owner: Mapped[Account | None] = relationship(foreign_keys=[owner_id])
    colleague: Mapped[Account | None] = relationship(foreign_keys=[colleague_id])
    school_contact: Mapped[Account | None] = relationship(foreign_keys=[school_contact_id])
    forwarded_from: Mapped["Match | None"] = relationship(remote_side="Match.id")
    basis: Mapped["ProposalBasis | None"] = relationship(
        back_populates="match", cascade="all, delete-orphan", passive_deletes=True
    )
    events: Mapped[list["MatchEvent"]] = relationship(
        back_populates="match", order_by="MatchEvent.at, MatchEvent.id", cascade="all, delete-orphan"
    )

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @hybrid_property
    def is_late(self) -> bool:
        """Whether the turn of whoever is next has ended without a step."""
        return self.due_at is not None and self.due_at < now()

    @is_late.inplace.expression
    @classmethod
    def _is_late(cls) -> ColumnElement[bool]:
        return and_(cls.due_at.is_not(None), cls.due_at < now())

    def move(
        self, action: Action, *, by: Account | None, as_party: Party, note: str = "", **values: Any
    ) -> "MatchEvent":
        """Take one step: the only place that assigns a state. Raises InvalidMove when the table has no such step."""
        before = self.state
        self.state = next_state(before, action)
        if self.has_ended:
            self.ended_at, self.due_at = now(), None
        event = MatchEvent(
            action=action,
            state_before=before,
            state_after=self.state,
            actor_id=by.id if by else None,
            party=as_party,
            note=note,
            values=values,
        )
        self.events.append(event)
        return event


class MatchEvent(db.Model):  # type: ignore[name-defined,misc]
    """One dated step in a match, as both sides may see it; `values` are codes and numbers for the sentence."""

    __tablename__ = "match_events"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"), index=True, info=TECHNICAL)
    at: Mapped[datetime] = mapped_column(Moment, default=now, info=LOGGED)
    action: Mapped[Action] = mapped_column(Code(Action), info=LOGGED)
    state_before: Mapped[State] = mapped_column(Code(State), info=LOGGED)
    state_after: Mapped[State] = mapped_column(Code(State), info=LOGGED)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=LOGGED)
    party: Mapped[Party] = mapped_column(Code(Party), info=LOGGED)
    note: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict, info=LOGGED)

    match: Mapped[Match] = relationship(back_populates="events")
    actor: Mapped[Account | None] = relationship()


class ProfileSnapshot(db.Model):  # type: ignore[name-defined,misc]
    """A posting as the engine saw it when it made a proposal, without the load of the desk. Each state is kept once."""

    __tablename__ = "profile_snapshots"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    digest: Mapped[str] = mapped_column(String(64), unique=True, info=TECHNICAL)
    values: Mapped[dict[str, Any]] = mapped_column(info=PUBLIC)


class ProposalBasis(db.Model):  # type: ignore[name-defined,misc]
    """What the engine saw of both sides of a proposal, so that its numbers can be computed again.

    The loads are open items per officer at the desk of that side; None where there is no desk.
    """

    __tablename__ = "proposal_bases"

    match_id: Mapped[int] = mapped_column(
        ForeignKey("matches.id", ondelete="CASCADE"), primary_key=True, info=TECHNICAL
    )
    need_snapshot_id: Mapped[int] = mapped_column(ForeignKey("profile_snapshots.id"), index=True, info=TECHNICAL)
    offer_snapshot_id: Mapped[int] = mapped_column(ForeignKey("profile_snapshots.id"), index=True, info=TECHNICAL)
    need_load: Mapped[float | None] = mapped_column(info=INTERNAL)
    offer_load: Mapped[float | None] = mapped_column(info=INTERNAL)

    match: Mapped[Match] = relationship(back_populates="basis")
    need_snapshot: Mapped[ProfileSnapshot] = relationship(foreign_keys=[need_snapshot_id])
    offer_snapshot: Mapped[ProfileSnapshot] = relationship(foreign_keys=[offer_snapshot_id])
