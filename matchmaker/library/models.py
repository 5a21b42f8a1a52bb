"""Finished work: what came out of a posting, as its municipality lets others see it."""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, String, Text, and_
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.classification import LISTING_TEXT, PUBLIC, TECHNICAL
from matchmaker.consents.models import Consent
from matchmaker.database import Moment, db
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Organisation


class FinishedWork(db.Model):  # type: ignore[name-defined,misc]
    """The result of one posting, shown as long as the consent stands that it rests on, and the desk did not hide it.

    That consent is the one of its municipality, or of the student whose words these are.

    It holds no student and no colleague: whoever wants to know more asks the desk of the municipality.
    """

    __tablename__ = "finished_works"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), unique=True, info=TECHNICAL)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True, info=PUBLIC)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), info=PUBLIC)
    title: Mapped[str] = mapped_column(String(160), info=LISTING_TEXT)
    summary: Mapped[str] = mapped_column(Text, info=LISTING_TEXT)
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consents.id"), index=True, info=TECHNICAL)
    hidden_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    listing: Mapped[Listing] = relationship()
    municipality: Mapped[Organisation] = relationship(foreign_keys=[municipality_id])
    school: Mapped[Organisation | None] = relationship(foreign_keys=[school_id])
    consent: Mapped[Consent | None] = relationship()

    @hybrid_property
    def is_shown(self) -> bool:
        """Whether anyone may find it now."""
        return self.hidden_at is None and self.consent is not None and self.consent.stands

    @is_shown.inplace.expression
    @classmethod
    def _is_shown(cls) -> ColumnElement[bool]:
        return and_(cls.hidden_at.is_(None), cls.consent.has(Consent.stands))

    @property
    def is_of_student(self) -> bool:
        """Whether these are the words of a student, shown by consent of that student."""
        return self.consent is not None and not self.consent.is_for_an_organisation
