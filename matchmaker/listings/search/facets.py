"""How many listings each further choice would leave: every facet is counted without its own choice."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, select

from matchmaker.database import db
from matchmaker.listings.models import Listing, ListingTag
from matchmaker.listings.search.browse import BROAD, conditions, in_hours
from matchmaker.listings.search.filters import HOURS_BANDS, Filter
from matchmaker.listings.search.terms import NO_DATE, START
from matchmaker.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Poster:
    """An organisation with listings that answer the filter."""

    slug: str
    name: str
    listings: int


def count_facets(wanted: Filter) -> dict[str, Mapping[str, int]]:
    """Per field of the filter: value to number of listings. Nine queries, however many listings there are.

    A listing that leaves a list empty suits all, so it counts for every value of that field.
    """
    return {
        "kinds": _by_column(wanted, "kinds", Listing.kind),
        "levels": _by_tag(wanted, "levels", "levels", ListingTag.value),
        "studies": _by_tag(wanted, "studies", "study_fields", BROAD),
        "work_fields": _by_tag(wanted, "work_fields", "work_fields", ListingTag.value),
        "starts": _by_start(wanted),
        "hours": _by_hours(wanted),
        "modes": _by_column(wanted, "modes", Listing.mode),
        "provinces": _by_column(wanted, "provinces", Organisation.province),
    }


def count_posters(wanted: Filter) -> list[Poster]:
    """Whose listings answer the filter, the most first, then by name."""
    rows = db.session.execute(
        select(Organisation.slug, Organisation.name, func.count())
        .select_from(Listing)
        .join(Listing.organisation)
        .where(*conditions(wanted, without="organisations"))
        .group_by(Organisation.id, Organisation.slug, Organisation.name)
        .order_by(func.count().desc(), Organisation.name, Organisation.id)
    )
    return [Poster(*row) for row in rows]


def _by_column(wanted: Filter, name: str, column: ColumnElement[str]) -> dict[str, int]:
    query = (
        select(column, func.count())
        .select_from(Listing)
        .outerjoin(Listing.organisation)
        .where(*conditions(wanted, without=name))
        .group_by(column)
    )
    return {str(value): number for value, number in db.session.execute(query) if value}


class SuitsAll(dict[str, int]):
    """Counts in which each value not named has the listings that suit all."""

    def __init__(self, named: Mapping[str, int], all_of_them: int) -> None:
        super().__init__({value: number + all_of_them for value, number in named.items()})
        self.all_of_them = all_of_them

    def __missing__(self, _value: str) -> int:
        return self.all_of_them


def _by_tag(wanted: Filter, name: str, facet: str, value: ColumnElement[str]) -> SuitsAll:
    counted = _tag_counts(wanted, name, facet, value)
    return SuitsAll({key: number for key, number in counted.items() if key is not None}, counted.get(None, 0))


def _by_start(wanted: Filter) -> dict[str, int]:
    counted = _tag_counts(wanted, "starts", START, ListingTag.value)
    untagged = counted.pop(None, 0)
    months = {str(month): number for month, number in counted.items()}
    return months | {NO_DATE: months.get(NO_DATE, 0) + untagged}


def _tag_counts(wanted: Filter, name: str, facet: str, value: ColumnElement[str]) -> dict[str | None, int]:
    query = (
        select(value, func.count(Listing.id.distinct()))
        .select_from(Listing)
        .outerjoin(ListingTag, and_(ListingTag.listing_id == Listing.id, ListingTag.facet == facet))
        .where(*conditions(wanted, without=name))
        .group_by(value)
    )
    return dict(db.session.execute(query).all())


def _by_hours(wanted: Filter) -> dict[str, int]:
    codes = [*(band.code for band in HOURS_BANDS), NO_DATE]
    sums = [func.coalesce(func.sum(case((in_hours(code), 1), else_=0)), 0) for code in codes]
    row = db.session.execute(select(*sums).select_from(Listing).where(*conditions(wanted, without="hours"))).one()
    return dict(zip(codes, row, strict=True))
