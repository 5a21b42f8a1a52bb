"""What accepted and refused matches say of the crosswalk. It proposes; an administrator decides, nothing changes by
itself. Only what organisations wrote is counted: fields of work, fields of study, yes or no."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from matchmaker.catalogue.queries import current_crosswalk, dismissals
from matchmaker.database import db
from matchmaker.listings.models import Listing
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.organisations.models import Programme
from matchmaker.vocabulary import Kind, Refusal

YES = (State.SCHEDULING, State.AGREED, State.DONE)
"""Both sides said yes, whatever came of the date."""

ABOUT_THE_SUBJECT = (Refusal.NOT_OUR_WORK,)
"""The only no that says something of the subject. No room, no supervisor, another period or level say nothing of it."""

FEWEST_DECIDED = 8
MOST_NAMED = 3
"""A posting that names more fields than this makes no choice, so it says nothing of one pair."""

Z = 1.96
"""Standard normal quantile of 97.5%: an interval of 95%."""

STRONGEST = 3
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LinkProposal:
    """One step up or down for one pair: strength now and proposed, the counts, and the interval they rest on.

    `low` and `high` are shares (0..1) of yes, `overall` the share over all decided matches.
    """

    work_field: str
    study_field: str
    strength: int
    proposed: int
    yes: int
    no: int
    low: float
    high: float
    overall: float

    @property
    def decided(self) -> int:
        return self.yes + self.no


def link_proposals() -> list[LinkProposal]:
    """Changes the matches speak for, most decided first. Three queries.

    A pair is proposed from eight decided matches on: one stronger when the whole 95% interval of its share of yes lies
    above the share over all decided matches, one weaker when it lies below. What was dismissed comes back when twice as
    many matches have decided. With many pairs some will differ by chance: that is why a person decides.
    """
    yes, no, overall = _counted(_decided())
    _version, crosswalk = current_crosswalk()
    unwanted = {(each.work_field, each.study_field, each.strength): each.decided for each in dismissals()}
    found = []
    for pair in sorted(yes.keys() | no.keys()):
        made = _proposal(pair, yes[pair], no[pair], overall, crosswalk.strengths.get(pair, 0))
        if made and made.decided >= 2 * unwanted.get((*pair, made.proposed), 0):
            found.append(made)
    return sorted(found, key=lambda each: (-each.decided, each.work_field, each.study_field))


def link_proposal(work_field: str, study_field: str) -> LinkProposal | None:
    """What is proposed for one pair now."""
    return next(
        (each for each in link_proposals() if (each.work_field, each.study_field) == (work_field, study_field)), None
    )


def wilson(yes: int, decided: int) -> tuple[float, float]:
    """The 95% interval (0..1) of a share, by Wilson's score (E. B. Wilson, JASA 22, 1927). Raises ValueError for none.

    It stays honest for small numbers and for shares near 0 and 1, where the usual interval does not.
    """
    if not 0 <= yes <= decided or not decided:
        raise ValueError("a share needs at least one decision, and no more yes than decisions")
    share, shrink = yes / decided, 1 + Z * Z / decided
    centre = (share + Z * Z / (2 * decided)) / shrink
    half = Z / shrink * math.sqrt(share * (1 - share) / decided + Z * Z / (4 * decided * decided))
    return max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half))


def _proposal(pair: Pair, yes: int, no: int, overall: float, strength: int) -> LinkProposal | None:
    if yes + no < FEWEST_DECIDED:
        return None
    low, high = wilson(yes, yes + no)
    step = int(low > overall) - int(high < overall)
    proposed = strength + step
    if not step or not 0 <= proposed <= STRONGEST:
        return None
    return LinkProposal(*pair, strength, proposed, yes, no, low, high, overall)


def _counted(decided: Iterable[tuple[bool, list[Pair]]]) -> tuple[Counter[Pair], Counter[Pair], float]:
    """Yes and no per pair, and the share of yes over all matches; a match counts once for each pair it names."""
    yes: Counter[Pair] = Counter()
    no: Counter[Pair] = Counter()
    agreed = total = 0
    for accepted, pairs in decided:
        (yes if accepted else no).update(pairs)
        agreed, total = agreed + accepted, total + 1
    return yes, no, agreed / total if total else 0.0


def _decided() -> Iterator[tuple[bool, list[Pair]]]:
    """Each decided match: whether it was a yes, and the pairs of the municipality's work and the school's study."""
    need, offer = aliased(Listing), aliased(Listing)
    need_programme, offer_programme = aliased(Programme), aliased(Programme)
    rows = db.session.execute(
        select(
            Match.state, Match.kind, need.work_fields, need.study_fields, need_programme.isced,
            offer.work_fields, offer.study_fields, offer_programme.isced,
        )
        .join(need, need.id == Match.need_id)
        .outerjoin(offer, offer.id == Match.offer_id)
        .outerjoin(need_programme, need_programme.id == need.programme_id)
        .outerjoin(offer_programme, offer_programme.id == offer.programme_id)
        .where(
            or_(
                Match.state.in_(YES),
                and_(Match.state == State.REFUSED, Match.refusal.in_(ABOUT_THE_SUBJECT)),
            )
        )
        .order_by(Match.id)
    )  # fmt: skip
    for state, kind, need_work, need_study, need_isced, offer_work, offer_study, offer_isced in rows:
        if kind is Kind.QUESTION:
            works, studies, isced = need_work, offer_study, offer_isced
        else:
            works, studies, isced = offer_work or need_work, need_study, need_isced
        named = studies or ([isced] if isced else [])
        if works and named and len(works) <= MOST_NAMED and len(named) <= MOST_NAMED:
            yield state in YES, [(work, study) for work in works for study in named]
