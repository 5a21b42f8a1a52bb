"""The clock: one reminder on the day of a deadline, one escalation after it.

What someone asked never lapses; proposals do.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased, joinedload

from matchmaker.accounts.models import Account
from matchmaker.clock import at, local
from matchmaker.database import db
from matchmaker.links.models import Link
from matchmaker.listings.models import Listing
from matchmaker.matches.letters import desk_path, tell, tell_asker, tell_desk
from matchmaker.matches.models import Match
from matchmaker.matches.readers import answer_link, desk_readers, municipal_readers, overseers, stand_in
from matchmaker.matches.states import RUNNING, Action, State
from matchmaker.matches.step import step
from matchmaker.organisations.models import Desk
from matchmaker.reference.holidays import CLOSES
from matchmaker.vocabulary import ListingStatus, Party

AT_MUNICIPALITY = frozenset({State.REQUESTED, State.ROUTED})
MOST_AT_ONCE = 500


def escalate_late(moment: datetime) -> int:
    """Report what is past its deadline, once per turn; it stays open. Returns how many.

    Late at the municipality: the region coordinator and the administrators of the desk's holder hear it, and a
    colleague who was asked gets the question again. Late at the other side: the asker is asked once more, and the
    desk knows.
    """
    late = _running(Match.due_at < moment, Match.escalated_at.is_(None))
    for match in late:
        step(match, Action.ESCALATE, by=None, as_party=Party.SYSTEM, due=_due(match))
        match.escalated_at = moment
        if match.state in AT_MUNICIPALITY:
            tell("match_late", match, overseers(match), path=desk_path(match))
            _ask_colleague_again(match)
        else:
            tell_asker("match_due", match, late=True)
            tell("match_other_side_late", match, desk_readers(match), path=desk_path(match))
    db.session.flush()
    return len(late)


def remind_due(moment: datetime) -> int:
    """Remind whoever is next on the morning their turn ends, once per turn. Returns how many.

    Earlier would be noise: a promise is mostly two working days, and what is new has just been told in a letter of its
    own. Deadlines fall on working days alone, so reminders do too.
    """
    until = at(local(moment).date(), CLOSES)
    due = _running(Match.due_at >= moment, Match.due_at <= until, Match.reminded_at.is_(None))
    for match in due:
        step(match, Action.REMIND, by=None, as_party=Party.SYSTEM, due=_due(match))
        match.reminded_at = moment
        _remind(match)
    db.session.flush()
    return len(due)


def lapse_closed(_moment: datetime) -> int:
    """Let go of proposals nobody took up, once the need or the offer is no longer open. Returns how many."""
    need, offer = aliased(Listing), aliased(Listing)
    closed = db.session.scalars(
        select(Match)
        .join(need, need.id == Match.need_id)
        .outerjoin(offer, offer.id == Match.offer_id)
        .where(Match.state == State.PROPOSED, or_(_is_closed(need), _is_closed(offer)))
        .order_by(Match.id)
        .limit(MOST_AT_ONCE)
        .options(joinedload(Match.municipality), joinedload(Match.desk))
    ).all()
    for match in closed:
        step(match, Action.LAPSE, by=None, as_party=Party.SYSTEM)
    return len(closed)


def _is_closed(listing: type[Listing]) -> ColumnElement[bool]:
    return listing.status.in_((ListingStatus.CLOSED, ListingStatus.EXPIRED))


def _remind(match: Match) -> None:
    if match.state is State.REQUESTED:
        tell_desk("match_due", match, late=False)
    elif match.state is State.ROUTED:
        _ask_colleague_again(match)
    else:
        tell_asker("match_due", match, late=False)
        if match.state is State.SCHEDULING:
            tell("match_due", match, municipal_readers(match), late=False)


def _ask_colleague_again(match: Match) -> None:
    colleague: Account | None = match.colleague
    link: Link | None = answer_link(match)
    if match.state is State.ROUTED and colleague is not None and link is not None:
        tell("match_routed", match, [stand_in(colleague)], link=link, note="", again=True, text=match.need.text)


def _running(*conditions: object) -> Sequence[Match]:
    return db.session.scalars(
        select(Match)
        .where(Match.state.in_(RUNNING), *conditions)  # type: ignore[arg-type]
        .order_by(Match.due_at, Match.id)
        .limit(MOST_AT_ONCE)
        .options(
            joinedload(Match.need),
            joinedload(Match.offer),
            joinedload(Match.municipality),
            joinedload(Match.school),
            joinedload(Match.desk).joinedload(Desk.holder),
        )
    ).all()


def _due(match: Match) -> str:
    return match.due_at.isoformat() if match.due_at else ""
