"""May they? Pure predicates on an assignment and its match."""

from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind


def can_begin(match: Match) -> bool:
    """A group assignment on which both sides agreed. Who asked without an account works it out by message."""
    return match.kind is Kind.GROUP and match.state is State.AGREED and match.school_id is not None
