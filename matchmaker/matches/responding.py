"""Responding to a posting straight from its page: the school asks, the municipality says it can help."""

from collections.abc import Sequence

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotFound
from matchmaker.listings.actions import publish, save_draft
from matchmaker.listings.kinds import fields_for
from matchmaker.listings.models import Listing, Need, Offer
from matchmaker.listings.values import values_still_true
from matchmaker.listings.writing import values_of
from matchmaker.matches.answering import offer as offer_help
from matchmaker.matches.asking import request
from matchmaker.matches.finding_desks import desk_for
from matchmaker.matches.models import Match
from matchmaker.matches.proposing import propose_for
from matchmaker.matches.states import ENDED, State
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import OrganisationKind, Party, Side

FROM_THE_OFFER = frozenset(
    {"title", "text", "levels", "study_fields", "work_fields", "tracks", "languages", "starts_on", "ends_on",
     "duration_weeks", "hours_min", "hours_max", "minutes", "mode"}
)  # fmt: skip
MOST_SHOWN = 50


def own_counterparts(listing: Listing, organisation: Organisation) -> Sequence[Listing]:
    """The organisation's own open postings on the other side of the same kind, newest first."""
    return db.session.scalars(
        select(Listing)
        .where(
            Listing.organisation_id == organisation.id,
            Listing.side == (Side.OFFER if listing.side is Side.NEED else Side.NEED),
            Listing.kind == listing.kind,
            Listing.is_open,
        )
        .order_by(Listing.published_at.desc(), Listing.id.desc())
        .limit(MOST_SHOWN)
    ).all()


def respond(
    listing: Listing,
    own: Listing | None,
    *,
    organisation: Organisation,
    as_party: Party,
    by: Account,
    note: str = "",
    on_behalf_of: Organisation | None = None,
) -> Match:
    """Respond to a posting with an own one, or without: to an offer a need is then made in its words.

    The school asks the desk; the municipality says that it can help. A region that responds to a need without an own
    posting does so for one of its municipalities. Raises InvalidMove when the posting is no longer open, InvalidValue
    at `own` when this pair ran before and at `municipality` when that is missing or not of the region, NotFound for
    one's own posting.
    """
    if listing.organisation_id == organisation.id:
        raise NotFound("listing")
    if not listing.is_open:
        raise InvalidMove(reference=listing.reference)
    if isinstance(listing, Offer):
        need = own or need_from(listing, organisation=organisation, by=by)
        pair = need, listing
    else:
        pair = listing, own
        if own is None and organisation.kind is OrganisationKind.REGION:
            organisation = _one_of(organisation, on_behalf_of)
    match = _match_for(*pair, organisation=organisation, as_party=as_party, by=by)  # type: ignore[arg-type]
    act = request if as_party is Party.SCHOOL else offer_help
    return act(match, by=by, note=note)


def to_choose_from(listing: Listing, organisation: Organisation) -> Sequence[Organisation]:
    """The municipalities for which a region can respond to a need, by name; none for anyone else."""
    if listing.side is not Side.NEED or organisation.kind is not OrganisationKind.REGION or organisation.desk is None:
        return []
    return [each for each in organisation.desk.serves if each.is_municipality and each.active]


def need_from(offer: Offer, *, organisation: Organisation, by: Account) -> Need:
    """A need in the words of the offer, online at once; the place is the organisation's own."""
    asked = FROM_THE_OFFER & set(fields_for(offer.kind, Side.NEED))
    values = {name: value for name, value in values_still_true(values_of(offer)).items() if name in asked}
    values["place"] = organisation.place
    need = save_draft(None, side=Side.NEED, kind=offer.kind, organisation=organisation, values=values, by=by)
    publish(need, by=by)
    assert isinstance(need, Need)
    return need


def _one_of(region: Organisation, chosen: Organisation | None) -> Organisation:
    if chosen is None:
        raise InvalidValue("municipality", "required")
    if not chosen.is_municipality or region.desk is None or chosen.desk_id != region.desk.id:
        raise InvalidValue("municipality", "unknown_code")
    return chosen


def _match_for(need: Need, offer: Offer | None, *, organisation: Organisation, as_party: Party, by: Account) -> Match:
    """The match of this pair, with the engine's reasons where it proposed the pair itself."""
    municipality = organisation if as_party is Party.MUNICIPALITY else _other(need, offer, organisation)
    school = _other(need, offer, organisation) if as_party is Party.MUNICIPALITY else organisation
    found = _known(need, offer, municipality)
    if found is None and offer is not None:
        propose_for(need, by=by)
        found = _known(need, offer, municipality)
    if found is not None:
        if found.state is not State.PROPOSED:
            raise InvalidValue("own", "taken")
        return found
    made = Match(
        kind=need.kind,
        need=need,
        offer=offer,
        municipality=municipality,
        school=school,
        school_contact=by if as_party is Party.SCHOOL else need.owner,
        desk=desk_for(municipality),
        state=State.PROPOSED,
        reasons=[],
        hints={},
    )
    db.session.add(made)
    return made


def _known(need: Need, offer: Offer | None, municipality: Organisation) -> Match | None:
    """The match of this pair; without an offer the one that still runs at this municipality."""
    query = select(Match).where(Match.need_id == need.id)
    if offer is not None:
        return db.session.scalar(query.where(Match.offer_id == offer.id))
    running = (Match.municipality_id == municipality.id) & Match.offer_id.is_(None) & Match.state.not_in(ENDED)
    return db.session.scalar(query.where(running).order_by(Match.id).limit(1))


def _other(need: Need, offer: Offer | None, organisation: Organisation) -> Organisation | None:
    """The organisation on the other side; None for the need of a visitor."""
    listings = [each for each in (need, offer) if each is not None]
    return next((each.organisation for each in listings if each.organisation_id != organisation.id), None)
