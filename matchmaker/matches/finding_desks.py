"""Which desk takes a question: the municipality's own, its region's, else the nearest one willing, ring by ring."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from matchmaker.database import db
from matchmaker.organisations.models import Desk, Organisation
from matchmaker.reference import km_between
from matchmaker.reference.municipal import municipality as register_entry
from matchmaker.reference.municipal import rings
from matchmaker.vocabulary import OrganisationKind

MOST_RINGS = 3
"""Further away nobody can help with a visit or a placement: the question is then closed honestly."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """A municipality that may take a question: how many rings and kilometres away. Ring 0 shares the desk."""

    municipality: Organisation
    ring: int
    km: float | None

    @property
    def desk(self) -> Desk:
        assert self.municipality.desk is not None
        return self.municipality.desk


def desk_for(municipality: Organisation) -> Desk | None:
    """The desk of this organisation itself: its own or its region's."""
    if municipality.desk is not None:
        return municipality.desk
    return db.session.scalar(select(Desk).where(Desk.holder_id == municipality.id))


def nearest_willing(municipality: Organisation) -> Nearby | None:
    """The nearest municipality whose desk takes questions from others."""
    return next((each for each in around(municipality) if each.ring > 0), None)


def around(municipality: Organisation) -> Iterator[Nearby]:
    """Municipalities that may take over a question: first those that share the desk, then ring by ring the nearest
    whose desk is willing."""
    willing = {each.code: each for each in _with_desk()}
    if municipality.desk_id is not None:
        for other in sorted(willing.values(), key=lambda each: (each.name, each.id)):
            if other.desk_id == municipality.desk_id and other.id != municipality.id:
                yield Nearby(other, 0, km_between(municipality, other))
    for number, ring in enumerate(_rings(municipality.code), start=1):
        for entry in ring:
            other = willing.get(entry)
            if other is None or other.desk is None or other.desk_id == municipality.desk_id:
                continue
            if other.desk.takes_from_neighbours:
                yield Nearby(other, number, km_between(municipality, other))


def _rings(code: str) -> Iterator[tuple[str, ...]]:
    """Codes per ring, nearest first; nothing for an organisation that is not in the register."""
    try:
        centre = register_entry(code)
    except KeyError:
        return
    for number, ring in enumerate(rings(centre), start=1):
        if number > MOST_RINGS:
            return
        yield tuple(each.code for each in ring)


def _with_desk() -> Sequence[Organisation]:
    return db.session.scalars(_with_a_desk()).all()


@cache
def _with_a_desk() -> Select[tuple[Organisation]]:
    return (
        select(Organisation)
        .where(
            Organisation.kind == OrganisationKind.MUNICIPALITY,
            Organisation.active,
            Organisation.desk_id.is_not(None),
        )
        .order_by(Organisation.code)
        .options(joinedload(Organisation.desk).joinedload(Desk.holder))
    )
