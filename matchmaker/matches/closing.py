"""How a question ends without an agreement: a no with a reason, taken back, or handed to another municipality."""

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.appointments.calling_off import call_off
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.listings.actions import give_back_place
from matchmaker.matches.finding_desks import around, desk_for
from matchmaker.matches.letters import tell, tell_asker, tell_desk
from matchmaker.matches.models import Match
from matchmaker.matches.readers import municipal_readers
from matchmaker.matches.rules import (
    REFUSALS_OF_MUNICIPALITY,
    REFUSALS_OF_SCHOOL,
    holds_a_place,
    may_forward,
    may_refuse,
    may_withdraw,
)
from matchmaker.matches.states import Action, State
from matchmaker.matches.step import step
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Party, Refusal


def refuse(match: Match, *, refusal: Refusal | None, note: str = "", by: Account | None, as_party: Party) -> Match:
    """Say no, always with a coded reason; `other` needs words as well.

    The municipality refuses what lies at its desk, the other side what it was offered. Raises InvalidMove, or
    InvalidValue at `refusal` or `note`.
    """
    if not may_refuse(match, as_party):
        raise InvalidMove(state=match.state.value, action=Action.REFUSE.value)
    fitting = REFUSALS_OF_MUNICIPALITY if as_party is Party.MUNICIPALITY else REFUSALS_OF_SCHOOL
    if refusal is None or refusal not in fitting:
        raise InvalidValue("refusal", "required")
    if refusal is Refusal.OTHER and not note.strip():
        raise InvalidValue("note", "required")
    match.refusal, match.refusal_note = refusal, note
    step(match, Action.REFUSE, by=by, as_party=as_party, note=note, refusal=refusal.value)
    if as_party is Party.MUNICIPALITY:
        tell_asker("match_refused", match, refusal=refusal.value, note=note)
    else:
        tell("match_declined", match, municipal_readers(match), refusal=refusal.value, note=note)
    return match


def withdraw(match: Match, *, note: str = "", by: Account | None, as_party: Party) -> Match:
    """Take it back; a place that was taken is free again and a date leaves every calendar. The other side hears it.

    Raises InvalidMove.
    """
    if not may_withdraw(match, as_party):
        raise InvalidMove(state=match.state.value, action=Action.WITHDRAW.value)
    held = holds_a_place(match)
    step(match, Action.WITHDRAW, by=by, as_party=as_party, note=note)
    if held:
        for listing in (match.need, match.offer):
            if listing is not None:
                give_back_place(listing)
        call_off(match.id, because=note)
    if as_party is Party.MUNICIPALITY:
        tell_asker("match_withdrawn", match, note=note, whose=match.municipality.name)
    else:
        whose = match.school.name if match.school else ""
        tell("match_withdrawn", match, municipal_readers(match), note=note, whose=whose)
    return match


def forward(match: Match, *, to: Organisation, note: str = "", by: Account) -> Match:
    """Hand the question to another municipality; returns the match at its desk, which says who sent it.

    When the engine proposed a posting of that municipality for this need, that proposal becomes the question. Raises
    InvalidValue at `to` when that municipality was asked before or is not within reach, InvalidMove when the question
    cannot be passed on.
    """
    if not may_forward(match):
        raise InvalidMove(state=match.state.value, action=Action.FORWARD.value)
    ring = next((each.ring for each in around(match.municipality) if each.municipality.id == to.id), None)
    if ring is None or to.id in asked_before(match):
        raise InvalidValue("to", "unknown_code")
    sender = match.municipality.name
    step(match, Action.FORWARD, by=by, as_party=Party.MUNICIPALITY, note=note, to=to.name)
    moved = _proposal_at(match, to) or _new_question(match, to)
    moved.forwarded_from, moved.ring = match, match.ring + ring
    moved.initiated_by, moved.school_contact, moved.note = match.initiated_by, match.school_contact, match.note
    moved.desk, moved.requested_at = desk_for(to), now()
    db.session.add(moved)
    step(moved, Action.REQUEST, by=by, as_party=Party.MUNICIPALITY, note=note, sender=sender)
    tell_desk("match_requested", moved, note=note, sender=sender)
    tell_asker("match_forwarded", moved, sender=sender)
    return moved


def asked_before(match: Match) -> set[int]:
    """The municipalities that had this question before, and the one that has it now."""
    asked, earlier = {match.municipality_id}, match.forwarded_from
    while earlier is not None:
        asked.add(earlier.municipality_id)
        earlier = earlier.forwarded_from
    return asked


def _proposal_at(match: Match, to: Organisation) -> Match | None:
    return db.session.scalar(
        select(Match)
        .where(
            Match.need_id == match.need_id,
            Match.municipality_id == to.id,
            Match.offer_id.is_not(None),
            Match.state == State.PROPOSED,
        )
        .order_by(Match.score.desc(), Match.id)
        .limit(1)
    )


def _new_question(match: Match, to: Organisation) -> Match:
    return Match(
        kind=match.kind,
        need=match.need,
        municipality=to,
        school=match.school,
        state=State.PROPOSED,
        reasons=[],
        hints={},
    )
