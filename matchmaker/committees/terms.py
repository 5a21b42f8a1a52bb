"""A term is warned about, renewed, moved, stopped early, or ends by itself."""

from datetime import date, datetime, timedelta

from matchmaker.accounts.models import Account
from matchmaker.clock import local, now, today
from matchmaker.committees.days import last_day_of_term
from matchmaker.committees.letters import tell_keepers, tell_member
from matchmaker.committees.meetings import let_off
from matchmaker.committees.models import Term
from matchmaker.committees.queries import terms_ending, terms_over
from matchmaker.committees.states import SeatAction, TermAction, TermState
from matchmaker.committees.step import step
from matchmaker.database import db
from matchmaker.errors import InvalidMove
from matchmaker.vocabulary import TermEnd


def warn_ending_terms(moment: datetime) -> int:
    """Six months before a term ends, member and school hear it, once; returns how many terms that were."""
    found = terms_ending(local(moment).date())
    for term in found:
        term.warned_at = now()
        step(term, TermAction.WARN, by=None)
        tell_member("term_ending", term, renewable=term.may_renew, to_member=True)
        tell_keepers(
            "term_ending",
            term.committee,
            who=term.display_name,
            seat=term.seat.name,
            ends_on=term.ends_on.isoformat(),
            renewable=term.may_renew,
            to_member=False,
        )
    return len(found)


def end_terms(moment: datetime) -> int:
    """Terms whose last day has passed end, and their seats are vacant; returns how many."""
    found = terms_over(local(moment).date())
    for term in found:
        _end(term, TermAction.END, by=None)
    return len(found)


def renew(term: Term, *, by: Account) -> Term:
    """One more term of the length the committee has now, from the day after the last. Raises InvalidMove once the
    committee allows no more."""
    if not term.may_renew:
        raise InvalidMove(state=term.state.value, action=TermAction.RENEW.value)
    term.ends_on = last_day_of_term(term.ends_on + timedelta(days=1), term.committee.term_years)
    term.renewed += 1
    term.warned_at = None
    step(term, TermAction.RENEW, by=by)
    tell_member("term_renewed", term)
    return term


def reschedule(term: Term, *, starts_on: date, ends_on: date, by: Account | None) -> None:
    """The days were agreed anew. Nothing changed is no step."""
    if term.state is not TermState.RUNNING or (term.starts_on, term.ends_on) == (starts_on, ends_on):
        return
    term.starts_on, term.ends_on, term.warned_at = starts_on, ends_on, None
    step(term, TermAction.RESCHEDULE, by=by)


def stop(term: Term, *, because: TermEnd, by: Account | None) -> Term:
    """End a term before its last day, with a reason from the list: the seat is vacant from now on."""
    if term.state is TermState.RUNNING:
        term.stopped_because = because
        term.ends_on = max(term.starts_on, min(term.ends_on, today()))
    _end(term, TermAction.STOP, by=by)
    return term


def _end(term: Term, action: TermAction, *, by: Account | None) -> None:
    term.closed_at = now()
    step(term, action, by=by)
    step(term.seat, SeatAction.RELEASE, by=by)
    let_off(term)
    db.session.flush()
    tell_member("term_ended", term)
