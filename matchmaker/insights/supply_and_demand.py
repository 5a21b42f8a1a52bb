"""What is offered and asked per municipality, and what is asked where nobody has answered yet."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, literal_column, select

from matchmaker.database import db
from matchmaker.insights.kept_counts import kept_a_minute, kept_while_true
from matchmaker.insights.public_figures import ACTIVE
from matchmaker.listings.models import Listing, ListingTag
from matchmaker.listings.search.browse import open_to_all
from matchmaker.matches.models import Match
from matchmaker.organisations.models import Organisation
from matchmaker.reference import find_place, municipality
from matchmaker.vocabulary import Kind, OrganisationKind, Side


@dataclass(frozen=True, slots=True)
class Balance:
    """One municipality: places offered there, needs of schools there, and the field of work asked most."""

    code: str
    name: str
    slug: str
    lat: float
    lon: float
    places: int
    needs: int
    most_wanted: str


@dataclass(frozen=True, slots=True)
class Unmet:
    """Needs in one field of work around one place for which no municipality is at work yet."""

    work_field: str
    place: str
    needs: int


@kept_while_true
def balances() -> list[Balance]:
    """Every municipality where something is offered or asked; most places first, then most needs, then by name.

    A need counts where its school wants it to happen. Three queries, after a change of what is open.
    """
    places, needs, wanted = _places(), _needs(), _wanted()
    found = []
    for code in places.keys() | needs.keys():
        where = municipality(code)
        top = sorted(wanted[code].items(), key=lambda item: (-item[1], item[0]))
        found.append(
            Balance(
                code=code,
                name=where.name,
                slug=where.slug,
                lat=where.lat,
                lon=where.lon,
                places=places[code],
                needs=needs[code],
                most_wanted=top[0][0] if top else "",
            )
        )
    return sorted(found, key=lambda each: (-each.places, -each.needs, each.name, each.code))


@kept_a_minute
def largest_unmet() -> Unmet | None:
    """The field of work and place with most needs nobody is at work for; equal ones by place, then by field.

    May be a minute old.
    """
    at_work = select(Match.need_id).where(Match.state.in_(ACTIVE))
    place = _place_of()
    row = db.session.execute(
        select(ListingTag.value, place, func.count(Listing.id.distinct()).label("number"))
        .select_from(Listing)
        .join(Listing.organisation)
        .join(ListingTag, and_(ListingTag.listing_id == Listing.id, ListingTag.facet == "work_fields"))
        .where(*open_to_all(Side.NEED), Listing.kind != Kind.QUESTION, Listing.id.not_in(at_work), place != "")
        .group_by(ListingTag.value, place)
        .order_by(func.count(Listing.id.distinct()).desc(), place, ListingTag.value)
        .limit(1)
    ).first()
    return Unmet(work_field=row[0], place=row[1], needs=row[2]) if row else None


def _places() -> Counter[str]:
    rows = db.session.execute(
        select(
            Organisation.code,
            Organisation.kind,
            Organisation.place,
            func.sum(Listing.places - Listing.places_taken),
        )
        .select_from(Listing)
        .join(Listing.organisation)
        .where(*open_to_all(Side.OFFER), Listing.kind != Kind.QUESTION)
        .group_by(Organisation.id, Organisation.code, Organisation.kind, Organisation.place)
        .order_by(Organisation.id)
    )
    counted: Counter[str] = Counter()
    for code, kind, place, number in rows:
        home = code if kind is OrganisationKind.MUNICIPALITY and code.startswith("GM") else _municipality_of(place)
        if home:
            counted[home] += int(number)
    return counted


def _needs() -> Counter[str]:
    place = _place_of()
    rows = db.session.execute(
        select(place, func.count())
        .select_from(Listing)
        .join(Listing.organisation)
        .where(*open_to_all(Side.NEED), Listing.kind != Kind.QUESTION)
        .group_by(place)
        .order_by(place)
    )
    counted: Counter[str] = Counter()
    for name, number in rows:
        if home := _municipality_of(name):
            counted[home] += number
    return counted


def _wanted() -> defaultdict[str, Counter[str]]:
    place = _place_of()
    rows = db.session.execute(
        select(place, ListingTag.value, func.count())
        .select_from(Listing)
        .join(Listing.organisation)
        .join(ListingTag, and_(ListingTag.listing_id == Listing.id, ListingTag.facet == "work_fields"))
        .where(*open_to_all(Side.NEED), Listing.kind != Kind.QUESTION)
        .group_by(place, ListingTag.value)
        .order_by(place, ListingTag.value)
    )
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, field, number in rows:
        if home := _municipality_of(name):
            counted[home][field] += number
    return counted


def _place_of() -> ColumnElement[str]:
    """Where a listing wants it to happen, else where its organisation is."""
    return func.coalesce(func.nullif(Listing.place, literal_column("''")), Organisation.place)


def _municipality_of(place: str) -> str:
    found = find_place(place) if place else None
    return found.municipality_code if found else ""
