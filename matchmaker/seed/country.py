"""Who posts: every municipality of the register with a desk and teams, every school with programmes, by size."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.database import db
from matchmaker.organisations.models import Desk, Faculty, Organisation, Programme, Team
from matchmaker.reference import Institution, institutions, municipality, places, programmes, study_field, work_fields
from matchmaker.vocabulary import Level, OrganisationKind, Sector

INHABITANTS = {
    "GM0363": 930, "GM0599": 670, "GM0518": 565, "GM0344": 375, "GM0772": 245, "GM0014": 245, "GM0855": 230,
    "GM0034": 225, "GM0758": 190, "GM0268": 187, "GM0200": 168, "GM0202": 167, "GM0392": 167, "GM0394": 163,
    "GM0153": 161, "GM0307": 161, "GM0479": 160, "GM0796": 160, "GM0193": 133, "GM0080": 128, "GM0637": 127,
    "GM0546": 127, "GM0935": 125, "GM0228": 123, "GM0505": 122, "GM0484": 116, "GM1783": 116, "GM0361": 112,
    "GM0114": 110, "GM0503": 109, "GM0983": 103, "GM0150": 102,
}  # fmt: skip
"""Thousands of inhabitants of the largest municipalities, rounded, from common knowledge: for the spread alone."""

USUAL_SIZE = (3.45, 0.5)
"""Mean and deviation of the logarithm of the size of the others: half have less than 32 thousand inhabitants."""

LEVELS_OF = {
    Sector.MBO: frozenset({Level.MBO1, Level.MBO2, Level.MBO3, Level.MBO4}),
    Sector.HBO: frozenset({Level.AD, Level.HBO_BACHELOR, Level.HBO_MASTER}),
    Sector.WO: frozenset({Level.WO_BACHELOR, Level.WO_MASTER}),
}


_PARTS = (selectinload(Organisation.teams), selectinload(Organisation.faculties).selectinload(Faculty.programmes))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its position in degrees (WGS 84)."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Part:
    """A team with its fields of work, or a programme with its levels and field of study (`codes`)."""

    id: int
    name: str
    codes: tuple[str, ...]
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Poster:
    """An organisation that posts: how large it is beside others, its places (the first is its own) and its parts."""

    id: int
    kind: OrganisationKind
    name: str
    size: float
    spots: tuple[Spot, ...]
    parts: tuple[Part, ...]


def fill_country(dice: Random) -> list[Poster]:
    """Give every municipality and school of the database what it lacks to post; returns those that can, by code."""
    query = select(Organisation).where(Organisation.active).order_by(Organisation.code)
    known = db.session.scalars(query.options(*_PARTS)).all()
    towns = [each for each in known if each.is_municipality]
    schools = [each for each in known if each.is_institution and each.code in _registered()]
    _make_desks(towns)
    sizes = {each.code: float(INHABITANTS.get(each.code) or dice.lognormvariate(*USUAL_SIZE)) for each in towns}
    for town in towns:
        if not town.teams:
            db.session.add_all(_teams(town, sizes[town.code], dice))
    for school in schools:
        if not school.faculties:
            _add_programmes(school, dice)
    db.session.flush()
    db.session.expire_all()
    db.session.scalars(query.options(*_PARTS)).all()
    return [_town(each, sizes[each.code]) for each in towns] + [_school(each) for each in schools]


def _make_desks(towns: Sequence[Organisation]) -> None:
    without = [each for each in towns if each.desk_id is None]
    made = [Desk(holder_id=each.id, name=f"Loket {each.name}") for each in without]
    db.session.add_all(made)
    db.session.flush()
    for town, desk in zip(without, made, strict=True):
        town.desk_id = desk.id


def _teams(town: Organisation, size: float, dice: Random) -> list[Team]:
    """Small municipalities have few teams for much work; large ones a team for each field."""
    number = min(len(work_fields()), 4 + int(size / 8))
    chosen = sorted(dice.sample(work_fields(), number), key=lambda field: field.code)
    return [Team(organisation_id=town.id, name=each.name_nl, work_fields=[each.code]) for each in chosen]


def _add_programmes(school: Organisation, dice: Random) -> None:
    assert school.sector is not None
    levels = LEVELS_OF[school.sector]
    fitting = [each for each in programmes() if levels & set(each.levels)]
    chosen = dice.sample(fitting, min(len(fitting), dice.randint(8, 40)))
    by_broad: dict[str, list[Programme]] = defaultdict(list)
    for each in chosen:
        own = [str(level) for level in each.levels if level in levels]
        by_broad[each.isced[:2]].append(Programme(name=each.name, levels=own, isced=each.isced))
    for broad, made in sorted(by_broad.items()):
        faculty = Faculty(organisation_id=school.id, name=study_field(broad).name_nl)
        faculty.programmes = made
        db.session.add(faculty)


def _town(town: Organisation, size: float) -> Poster:
    villages = [Spot(each.name, each.lat, each.lon) for each in places() if each.municipality_code == town.code]
    parts = tuple(Part(each.id, each.name, tuple(each.work_fields)) for each in town.teams)
    return Poster(town.id, town.kind, town.name, size, (_seat(town), *villages), parts)


def _school(school: Organisation) -> Poster:
    register = _registered()[school.code]
    elsewhere = (municipality(each.municipality_code) for each in register.locations)
    spots = (_seat(school), *(Spot(each.seat, each.lat, each.lon) for each in elsewhere))
    parts = tuple(
        Part(each.id, each.name, (each.isced,), tuple(each.levels))
        for faculty in school.faculties
        for each in faculty.programmes
    )
    return Poster(school.id, school.kind, school.name, float(len(parts)), spots, parts)


@cache
def _registered() -> dict[str, Institution]:
    return {each.key: each for each in institutions()}


def _seat(of: Organisation) -> Spot:
    assert of.latitude is not None and of.longitude is not None
    return Spot(of.place, of.latitude, of.longitude)
