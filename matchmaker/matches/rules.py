"""May they? Pure predicates on one match."""

from matchmaker.accounts.models import Account
from matchmaker.matches.models import Match
from matchmaker.matches.states import AT_DESK, Action, State, allows
from matchmaker.vocabulary import Kind, Party, Refusal

REFUSALS_OF_SCHOOL = frozenset({Refusal.PERIOD, Refusal.LEVEL, Refusal.FOUND_ELSEWHERE, Refusal.OTHER})
REFUSALS_OF_MUNICIPALITY = frozenset(Refusal) - {Refusal.NO_DESK, Refusal.FOUND_ELSEWHERE}
REFUSALS_OF_COLLEAGUE = frozenset(
    {Refusal.NO_CAPACITY, Refusal.NO_SUPERVISOR, Refusal.NOT_OUR_WORK, Refusal.PERIOD, Refusal.LEVEL, Refusal.OTHER}
)


def asking_party(match: Match) -> Party:
    """Who stands on the other side of the desk: a school, or a visitor without an account."""
    return Party.SCHOOL if match.school_id is not None else Party.VISITOR


def may_refuse(match: Match, party: Party) -> bool:
    """The municipality refuses what lies at its desk; the other side refuses what it was offered."""
    if party is Party.MUNICIPALITY:
        return match.state in AT_DESK
    return match.state is State.OFFERED


def may_withdraw(match: Match, party: Party) -> bool:
    """Who asked may always take it back; the municipality what it said yes to."""
    if party is Party.MUNICIPALITY and match.state in AT_DESK:
        return False
    return allows(match.state, Action.WITHDRAW)


def may_forward(match: Match) -> bool:
    """A question the municipality itself posted stays with it."""
    own_question = match.kind is Kind.QUESTION and match.need.organisation_id == match.municipality_id
    return allows(match.state, Action.FORWARD) and not own_question


def may_route(match: Match) -> bool:
    return allows(match.state, Action.ROUTE)


def may_ask(match: Match) -> bool:
    return allows(match.state, Action.ASK)


def may_say_yes(match: Match) -> bool:
    """The desk may answer yes itself while the item lies at the municipality."""
    return match.state in AT_DESK


def may_answer_as_colleague(match: Match, account: Account, *, stand_in: Account | None = None) -> bool:
    """The colleague who was asked, or who stands in during leave."""
    own = match.colleague_id == account.id
    covers = stand_in is not None and stand_in.id == account.id
    return match.state is State.ROUTED and (own or covers)


def holds_a_place(match: Match) -> bool:
    """Whether accepting took a place that must be given back when it ends early."""
    return match.state in {State.SCHEDULING, State.AGREED}
