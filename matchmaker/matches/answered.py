"""What postings of a kind had that got an answer, and what those had that got none."""

from dataclasses import dataclass

from sqlalchemy import Exists, exists, or_, select

from matchmaker.database import db
from matchmaker.listings.essentials import essentials
from matchmaker.listings.kinds import MUNICIPAL_SIDE
from matchmaker.listings.models import Listing
from matchmaker.listings.writing import values_of
from matchmaker.matches.models import Match
from matchmaker.vocabulary import Kind, Party, Side

FEWEST = 20
"""Postings. Of fewer nothing is said: a share of ten postings is chance."""

MOST_LOOKED_AT = 200
"""The latest postings; older ones say less about today."""

NOT_COMPARED = frozenset({"title", "text"})


@dataclass(frozen=True, slots=True)
class Had:
    """How many of the answered and of the unanswered postings had something, by the name of its field."""

    name: str
    answered: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class Answered:
    """Published postings of one kind and side. `had` is empty below `FEWEST` postings, and when all or
    none got an answer; biggest difference first."""

    postings: int
    answered: int
    had: tuple[Had, ...]

    @property
    def unanswered(self) -> int:
        return self.postings - self.answered


def answered_postings(kind: Kind, side: Side) -> Answered:
    """Compare the latest 200 published postings of this kind and side, over all organisations.

    A posting got an answer when the other side of the desk took a first step towards it: it asked, offered, or answered
    what was asked. A difference says what went together, not what caused it.
    """
    rows = db.session.execute(
        select(Listing, _got_an_answer(kind, side))
        .where(Listing.kind == kind, Listing.side == side, Listing.published_at.is_not(None))
        .order_by(Listing.published_at.desc(), Listing.id.desc())
        .limit(MOST_LOOKED_AT)
    ).all()
    answered = sum(bool(answer) for _, answer in rows)
    if len(rows) < FEWEST or answered in (0, len(rows)):
        return Answered(len(rows), answered, ())
    counts: dict[str, list[int]] = {}
    for listing, answer in rows:
        for each in essentials(kind, values_of(listing)):
            if each.name not in NOT_COMPARED:
                counts.setdefault(each.name, [0, 0])[0 if answer else 1] += each.done
    had = [Had(name, with_answer, without) for name, (with_answer, without) in counts.items()]
    unanswered = len(rows) - answered

    def gap(each: Had) -> float:
        return each.unanswered / unanswered - each.answered / answered

    return Answered(len(rows), answered, tuple(sorted(had, key=lambda each: (gap(each), each.name))))


def _got_an_answer(kind: Kind, side: Side) -> Exists:
    others = (Party.SCHOOL, Party.VISITOR) if MUNICIPAL_SIDE[kind] is side else (Party.MUNICIPALITY, Party.COLLEAGUE)
    own = Match.offer_id if side is Side.OFFER else Match.need_id
    first_step = or_(Match.initiated_by.in_(others), Match.first_answered_at.is_not(None))
    return exists().where(own == Listing.id, first_step)
