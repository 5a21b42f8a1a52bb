"""One answer of the desk to several dates of a series. Each date keeps its own question, state and history."""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import select

from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.matches.models import Match
from matchmaker.matches.queries import whole
from matchmaker.matches.states import AT_DESK
from matchmaker.organisations.models import Desk
from matchmaker.sessions.models import Session
from matchmaker.sessions.queries import session_for

Step = Callable[[Match], object]


def open_in_series(match: Match, desk: Desk | None, *, lock: bool = False) -> Sequence[Match]:
    """The dates of the series of this match that still lie at a desk, in the order in which they were asked; none for
    a match outside a series. With `lock` a second officer waits here until the first is done."""
    session = session_for(match.id)
    if session is None or session.series_id is None or desk is None:
        return []
    numbers = (
        select(Match.id)
        .join(Session, Session.match_id == Match.id)
        .where(Session.series_id == session.series_id, Match.desk_id == desk.id, Match.state.in_(AT_DESK))
    )
    if lock:
        db.session.scalars(select(Match.id).where(Match.id.in_(numbers)).order_by(Match.id).with_for_update()).all()
    query = whole(select(Match).where(Match.id.in_(numbers)).order_by(Match.id))
    return db.session.scalars(query.execution_options(populate_existing=lock)).unique().all()


def answer_each(dates: Iterable[Match], act: Step) -> tuple[int, int]:
    """Do the same for each of these dates. Returns for how many it was done, and for how many it no longer could be.

    Raises InvalidValue when the answer itself is wrong, before anything has changed.
    """
    done = missed = 0
    for match in dates:
        try:
            act(match)
        except InvalidMove:
            missed += 1
        else:
            done += 1
    return done, missed


def chosen_of(dates: Sequence[Match], seen: Iterable[str]) -> list[Match]:
    """The dates that were ticked, each told as number and version; what changed since it was shown falls out.

    Raises InvalidValue at `dates` when nothing is left.
    """
    now_there = {f"{each.id}-{each.version}": each for each in dates}
    chosen = [now_there[each] for each in seen if each in now_there]
    if not chosen:
        raise InvalidValue("dates", "required")
    return chosen
