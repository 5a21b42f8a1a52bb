"""The twelve provinces."""

from dataclasses import dataclass
from functools import cache

from matchmaker.reference.tables import listed, rows


@dataclass(frozen=True, slots=True)
class Province:
    """A province. `code` is the CBS code (`PV26`), `tooi_uri` its identifier in the government's own register."""

    code: str
    tooi_uri: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    slug: str
    capital: str


@cache
def provinces() -> tuple[Province, ...]:
    """All twelve, by code."""
    return tuple(
        Province(
            code=row["code"],
            tooi_uri=row["tooi_uri"],
            name=row["name"],
            name_en=row["name_en"],
            aliases=listed(row["aliases"]),
            slug=row["slug"],
            capital=row["capital"],
        )
        for row in rows("provinces")
    )


@cache
def _by_code() -> dict[str, Province]:
    return {province.code: province for province in provinces()}


def province(code: str) -> Province:
    """The province with this CBS code. Raises KeyError for an unknown code."""
    return _by_code()[code]
