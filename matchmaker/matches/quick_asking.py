"""Asking about an offer straight from its page."""

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.listings.actions import publish, save_draft
from matchmaker.listings.kinds import fields_for
from matchmaker.listings.models import Need, Offer
from matchmaker.listings.values import values_still_true
from matchmaker.listings.writing import values_of
from matchmaker.matches.asking import request
from matchmaker.matches.finding_desks import desk_for
from matchmaker.matches.models import Match
from matchmaker.matches.proposing import propose_for
from matchmaker.matches.states import State
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Side

FROM_THE_OFFER = frozenset(
    {"title", "text", "levels", "study_fields", "work_fields", "tracks", "languages", "starts_on", "ends_on",
     "duration_weeks", "hours_min", "hours_max", "minutes", "mode"}
)  # fmt: skip


def need_from(offer: Offer, *, organisation: Organisation, by: Account) -> Need:
    """A need of the school in the words of the offer, online at once; the place is the school's own."""
    asked = FROM_THE_OFFER & set(fields_for(offer.kind, Side.NEED))
    values = {name: value for name, value in values_still_true(values_of(offer)).items() if name in asked}
    values["place"] = organisation.place
    need = save_draft(None, side=Side.NEED, kind=offer.kind, organisation=organisation, values=values, by=by)
    publish(need, by=by)
    assert isinstance(need, Need)
    return need


def ask_about(offer: Offer, need: Need, *, by: Account, note: str = "") -> Match:
    """Bring the question to the desk of the offer. Raises InvalidValue at `need` when this pair ran before."""
    if not offer.is_open or need.kind is not offer.kind:
        raise InvalidMove(reference=offer.reference)
    match = _pair(need, offer) or _proposed(need, offer, by=by)
    if match.state is not State.PROPOSED:
        raise InvalidValue("need", "taken")
    return request(match, by=by, note=note)


def _pair(need: Need, offer: Offer) -> Match | None:
    return db.session.scalar(select(Match).where(Match.need_id == need.id, Match.offer_id == offer.id))


def _proposed(need: Need, offer: Offer, *, by: Account) -> Match:
    """The pair with the engine's reasons, or without any when the engine would not have proposed it."""
    propose_for(need, by=by)
    found = _pair(need, offer)
    if found is not None:
        return found
    assert offer.organisation is not None
    made = Match(
        kind=need.kind,
        need=need,
        offer=offer,
        municipality=offer.organisation,
        school=need.organisation,
        desk=desk_for(offer.organisation),
        state=State.PROPOSED,
        reasons=[],
        hints={},
    )
    db.session.add(made)
    return made
