"""A competence and the behaviour by which each of its levels is seen."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.classification import PUBLIC, TECHNICAL
from matchmaker.database import db

LEVELS = (1, 2, 3, 4)


class Competence(db.Model):  # type: ignore[name-defined,misc]
    """Something a person can learn to do. Texts are kept in Dutch and English; `code` stays the same for life."""

    __tablename__ = "competences"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    code: Mapped[str] = mapped_column(String(40), unique=True, info=PUBLIC)
    name: Mapped[str] = mapped_column(String(120), info=PUBLIC)
    name_en: Mapped[str] = mapped_column(String(120), default="", info=PUBLIC)
    about: Mapped[str] = mapped_column(Text, default="", info=PUBLIC)
    about_en: Mapped[str] = mapped_column(Text, default="", info=PUBLIC)
    active: Mapped[bool] = mapped_column(default=True, info=PUBLIC)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    indicators: Mapped[list["CompetenceIndicator"]] = relationship(
        back_populates="competence",
        order_by="CompetenceIndicator.level, CompetenceIndicator.position",
        cascade="all, delete-orphan",
    )


class CompetenceIndicator(db.Model):  # type: ignore[name-defined,misc]
    """Behaviour that can be seen at one level."""

    __tablename__ = "competence_indicators"
    __table_args__ = (UniqueConstraint("competence_id", "level", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    competence_id: Mapped[int] = mapped_column(ForeignKey("competences.id", ondelete="CASCADE"), info=TECHNICAL)
    level: Mapped[int] = mapped_column(info=PUBLIC)
    position: Mapped[int] = mapped_column(default=0, info=PUBLIC)
    text: Mapped[str] = mapped_column(Text, info=PUBLIC)
    text_en: Mapped[str] = mapped_column(Text, default="", info=PUBLIC)

    competence: Mapped[Competence] = relationship(back_populates="indicators")
