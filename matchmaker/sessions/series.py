"""The same lecture on more dates: a need and a question of its own for each, shown together as a series."""

from collections.abc import Iterable

from matchmaker.accounts.models import Account
from matchmaker.appointments.spans import Span
from matchmaker.audit.actions import record
from matchmaker.clock import local
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.listings.actions import copy, publish
from matchmaker.listings.writing import write
from matchmaker.matches.asking import ask_desk
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.sessions.actions import session_of
from matchmaker.sessions.models import SessionSeries
from matchmaker.vocabulary import SESSION_KINDS

MOST_REPEATS = 3
REPEATABLE = frozenset({State.OFFERED, State.SCHEDULING, State.AGREED, State.DONE})


def may_repeat(match: Match) -> bool:
    """Whether the school can ask for the same on more dates: the municipality has said yes to this one."""
    return match.kind in SESSION_KINDS and match.school_id is not None and match.state in REPEATABLE


def repeat(match: Match, spans: Iterable[Span], *, note: str = "", by: Account) -> list[Match]:
    """Ask the same municipality for the same on more dates. Raises InvalidMove, InvalidValue at `slots`, and
    InvalidListing when what is copied is no longer true."""
    wanted = sorted(set(spans))
    if not may_repeat(match):
        raise InvalidMove(state=match.state.value, action="repeat")
    if not 1 <= len(wanted) <= MOST_REPEATS:
        raise InvalidValue("slots", "slots_needed", most=MOST_REPEATS)
    first = session_of(match)
    if first.series_id is None:
        series = SessionSeries()
        db.session.add(series)
        db.session.flush()
        first.series_id = series.id
    asked = [_ask_again(match, span, note=note, by=by) for span in wanted]
    for each in asked:
        session_of(each).series_id = first.series_id
    db.session.flush()
    record("session.repeated", about=first, by=by, organisation=match.school)
    return asked


def _ask_again(match: Match, span: Span, *, note: str, by: Account) -> Match:
    start = local(span.starts_at)
    need = copy(match.need, by=by)
    write(need, {"slots": [{"date": start.date().isoformat(), "time": f"{start:%H:%M}"}]})
    publish(need, by=by)
    return ask_desk(need, match.municipality, by=by, note=note)  # type: ignore[arg-type]
