"""Templates of institutions, agreements with their content frozen, who signs, and every step."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.agreements.states import AgreementAction, AgreementState, next_state
from matchmaker.classification import INTERNAL, LOGGED, PLACED, PLACED_CONTACT, PLACED_TEXT, PUBLIC, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db
from matchmaker.files.models import StoredFile
from matchmaker.organisations.models import Organisation
from matchmaker.placements.models import Placement, PlacementPerson
from matchmaker.placements.parts import Part
from matchmaker.vocabulary import Sector


class AgreementKind(StrEnum):
    """Practice agreement for mbo; an agreement of three parties for hbo and wo."""

    PRACTICE = "practice"
    THREE_PARTY = "three_party"


def kind_for(sector: Sector | None) -> AgreementKind:
    """What a school of this kind signs."""
    return AgreementKind.PRACTICE if sector is Sector.MBO else AgreementKind.THREE_PARTY


class AgreementTemplate(db.Model):  # type: ignore[name-defined,misc]
    """One version of what an institution adds to the fixed articles. Without `published_at` it is being written.

    An article is `{"title", "text"}`, with `title_en` and `text_en` where it was written in English too.
    `always_english`: every agreement stands in both languages, not only where a placement asks for it.
    """

    __tablename__ = "agreement_templates"
    __table_args__ = (UniqueConstraint("institution_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    institution_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), info=PUBLIC)
    number: Mapped[int] = mapped_column(info=PUBLIC)
    preamble: Mapped[str] = mapped_column(Text, default="", info=PUBLIC)
    preamble_en: Mapped[str] = mapped_column(Text, default="", info=PUBLIC)
    articles: Mapped[list[Any]] = mapped_column(default=list, info=PUBLIC)
    always_english: Mapped[bool] = mapped_column(default=False, info=PUBLIC)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    published_at: Mapped[datetime | None] = mapped_column(Moment, info=PUBLIC)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    institution: Mapped[Organisation] = relationship()

    @property
    def organisation_id(self) -> int:
        """Whose it is."""
        return self.institution_id

    @property
    def is_in_english(self) -> bool:
        """Whether all that was written here is there in English too."""
        written = all(each.get("title_en") and each.get("text_en") for each in self.articles)
        return written and bool(self.preamble_en or not self.preamble)


class Agreement(db.Model):  # type: ignore[name-defined,misc]
    """One text that people sign. `content` is frozen when it leaves `draft`; an amendment names what it `amends`.

    `document_hash` is of the file that is signed, `final_hash` of that file with the page of signatures.
    `proposed` holds what an amendment puts into the arrangement, `changes` each difference by the name of its field.
    """

    __tablename__ = "agreements"
    __table_args__ = (
        UniqueConstraint("placement_id", "number"),
        Index("ix_agreements_state_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id", ondelete="CASCADE"), info=TECHNICAL)
    number: Mapped[int] = mapped_column(info=INTERNAL)
    kind: Mapped[AgreementKind] = mapped_column(Code(AgreementKind), info=INTERNAL)
    amends_id: Mapped[int | None] = mapped_column(ForeignKey("agreements.id"), index=True, info=TECHNICAL)
    template_id: Mapped[int | None] = mapped_column(ForeignKey("agreement_templates.id"), info=TECHNICAL)
    state: Mapped[AgreementState] = mapped_column(Code(AgreementState), default=AgreementState.DRAFT, info=INTERNAL)
    content: Mapped[dict[str, Any]] = mapped_column(default=dict, info=PLACED_TEXT)
    proposed: Mapped[dict[str, Any]] = mapped_column(default=dict, info=PLACED_TEXT)
    changes: Mapped[list[Any]] = mapped_column(default=list, info=PLACED_TEXT)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"), info=TECHNICAL)
    document_hash: Mapped[str] = mapped_column(String(64), default="", index=True, info=INTERNAL)
    final_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"), info=TECHNICAL)
    final_hash: Mapped[str] = mapped_column(String(64), default="", index=True, info=INTERNAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    made_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    signed_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    forgotten_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    withdrawn_because: Mapped[str] = mapped_column(Text, default="", info=PLACED_TEXT)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    placement: Mapped[Placement] = relationship()
    amends: Mapped["Agreement | None"] = relationship(remote_side="Agreement.id")
    template: Mapped[AgreementTemplate | None] = relationship()
    document: Mapped[StoredFile | None] = relationship(foreign_keys=[document_id])
    final: Mapped[StoredFile | None] = relationship(foreign_keys=[final_id])
    signatories: Mapped[list["Signatory"]] = relationship(
        back_populates="agreement", order_by="Signatory.position, Signatory.id", cascade="all, delete-orphan"
    )
    events: Mapped[list["AgreementEvent"]] = relationship(
        back_populates="agreement", order_by="AgreementEvent.at, AgreementEvent.id", cascade="all, delete-orphan"
    )

    @property
    def organisation_id(self) -> int:
        """Under whose name it stands in the log."""
        return self.placement.institution_id

    @property
    def is_amendment(self) -> bool:
        return self.amends_id is not None

    @property
    def is_in_english(self) -> bool:
        """Whether the text stands in English beside the Dutch."""
        return bool(self.content.get("english"))

    @property
    def to_sign(self) -> list["Signatory"]:
        """Who has not signed yet."""
        return [each for each in self.signatories if each.signed_at is None]

    @property
    def readable(self) -> StoredFile | None:
        """The file to read now: with the signatures when they are on it."""
        return self.final or self.document

    def signatory(self, part: Part) -> "Signatory | None":
        """Who signs in this part."""
        return next((each for each in self.signatories if each.part is part), None)

    def move(
        self, action: AgreementAction, *, by: Account | None, part: Part, note: str = "", **values: Any
    ) -> "AgreementEvent":
        """Take one step: the only place that assigns a state. Raises InvalidMove when the table has no such step."""
        before = self.state
        self.state = next_state(before, action)
        event = AgreementEvent(
            action=action, state_before=before, state_after=self.state, actor_id=by.id if by else None,
            part=part, note=note, values=values,
        )  # fmt: skip
        self.events.append(event)
        return event


class Signatory(db.Model):  # type: ignore[name-defined,misc]
    """Someone who signs one agreement: a person of the placement, or whoever may sign for an organisation.

    A signature is the name as it was typed, the moment, where it came from and the hash of the file that was shown.
    """

    __tablename__ = "signatories"
    __table_args__ = (
        UniqueConstraint("agreement_id", "part"),
        Index("ix_signatories_organisation_id_signed_at", "organisation_id", "signed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id", ondelete="CASCADE"), info=TECHNICAL)
    position: Mapped[int] = mapped_column(default=0, info=INTERNAL)
    part: Mapped[Part] = mapped_column(Code(Part), info=PLACED)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), info=PLACED)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("placement_people.id", ondelete="SET NULL"), info=TECHNICAL
    )
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True, info=WHO)
    name: Mapped[str] = mapped_column(String(120), default="", info=PLACED_CONTACT)
    address: Mapped[str] = mapped_column(String(254), default="", info=PLACED_CONTACT)
    told_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    signed_at: Mapped[datetime | None] = mapped_column(Moment, info=PLACED)
    signed_name: Mapped[str] = mapped_column(String(120), default="", info=PLACED_CONTACT)
    origin: Mapped[str] = mapped_column(String(80), default="", info=PLACED_CONTACT)
    signed_hash: Mapped[str] = mapped_column(String(64), default="", info=INTERNAL)

    agreement: Mapped[Agreement] = relationship(back_populates="signatories")
    organisation: Mapped[Organisation | None] = relationship()
    person: Mapped[PlacementPerson | None] = relationship()
    account: Mapped[Account | None] = relationship()


class AgreementEvent(db.Model):  # type: ignore[name-defined,misc]
    """One dated step of an agreement, as every party may see it."""

    __tablename__ = "agreement_events"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    agreement_id: Mapped[int] = mapped_column(
        ForeignKey("agreements.id", ondelete="CASCADE"), index=True, info=TECHNICAL
    )
    at: Mapped[datetime] = mapped_column(Moment, default=now, info=LOGGED)
    action: Mapped[AgreementAction] = mapped_column(Code(AgreementAction), info=LOGGED)
    state_before: Mapped[AgreementState] = mapped_column(Code(AgreementState), info=LOGGED)
    state_after: Mapped[AgreementState] = mapped_column(Code(AgreementState), info=LOGGED)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=LOGGED)
    part: Mapped[Part] = mapped_column(Code(Part), info=LOGGED)
    note: Mapped[str] = mapped_column(Text, default="", info=PLACED_TEXT)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict, info=LOGGED)

    agreement: Mapped[Agreement] = relationship(back_populates="events")
    actor: Mapped[Account | None] = relationship()
