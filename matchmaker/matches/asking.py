"""The school, or someone without an account, asks; the question reaches a desk or is closed honestly."""

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.listings.models import Need, VisitorRequest
from matchmaker.listings.visitors import confirm_request
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.matches.finding_desks import desk_for, nearest_willing
from matchmaker.matches.letters import tell_asker, tell_desk
from matchmaker.matches.models import Match
from matchmaker.matches.readers import follow_link
from matchmaker.matches.rules import asking_party
from matchmaker.matches.states import ENDED, Action, State
from matchmaker.matches.step import step
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Party, Refusal


def request(match: Match, *, by: Account | None, note: str = "") -> Match:
    """Turn a proposal into a question to the desk of its municipality. Raises InvalidMove when it was asked already."""
    match.note = note
    match.initiated_by = asking_party(match)
    if by is not None:
        match.school_contact = by
    _start_at_desk(match, by=by, note=note)
    return match


def ask_desk(need: Need, municipality: Organisation, *, by: Account | None, note: str = "") -> Match:
    """Ask a municipality without one of its postings. Asking twice while the first runs gives the same match.

    A municipality without a desk of its own or of its region: the nearest desk willing takes it, and the match then
    names that municipality. Without any, the question is closed with a reason, counts as unmet demand of the
    municipality asked, and an invitation to that municipality is put ready to print. Raises InvalidMove for a need of
    a school that is not open: a desk is asked what everyone can read.
    """
    if need.organisation_id is not None and not need.is_open:
        raise InvalidMove(reference=need.reference)
    open_already = db.session.scalar(
        select(Match)
        .where(
            Match.need_id == need.id,
            Match.municipality_id == municipality.id,
            Match.offer_id.is_(None),
            Match.state.not_in(ENDED),
        )
        .order_by(Match.id)
        .limit(1)
    )
    if open_already is not None:
        return open_already
    match = Match(
        kind=need.kind,
        need=need,
        municipality=municipality,
        school=need.organisation,
        school_contact=by or need.owner,
        initiated_by=Party.SCHOOL if need.organisation_id else Party.VISITOR,
        note=note,
        state=State.PROPOSED,
        reasons=[],
        hints={},
    )
    db.session.add(match)
    _start_at_desk(match, by=by, note=note)
    return match


def bring_to_desk(made: VisitorRequest) -> Match:
    """Make the need, ask the municipality, and send the asker the standing link."""
    match = ask_desk(confirm_request(made), made.municipality, by=None, note=made.text)
    queue_letter(
        "visitor_received",
        topic=Topic.REQUESTS,
        address=made.email,
        name=made.name,
        language=made.language,
        link=follow_link(match),
        municipality=match.municipality.name,
        title=made.title,
        due=match.due_at.isoformat() if match.due_at else "",
    )
    return match


def reply(match: Match, *, answer: str, by: Account | None) -> Match:
    """The asker answers the question of the desk. Raises InvalidValue for an empty answer."""
    if not answer.strip():
        raise InvalidValue("answer", "required")
    step(match, Action.REPLY, by=by, as_party=asking_party(match), note=answer)
    tell_desk("match_replied", match, note=answer)
    return match


def _start_at_desk(match: Match, *, by: Account | None, note: str) -> None:
    """Start the clock at the desk that takes it."""
    asked = match.municipality
    values: dict[str, object] = {}
    match.desk = desk_for(asked)
    if match.desk is None and (found := nearest_willing(asked)):
        match.municipality, match.desk, match.ring = found.municipality, found.desk, found.ring
        values = {"asked": asked.name, "taken_by": found.municipality.name}
    match.requested_at = now()
    step(match, Action.REQUEST, by=by, as_party=asking_party(match), note=note, **values)
    if match.desk is None:
        _close_without_desk(match)
    else:
        tell_desk("match_requested", match, note=note)


def _close_without_desk(match: Match) -> None:
    match.refusal = Refusal.NO_DESK
    step(match, Action.REFUSE, by=None, as_party=Party.SYSTEM, refusal=Refusal.NO_DESK.value)
    tell_asker("match_refused", match, refusal=Refusal.NO_DESK.value, note="")
    queue_letter(
        "invite_municipality",
        topic=Topic.REQUESTS,
        name=match.municipality.name,
        municipality=match.municipality.name,
        kind=match.kind.value,
        school=match.school.name if match.school else "",
    )
