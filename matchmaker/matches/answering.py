"""What the desk and its colleagues do with a question."""

from matchmaker.accounts.models import Account
from matchmaker.errors import InvalidMove, InvalidValue, NotFound
from matchmaker.links.actions import make_link
from matchmaker.links.models import Purpose
from matchmaker.listings.models import Offer
from matchmaker.matches.deadlines import LINK_DAYS
from matchmaker.matches.finding_desks import desk_for
from matchmaker.matches.letters import tell, tell_asker, tell_desk
from matchmaker.matches.models import Match
from matchmaker.matches.proposing import absorb_proposal
from matchmaker.matches.readers import stand_in
from matchmaker.matches.rules import REFUSALS_OF_COLLEAGUE, may_answer_as_colleague
from matchmaker.matches.states import Action, State, allows
from matchmaker.matches.step import step
from matchmaker.organisations.models import Membership
from matchmaker.vocabulary import Party, Refusal


def offer(match: Match, *, by: Account | None, note: str = "", chosen: Offer | None = None) -> Match:
    """The municipality says yes, with one of its postings when `chosen`. The other side then accepts or declines.

    From a proposal it is the municipality that makes the first move. Raises InvalidValue when the chosen posting is not
    of this municipality, or already runs with this need.
    """
    if not allows(match.state, Action.OFFER):
        raise InvalidMove(state=match.state.value, action=Action.OFFER.value)
    if chosen is not None and chosen.id != match.offer_id:
        if chosen.organisation_id != match.municipality_id:
            raise InvalidValue("offer", "unknown_code")
        absorb_proposal(match, chosen)
    if match.state is State.PROPOSED:
        match.initiated_by, match.desk = Party.MUNICIPALITY, desk_for(match.municipality)
    step(match, Action.OFFER, by=by, as_party=Party.MUNICIPALITY, note=note)
    tell_asker("match_offered", match, note=note)
    return match


def take(match: Match, *, by: Account) -> Match:
    """An officer takes the item: the asker hears who, and by when. Taking twice changes nothing."""
    if match.owner_id == by.id and allows(match.state, Action.TAKE):
        return match
    first = match.first_answered_at is None
    match.owner = by
    step(match, Action.TAKE, by=by, as_party=Party.MUNICIPALITY)
    if first:
        tell_asker("match_taken", match)
    return match


def assign(match: Match, *, to: Account, by: Account, note: str = "") -> Match:
    """Give the item to another officer. Raises InvalidMove when it has ended."""
    if match.owner_id == to.id:
        return match
    match.owner = to
    step(match, Action.ASSIGN, by=by, as_party=Party.MUNICIPALITY, note=note, to=to.display_name)
    if to.id != by.id:
        tell_desk("match_assigned", match, note=note, sender=by.display_name)
    return match


def ask(match: Match, *, question: str, by: Account) -> Match:
    """Ask the asker for more. The clock of the desk stops; the asker gets five working days."""
    if not question.strip():
        raise InvalidValue("question", "required")
    match.owner = match.owner or by
    step(match, Action.ASK, by=by, as_party=Party.MUNICIPALITY, note=question)
    tell_asker("match_asked", match, note=question)
    return match


def route(match: Match, *, to: Membership, note: str = "", by: Account) -> Match:
    """Ask a colleague of the municipality, who can answer from the letter. Raises InvalidValue for anyone else."""
    if not to.is_active or to.organisation_id not in _own_organisations(match):
        raise InvalidValue("to", "unknown_code")
    first = match.first_answered_at is None
    match.owner = match.owner or by
    match.colleague = to.account
    step(
        match,
        Action.ROUTE,
        by=by,
        as_party=Party.MUNICIPALITY,
        note=note,
        to=to.account.display_name,
        to_id=to.account_id,
    )
    reader = stand_in(to.account)
    link = make_link(Purpose.COLLEAGUE_ANSWER, subject_id=match.id, account_id=reader.id, days=LINK_DAYS)
    tell("match_routed", match, [reader], link=link, note=note, sender=by.display_name, text=match.need.text)
    if first:
        tell_asker("match_passed_on", match)
    return match


def answer_as_colleague(
    match: Match,
    *,
    answer: str,
    refusal: Refusal | None = None,
    note: str = "",
    suggested: Membership | None = None,
    by: Account,
) -> Match:
    """The colleague says yes, no (with a reason) or names another. Raises NotFound for anyone who was not asked.

    Raises InvalidValue at `answer`, `refusal` or `suggested` when something is missing.
    """
    asked = match.colleague
    if match.state is not State.ROUTED:
        raise InvalidMove(state=match.state.value, action=f"colleague_{answer}")
    if asked is None or not may_answer_as_colleague(match, by, stand_in=stand_in(asked)):
        raise NotFound()
    if answer == "yes":
        step(match, Action.COLLEAGUE_YES, by=by, as_party=Party.COLLEAGUE, note=note)
        tell_asker("match_offered", match, note=note)
    elif answer == "no":
        _colleague_says_no(match, refusal, note, by=by)
    elif answer == "other":
        _colleague_names_another(match, suggested, note, by=by)
    else:
        raise InvalidValue("answer", "unknown_code")
    tell_desk(
        "match_colleague_answered",
        match,
        answer=answer,
        refusal=refusal.value if refusal else "",
        note=note,
        colleague=by.display_name,
        suggested=suggested.account.display_name if suggested else "",
    )
    return match


def _colleague_says_no(match: Match, refusal: Refusal | None, note: str, *, by: Account) -> None:
    if refusal not in REFUSALS_OF_COLLEAGUE:
        raise InvalidValue("refusal", "required")
    if refusal is Refusal.OTHER and not note.strip():
        raise InvalidValue("note", "required")
    match.colleague = None
    step(match, Action.COLLEAGUE_NO, by=by, as_party=Party.COLLEAGUE, note=note, refusal=refusal.value)


def _colleague_names_another(match: Match, suggested: Membership | None, note: str, *, by: Account) -> None:
    if suggested is None and not note.strip():
        raise InvalidValue("suggested", "required")
    if suggested is not None and not _is_another(suggested, match, by=by):
        raise InvalidValue("suggested", "unknown_code")
    named = {"suggested": suggested.id, "name": suggested.account.display_name} if suggested else {}
    match.colleague = None
    step(match, Action.COLLEAGUE_OTHER, by=by, as_party=Party.COLLEAGUE, note=note, **named)


def _is_another(suggested: Membership, match: Match, *, by: Account) -> bool:
    return suggested.organisation_id in _own_organisations(match) and suggested.account_id != by.id


def _own_organisations(match: Match) -> set[int]:
    """Colleagues come from the municipality, or from the region that holds its desk."""
    return {match.municipality_id} | ({match.desk.holder_id} if match.desk else set())
