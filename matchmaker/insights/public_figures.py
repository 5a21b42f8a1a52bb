"""The figures everyone may see. `/zo-tellen-wij` says in words how each is counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from matchmaker.clock import local, now
from matchmaker.database import db
from matchmaker.insights.kept_counts import kept_a_minute
from matchmaker.listings.models import Listing
from matchmaker.listings.search.browse import open_to_all
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.organisations.models import Desk
from matchmaker.reference import due_moment, working_days_between
from matchmaker.vocabulary import Kind, Side

DAYS_BACK = 365
MOST_REQUESTS = 500
FEWEST_ANSWERS = 5
DEFAULT_DAYS = 2
ACTIVE = (
    State.REQUESTED,
    State.ASKED,
    State.ROUTED,
    State.OFFERED,
    State.SCHEDULING,
    State.AGREED,
    State.DONE,
)
"""A match in one of these states means that someone is at work for the need."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Today's numbers. `answer_days` (working days, mean) and `on_time` (percent) are None below five answers."""

    open_places: int
    places_at: int
    open_needs: int
    answer_days: float | None
    on_time: int | None
    answers: int


@dataclass(frozen=True, slots=True)
class Answering:
    """How the desks answered: mean working days, percent on time, and over how many questions."""

    days: float | None
    on_time: int | None
    number: int


@kept_a_minute
def figures() -> Figures:
    """What the front page counts. Three queries, at most once a minute while nothing changes."""
    places, organisations = db.session.execute(
        select(
            func.coalesce(func.sum(Listing.places - Listing.places_taken), 0),
            func.count(Listing.organisation_id.distinct()),
        ).where(*open_to_all(Side.OFFER), Listing.kind != Kind.QUESTION)
    ).one()
    needs = db.session.scalar(
        select(func.count()).select_from(Listing).where(*open_to_all(Side.NEED), Listing.kind != Kind.QUESTION)
    )
    answered = answering()
    return Figures(int(places), organisations, needs or 0, answered.days, answered.on_time, answered.number)


def answering(desk: Desk | None = None) -> Answering:
    """How fast desks gave a first answer over the last year, at most the last 500 questions; of one desk or of all.

    A question counts once it is answered, or once the promise has passed without an answer: then it is late.
    """
    query = (
        select(Match)
        .where(Match.requested_at > now() - timedelta(days=DAYS_BACK), Match.desk_id.is_not(None))
        .order_by(Match.requested_at.desc(), Match.id.desc())
        .limit(MOST_REQUESTS)
        .options(joinedload(Match.desk))
    )
    if desk is not None:
        query = query.where(Match.desk_id == desk.id)
    return _answering(
        (each.requested_at, each.first_answered_at, each.desk.first_answer_days if each.desk else DEFAULT_DAYS)
        for each in db.session.scalars(query)
        if each.requested_at is not None
    )


def _answering(requests: Iterable[tuple[datetime, datetime | None, int]]) -> Answering:
    moment = now()
    days: list[int] = []
    kept: list[bool] = []
    for asked, answered, promise in requests:
        due = due_moment(asked, promise)
        if answered is not None:
            days.append(max(0, working_days_between(local(asked).date(), local(answered).date())))
            kept.append(answered <= due)
        elif due < moment:
            kept.append(False)
    if len(days) < FEWEST_ANSWERS:
        return Answering(None, None, len(kept))
    return Answering(round(sum(days) / len(days), 1), round(100 * sum(kept) / len(kept)), len(kept))
