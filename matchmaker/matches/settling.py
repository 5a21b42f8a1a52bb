"""Both sides say yes, agree on a date, and it takes place."""

from typing import Any

from matchmaker.accounts.models import Account
from matchmaker.errors import InvalidMove
from matchmaker.listings.actions import take_place
from matchmaker.matches.letters import tell
from matchmaker.matches.models import Match
from matchmaker.matches.readers import municipal_readers
from matchmaker.matches.rules import asking_party
from matchmaker.matches.states import Action, allows
from matchmaker.matches.step import step
from matchmaker.vocabulary import Party


def accept(match: Match, *, by: Account | None, note: str = "") -> Match:
    """The asker accepts what the municipality offers: one place of the offer and one of the need are taken.

    Raises InvalidMove, or NoPlaceLeft when someone else had the last place.
    """
    if not allows(match.state, Action.ACCEPT):
        raise InvalidMove(state=match.state.value, action=Action.ACCEPT.value)
    for listing in (match.offer, match.need):
        if listing is not None:
            take_place(listing)
    step(match, Action.ACCEPT, by=by, as_party=asking_party(match), note=note)
    tell("match_accepted", match, municipal_readers(match), note=note)
    return match


def propose_dates(match: Match, *, by: Account | None, as_party: Party, **values: Any) -> Match:
    """Note that a side proposed moments; the letter comes from the appointment."""
    step(match, Action.PROPOSE_DATES, by=by, as_party=as_party, **values)
    return match


def agree(match: Match, *, by: Account | None, as_party: Party, **values: Any) -> Match:
    """Note the date both agreed on; `values` are plain JSON for its sentence. The invitation is the appointment's."""
    step(match, Action.AGREE, by=by, as_party=as_party, **values)
    return match


def reschedule(match: Match, *, by: Account | None, as_party: Party, note: str = "", **values: Any) -> Match:
    """The date falls; both look for another one and the place stays taken."""
    step(match, Action.RESCHEDULE, by=by, as_party=as_party, note=note, **values)
    return match


def complete(match: Match, *, by: Account | None, as_party: Party = Party.SYSTEM) -> Match:
    """It took place."""
    step(match, Action.COMPLETE, by=by, as_party=as_party)
    return match
