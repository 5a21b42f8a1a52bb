"""Matches for tests."""

from matchmaker.database import db
from matchmaker.listings.models import Need, Offer
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from tests.factories import listings


def match(need: Need | None = None, offer: Offer | None = None, **values: object) -> Match:
    """A proposal between a school's need and a municipality's offer."""
    need, offer = need or listings.need(), offer or listings.offer()
    made = Match(
        **{
            "kind": need.kind,
            "need_id": need.id,
            "offer_id": offer.id,
            "municipality_id": offer.organisation_id,
            "school_id": need.organisation_id,
            "desk_id": offer.organisation.desk_id if offer.organisation else None,
            "school_contact_id": need.owner_id,
            "state": State.PROPOSED,
            **values,
        }
    )
    db.session.add(made)
    db.session.flush()
    return made
