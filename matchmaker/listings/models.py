"""Offer and Need, two sides of one table, and what hangs on them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    or_,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import INTERNAL, LISTING_TEXT, PUBLIC, REQUEST_TEXT, SETTING, TECHNICAL, VISITOR, WHO
from matchmaker.clock import now, today
from matchmaker.database import Code, Moment, db
from matchmaker.organisations.models import Organisation, Programme, Team
from matchmaker.vocabulary import Kind, ListingStatus, Mode, Side


class Listing(db.Model):  # type: ignore[name-defined,misc]
    """What an offer and a need have in common.

    Empty lists mean *all*, never none. Hours are a range per week, the allowance a range in euro a month at 36 hours.
    A period is start and end, or a start and a duration in weeks. `details` holds the fields only this kind asks
    (see `listings.kinds`). `terms` is what the analysis of that version made of title and text (`listings.analysis`).
    `import_event_id` is the line in the log of the import that brought it.
    """

    __tablename__ = "listings"
    __table_args__ = (
        UniqueConstraint("organisation_id", "import_key"),
        CheckConstraint("places >= 1", name="places_positive"),
        CheckConstraint("places_taken >= 0 AND places_taken <= places", name="places_taken_within"),
        Index("ix_listings_side_status_published_at_id", "side", "status", "published_at", "id"),
        Index("ix_listings_organisation_id_side_status", "organisation_id", "side", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    reference: Mapped[str] = mapped_column(String(12), unique=True, info=PUBLIC)
    side: Mapped[Side] = mapped_column(Code(Side), info=PUBLIC)
    kind: Mapped[Kind] = mapped_column(Code(Kind), index=True, info=PUBLIC)
    status: Mapped[ListingStatus] = mapped_column(Code(ListingStatus), default=ListingStatus.DRAFT, info=PUBLIC)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), info=PUBLIC)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True, info=PUBLIC)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programmes.id"), index=True, info=PUBLIC)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True, info=WHO)
    title: Mapped[str] = mapped_column(String(160), default="", info=LISTING_TEXT)
    text: Mapped[str] = mapped_column(Text, default="", info=LISTING_TEXT)
    work_fields: Mapped[list[str]] = mapped_column(default=list, info=PUBLIC)
    study_fields: Mapped[list[str]] = mapped_column(default=list, info=PUBLIC)
    levels: Mapped[list[str]] = mapped_column(default=list, info=PUBLIC)
    tracks: Mapped[list[str]] = mapped_column(default=list, info=PUBLIC)
    languages: Mapped[list[str]] = mapped_column(default=list, info=PUBLIC)
    hours_min: Mapped[int | None] = mapped_column(info=PUBLIC)
    hours_max: Mapped[int | None] = mapped_column(info=PUBLIC)
    starts_on: Mapped[date | None] = mapped_column(info=PUBLIC)
    ends_on: Mapped[date | None] = mapped_column(info=PUBLIC)
    duration_weeks: Mapped[int | None] = mapped_column(info=PUBLIC)
    slots: Mapped[list[Any]] = mapped_column(default=list, info=PUBLIC)
    allowance_min: Mapped[int | None] = mapped_column(info=PUBLIC)
    allowance_max: Mapped[int | None] = mapped_column(info=PUBLIC)
    allowance_note: Mapped[str] = mapped_column(String(200), default="", info=LISTING_TEXT)
    respond_before: Mapped[date | None] = mapped_column(index=True, info=PUBLIC)
    place: Mapped[str] = mapped_column(String(120), default="", info=PUBLIC)
    latitude: Mapped[float | None] = mapped_column(info=PUBLIC)
    longitude: Mapped[float | None] = mapped_column(info=PUBLIC)
    mode: Mapped[Mode] = mapped_column(Code(Mode), default=Mode.ON_SITE, info=PUBLIC)
    max_distance_km: Mapped[int | None] = mapped_column(info=PUBLIC)
    places: Mapped[int] = mapped_column(default=1, info=PUBLIC)
    places_taken: Mapped[int] = mapped_column(default=0, info=PUBLIC)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict, info=LISTING_TEXT)
    returned_because: Mapped[str] = mapped_column(Text, default="", info=INTERNAL)
    import_key: Mapped[str | None] = mapped_column(String(80), index=True, info=INTERNAL)
    import_event_id: Mapped[int | None] = mapped_column(info=INTERNAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    published_at: Mapped[datetime | None] = mapped_column(Moment, info=PUBLIC)
    closed_at: Mapped[datetime | None] = mapped_column(Moment, info=PUBLIC)
    expiry_warned_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    terms: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True), deferred=True, info=LISTING_TEXT)
    terms_version: Mapped[str] = mapped_column(String(16), default="", index=True, deferred=True, info=TECHNICAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version, "polymorphic_on": side}

    organisation: Mapped[Organisation | None] = relationship()
    team: Mapped[Team | None] = relationship()
    programme: Mapped[Programme | None] = relationship()
    owner: Mapped[Account | None] = relationship()
    index_rows: Mapped[list["ListingTag"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, back_populates="listing"
    )

    @hybrid_property
    def places_left(self) -> int:
        return self.places - self.places_taken

    @hybrid_property
    def is_published(self) -> bool:
        return self.status == ListingStatus.PUBLISHED

    @hybrid_property
    def is_open(self) -> bool:
        """Whether the other side can still respond: online, a place left, and the last day to respond not past."""
        in_time = self.respond_before is None or self.respond_before >= today()
        return self.is_published and self.places_left > 0 and in_time

    @is_open.inplace.expression
    @classmethod
    def _is_open(cls) -> ColumnElement[bool]:
        in_time = or_(cls.respond_before.is_(None), cls.respond_before >= today())
        return and_(cls.is_published, cls.places_left > 0, in_time)


class Offer(Listing):
    """What someone can give."""

    __mapper_args__ = {"polymorphic_identity": Side.OFFER}


class Need(Listing):
    """What someone looks for."""

    __mapper_args__ = {"polymorphic_identity": Side.NEED}


class ListingTag(db.Model):  # type: ignore[name-defined,misc]
    """One value of a list column, kept beside it by `listings.actions` for filters and facet counts."""

    __tablename__ = "listing_tags"
    __table_args__ = (Index("ix_listing_tags_facet_value_listing_id", "facet", "value", "listing_id"),)

    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listings.id", ondelete="CASCADE"), primary_key=True, info=TECHNICAL
    )
    facet: Mapped[str] = mapped_column(String(20), primary_key=True, info=TECHNICAL)
    value: Mapped[str] = mapped_column(String(40), primary_key=True, info=PUBLIC)

    listing: Mapped[Listing] = relationship(back_populates="index_rows")


class ListingChange(db.Model):  # type: ignore[name-defined,misc]
    """A listing that changed in the transaction with this number, also one that is gone since (see `listings.changes`).

    `listing_id` 0 stands for more listings than are worth naming.
    """

    __tablename__ = "listing_changes"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=TECHNICAL)
    listing_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=TECHNICAL)
    at: Mapped[datetime] = mapped_column(Moment, index=True, info=TECHNICAL)


class ListingChangeCounter(db.Model):  # type: ignore[name-defined,misc]
    """The one row (number 1) that holds the last change number, and the last one that was forgotten."""

    __tablename__ = "listing_change_counter"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    number: Mapped[int] = mapped_column(info=TECHNICAL)
    forgotten: Mapped[int] = mapped_column(info=TECHNICAL)


class SavedSearch(db.Model):  # type: ignore[name-defined,misc]
    """A search someone wants to come back to: the address of the list, with its filters.

    With `alert` a letter tells what was published after `told_until`.
    """

    __tablename__ = "saved_searches"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True, info=WHO)
    name: Mapped[str] = mapped_column(String(120), info=SETTING)
    query: Mapped[str] = mapped_column(String(1000), info=SETTING)
    alert: Mapped[bool] = mapped_column(default=False, info=SETTING)
    told_until: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=SETTING)


class SavedListing(db.Model):  # type: ignore[name-defined,misc]
    """A listing someone put aside to look at later."""

    __tablename__ = "saved_listings"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, info=WHO)
    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listings.id", ondelete="CASCADE"), primary_key=True, index=True, info=SETTING
    )
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=SETTING)


class ListingReport(db.Model):  # type: ignore[name-defined,misc]
    """Someone says a posting is not right. The desk decides, with a reason."""

    __tablename__ = "listing_reports"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), index=True, info=TECHNICAL)
    reason: Mapped[str] = mapped_column(String(40), info=REQUEST_TEXT)
    text: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    decision: Mapped[str] = mapped_column(String(20), default="", info=INTERNAL)
    decision_reason: Mapped[str] = mapped_column(Text, default="", info=INTERNAL)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    decided_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)

    listing: Mapped[Listing] = relationship()


class VisitorRequest(db.Model):  # type: ignore[name-defined,misc]
    """A question to a desk from someone without an account. It becomes a need once the address is confirmed."""

    __tablename__ = "visitor_requests"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True, info=PUBLIC)
    name: Mapped[str] = mapped_column(String(120), info=VISITOR)
    email: Mapped[str] = mapped_column(String(254), info=VISITOR)
    organisation_name: Mapped[str] = mapped_column(String(160), default="", info=VISITOR)
    language: Mapped[str] = mapped_column(String(2), default="nl", info=VISITOR)
    kind: Mapped[Kind] = mapped_column(Code(Kind), default=Kind.QUESTION, info=PUBLIC)
    title: Mapped[str] = mapped_column(String(160), info=REQUEST_TEXT)
    text: Mapped[str] = mapped_column(Text, info=REQUEST_TEXT)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    need_id: Mapped[int | None] = mapped_column(ForeignKey("listings.id"), unique=True, info=TECHNICAL)

    municipality: Mapped[Organisation] = relationship()
    need: Mapped[Need | None] = relationship()
