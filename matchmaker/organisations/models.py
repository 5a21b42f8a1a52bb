"""Organisations, what they are made of, and the people in them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import INTERNAL, NAME, PUBLIC, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db
from matchmaker.vocabulary import OrganisationKind, Role, Sector


class Organisation(db.Model):  # type: ignore[name-defined,misc]
    """A municipality, region, institution, provider, or the platform itself.

    Municipalities and institutions come from the registers: `code` is the CBS code (GM0344) or our register key.
    """

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    kind: Mapped[OrganisationKind] = mapped_column(Code(OrganisationKind), index=True, info=PUBLIC)
    code: Mapped[str] = mapped_column(String(60), unique=True, info=PUBLIC)
    name: Mapped[str] = mapped_column(String(160), index=True, info=PUBLIC)
    slug: Mapped[str] = mapped_column(String(160), unique=True, info=PUBLIC)
    sector: Mapped[Sector | None] = mapped_column(Code(Sector), info=PUBLIC)
    place: Mapped[str] = mapped_column(String(120), default="", info=PUBLIC)
    province: Mapped[str] = mapped_column(String(8), default="", index=True, info=PUBLIC)
    latitude: Mapped[float | None] = mapped_column(info=PUBLIC)
    longitude: Mapped[float | None] = mapped_column(info=PUBLIC)
    about: Mapped[str] = mapped_column(Text, default="", info=PUBLIC)
    no_places_for: Mapped[list[str]] = mapped_column(default=list, info=PUBLIC)
    crowded: Mapped[list[str]] = mapped_column(default=list, info=PUBLIC)
    theme: Mapped[str] = mapped_column(String(40), default="", info=PUBLIC)
    desk_id: Mapped[int | None] = mapped_column(ForeignKey("desks.id", use_alter=True), index=True, info=PUBLIC)
    active: Mapped[bool] = mapped_column(default=True, info=PUBLIC)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    desk: Mapped["Desk | None"] = relationship(foreign_keys=[desk_id], back_populates="serves")
    teams: Mapped[list["Team"]] = relationship(back_populates="organisation", order_by="Team.name, Team.id")
    faculties: Mapped[list["Faculty"]] = relationship(
        back_populates="organisation", order_by="Faculty.name, Faculty.id"
    )

    @property
    def is_municipality(self) -> bool:
        return self.kind is OrganisationKind.MUNICIPALITY

    @property
    def is_institution(self) -> bool:
        return self.kind is OrganisationKind.INSTITUTION


class EmailDomain(db.Model):  # type: ignore[name-defined,misc]
    """A domain whose addresses belong to an organisation."""

    __tablename__ = "email_domains"

    domain: Mapped[str] = mapped_column(String(253), primary_key=True, info=INTERNAL)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True, info=INTERNAL)


class Desk(db.Model):  # type: ignore[name-defined,misc]
    """One desk, held by a municipality or by a region for several. Its promise is in working days."""

    __tablename__ = "desks"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    holder_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), unique=True, info=PUBLIC)
    name: Mapped[str] = mapped_column(String(160), info=PUBLIC)
    first_answer_days: Mapped[int] = mapped_column(default=2, info=PUBLIC)
    route_days: Mapped[int] = mapped_column(default=5, info=PUBLIC)
    checks_before_publishing: Mapped[bool] = mapped_column(default=False, info=INTERNAL)
    takes_from_neighbours: Mapped[bool] = mapped_column(default=True, info=INTERNAL)
    blind_until_talk: Mapped[bool] = mapped_column(default=False, info=INTERNAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    holder: Mapped[Organisation] = relationship(foreign_keys=[holder_id])
    serves: Mapped[list[Organisation]] = relationship(
        foreign_keys=[Organisation.desk_id], back_populates="desk", order_by="Organisation.name, Organisation.id"
    )


class Team(db.Model):  # type: ignore[name-defined,misc]
    """A team of a municipality, with the fields of work it covers."""

    __tablename__ = "teams"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True, info=PUBLIC)
    name: Mapped[str] = mapped_column(String(120), info=PUBLIC)
    work_fields: Mapped[list[str]] = mapped_column(default=list, info=PUBLIC)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship(back_populates="teams")


class Faculty(db.Model):  # type: ignore[name-defined,misc]
    """A faculty, academy or college of an institution."""

    __tablename__ = "faculties"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True, info=PUBLIC)
    name: Mapped[str] = mapped_column(String(160), info=PUBLIC)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship(back_populates="faculties")
    programmes: Mapped[list["Programme"]] = relationship(
        back_populates="faculty", order_by="Programme.name, Programme.id"
    )


class Programme(db.Model):  # type: ignore[name-defined,misc]
    """A programme of study: levels, ISCED-F detailed field."""

    __tablename__ = "programmes"
    __table_args__ = (UniqueConstraint("faculty_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    faculty_id: Mapped[int] = mapped_column(ForeignKey("faculties.id"), index=True, info=PUBLIC)
    name: Mapped[str] = mapped_column(String(160), info=PUBLIC)
    levels: Mapped[list[str]] = mapped_column(default=list, info=PUBLIC)
    isced: Mapped[str] = mapped_column(String(4), default="", index=True, info=PUBLIC)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    faculty: Mapped[Faculty] = relationship(back_populates="programmes")


class MembershipStatus(StrEnum):
    INVITED = "invited"
    ASKED = "asked"
    ACTIVE = "active"
    ENDED = "ended"


class Membership(db.Model):  # type: ignore[name-defined,misc]
    """One role of one person in one organisation. A person may have several.

    `asked_for` is the organisation as someone typed it when it is in no register; until the platform's administrators
    find or make it, the membership hangs under the platform.
    """

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("account_id", "organisation_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True, info=WHO)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True, info=WHO)
    role: Mapped[Role] = mapped_column(Code(Role), info=WHO)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), info=WHO)
    faculty_id: Mapped[int | None] = mapped_column(ForeignKey("faculties.id"), info=WHO)
    job_title: Mapped[str] = mapped_column(String(120), default="", info=NAME)
    speaks_about: Mapped[list[str]] = mapped_column(default=list, info=WHO)
    asked_for: Mapped[str] = mapped_column(String(160), default="", info=WHO)
    status: Mapped[MembershipStatus] = mapped_column(Code(MembershipStatus), default=MembershipStatus.ACTIVE, info=WHO)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=WHO)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, info=WHO)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    account: Mapped[Account] = relationship(backref="memberships")
    organisation: Mapped[Organisation] = relationship()
    team: Mapped[Team | None] = relationship()
    faculty: Mapped[Faculty | None] = relationship()

    @hybrid_property
    def is_active(self) -> bool:
        return self.status == MembershipStatus.ACTIVE


class Leave(db.Model):  # type: ignore[name-defined,misc]
    """Days someone is away, and the colleague who covers. Both days included."""

    __tablename__ = "leaves"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True, info=WHO)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), info=WHO)
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    first_day: Mapped[date] = mapped_column(info=WHO)
    last_day: Mapped[date] = mapped_column(info=WHO)

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    cover: Mapped[Account | None] = relationship(foreign_keys=[cover_id])
