"""Searches that found nothing, as numbers only: who searched is nowhere."""

from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.classification import TECHNICAL, Keep, What, Whose, Why, classified
from matchmaker.database import db

COUNTED = classified(What.INTERNAL, Whose.NOBODY, Why.MATCH, Keep.LOG)


class SearchSignal(db.Model):  # type: ignore[name-defined,misc]
    """How often on one day a search among the offers for the same thing in the same area found nothing.

    `kind`, `level` and `work_field` are empty when the search named none, or several.
    `area` is the CBS code of a municipality (GM0344), the code of a province, or empty for the whole country.
    """

    __tablename__ = "search_signals"
    __table_args__ = (UniqueConstraint("day", "kind", "level", "work_field", "area"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    day: Mapped[date] = mapped_column(info=COUNTED)
    kind: Mapped[str] = mapped_column(String(40), default="", info=COUNTED)
    level: Mapped[str] = mapped_column(String(40), default="", info=COUNTED)
    work_field: Mapped[str] = mapped_column(String(3), default="", info=COUNTED)
    area: Mapped[str] = mapped_column(String(8), default="", info=COUNTED)
    number: Mapped[int] = mapped_column(default=0, info=COUNTED)
