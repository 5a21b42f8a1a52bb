"""What schools near a desk look for and nobody offers: open needs without a candidate, and searches in vain.

Counted from what is there now, per field of work and kind. No person and no school is named.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.insights.models import SearchSignal
from matchmaker.insights.public_figures import ACTIVE
from matchmaker.listings.models import Listing
from matchmaker.listings.reach import KM_PER_DEGREE, KM_PER_DEGREE_EAST, REACH_KM
from matchmaker.listings.search.browse import open_to_all
from matchmaker.listings.suggesting import suggested_work_fields
from matchmaker.matches.finding_desks import desk_for
from matchmaker.matches.models import Match
from matchmaker.matches.proposing import LEAST_SCORE
from matchmaker.matches.states import State
from matchmaker.organisations.models import Organisation
from matchmaker.reference import distance_km, municipalities
from matchmaker.vocabulary import Kind, Side

WAIT_DAYS = 3
"""Before that the desks had no time to answer a need with an offer."""

DAYS_BACK = 90
FEWEST_SEARCHES = 5
"""Below this a number of searches is not shown: few people make few searches."""

MOST_FIELDS = 2
MOST_ROWS = 50
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Missing:
    """One field of work and kind (either may be empty): programmes and needs that wait, and searches in vain.

    `searches` is None when there were some, but fewer than five. A programme counts once a row; a need that names two
    fields counts in both rows.
    """

    work_field: str
    kind: str
    programmes: int
    needs: int
    searches: int | None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What is missing around a desk, most programmes first, and how many different programmes wait in all."""

    rows: list[Missing]
    programmes: int
    km: int = REACH_KM


def unanswered_near(organisation: Organisation) -> Unanswered:
    """What nobody offers within 30 km of the municipalities the desk of this organisation serves. Three queries.

    A need counts three days after it went online, while no municipality is at work for it and no open offer scores
    enough to be proposed. Searches count for 90 days. Rows with fewer than five searches and no need are left out.
    """
    centres = _centres(organisation)
    if not centres:
        return Unanswered([], 0)
    waiting: dict[Key, set[Key]] = defaultdict(set)
    needs: Counter[Key] = Counter()
    for key, programme in _waiting(centres):
        waiting[key].add(programme)
        needs[key] += 1
    searched = _searches(centres)
    rows = [
        Missing(field, kind, len(waiting[field, kind]), needs[field, kind], _shown(searched[field, kind]))
        for field, kind in needs.keys() | {key for key, number in searched.items() if number >= FEWEST_SEARCHES}
    ]
    rows.sort(key=lambda row: (-row.programmes, -row.needs, -(row.searches or 0), row.work_field, row.kind))
    return Unanswered(rows[:MOST_ROWS], len(set().union(*waiting.values())))


def without_candidate() -> tuple[ColumnElement[bool], ...]:
    """Conditions on an open need of a school that has waited and has nothing to choose from."""
    offer = aliased(Listing)
    still_open = and_(Match.state == State.PROPOSED, Match.score >= LEAST_SCORE, offer.is_open)
    helped = (
        select(Match.need_id)
        .outerjoin(offer, offer.id == Match.offer_id)
        .where(or_(Match.state.in_(ACTIVE), still_open))
    )
    return (
        *open_to_all(Side.NEED),
        Listing.kind != Kind.QUESTION,
        Listing.published_at < now() - timedelta(days=WAIT_DAYS),
        Listing.id.not_in(helped),
    )


def _centres(organisation: Organisation) -> list[Organisation]:
    """The municipalities of its desk; the organisation itself when it has none."""
    desk = desk_for(organisation)
    served = list(desk.serves) if desk else []
    return [each for each in served or [organisation] if each.latitude is not None and each.longitude is not None]


def _waiting(centres: Sequence[Organisation]) -> Iterator[tuple[Key, Key]]:
    """Of each waiting need within reach: field and kind, and which programme of which school asks."""
    latitude = func.coalesce(Listing.latitude, Organisation.latitude)
    longitude = func.coalesce(Listing.longitude, Organisation.longitude)
    rows = db.session.execute(
        select(
            Listing.kind, Listing.work_fields, Listing.title, Listing.text,
            Listing.organisation_id, Listing.programme_id, latitude, longitude,
        )
        .join(Listing.organisation)
        .where(*without_candidate(), *_box(centres, latitude, longitude))
        .order_by(Listing.id)
    )  # fmt: skip
    for kind, fields, title, text, organisation_id, programme_id, north, east in rows:
        if _is_near(centres, north, east):
            for field in fields or _suggested(title, text) or ("",):
                yield (field, kind.value), (str(organisation_id), str(programme_id or ""))


@lru_cache(maxsize=4_096)
def _suggested(title: str, text: str) -> tuple[str, ...]:
    """What a text without a field of work is about. Kept: the same needs wait on every visit."""
    return tuple(suggested_work_fields(title, text)[:MOST_FIELDS])


def _searches(centres: Sequence[Organisation]) -> Counter[Key]:
    near = {each.code for each in municipalities() if _is_near(centres, each.lat, each.lon)}
    areas = near | {each.province for each in centres if each.province}
    rows = db.session.execute(
        select(SearchSignal.work_field, SearchSignal.kind, func.sum(SearchSignal.number))
        .where(SearchSignal.day > today() - timedelta(days=DAYS_BACK), SearchSignal.area.in_(sorted(areas)))
        .group_by(SearchSignal.work_field, SearchSignal.kind)
        .order_by(SearchSignal.work_field, SearchSignal.kind)
    )
    return Counter({(field, kind): int(number) for field, kind, number in rows})


def _shown(number: int) -> int | None:
    return number if number == 0 or number >= FEWEST_SEARCHES else None


def _box(centres: Sequence[Organisation], latitude: Any, longitude: Any) -> tuple[ColumnElement[bool], ...]:
    """Around all centres together, never too small; the exact distance is measured after it."""
    north, east = REACH_KM / KM_PER_DEGREE, REACH_KM / KM_PER_DEGREE_EAST
    lats, lons = [each.latitude or 0.0 for each in centres], [each.longitude or 0.0 for each in centres]
    return (
        latitude.between(min(lats) - north, max(lats) + north),
        longitude.between(min(lons) - east, max(lons) + east),
    )


def _is_near(centres: Sequence[Organisation], latitude: float, longitude: float) -> bool:
    return any(
        distance_km(each.latitude or 0.0, each.longitude or 0.0, latitude, longitude) <= REACH_KM for each in centres
    )
