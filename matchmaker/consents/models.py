"""A consent is a row of its own; what it allows points to it and reads from it whether it still stands."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import TECHNICAL, Keep, What, Whose, Why, classified
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db

CONSENTED = classified(What.PERSONAL, Whose.ACCOUNT, Why.PROVE, Keep.CONSENT)
CONSENTED_CONTACT = classified(What.CONTACT, Whose.OUTSIDER, Why.PROVE, Keep.CONSENT)


class Purpose(StrEnum):
    """What was agreed to."""

    FOLLOW = "follow_after_placement"
    PRODUCT = "show_product"
    FINISHED_WORK = "show_finished_work"


FOR_AN_ORGANISATION = frozenset({Purpose.FINISHED_WORK})
"""Given on behalf of an organisation: it outlives the account of who gave it, and any colleague takes it back."""


class Consent(db.Model):  # type: ignore[name-defined,misc]
    """One yes of one person, known by account or, without one, by mail address.

    `text_version` and `language` tell which words they read (`consents.texts`); `language` is empty where that was not
    kept. It never changes but for `withdrawn_at`: another yes is another row.
    """

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    purpose: Mapped[Purpose] = mapped_column(Code(Purpose), info=CONSENTED)
    text_version: Mapped[int] = mapped_column(info=CONSENTED)
    language: Mapped[str] = mapped_column(String(2), default="", info=CONSENTED)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True, info=CONSENTED)
    address: Mapped[str] = mapped_column(String(254), default="", info=CONSENTED_CONTACT)
    given_at: Mapped[datetime] = mapped_column(Moment, default=now, info=CONSENTED)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment, info=CONSENTED)

    account: Mapped[Account | None] = relationship()

    @hybrid_property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.withdrawn_at == None  # noqa: E711

    @property
    def is_for_an_organisation(self) -> bool:
        return self.purpose in FOR_AN_ORGANISATION
