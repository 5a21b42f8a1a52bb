"""Offers and needs for tests."""

from datetime import timedelta
from itertools import count

from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.listings.models import Need, Offer
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Kind, ListingStatus
from tests.factories import people

_numbers = count(1)


def _values(of: Organisation, letter: str, values: dict[str, object]) -> dict[str, object]:
    return {
        "reference": f"{letter}{next(_numbers):05d}",
        "kind": Kind.LECTURE,
        "status": ListingStatus.PUBLISHED,
        "published_at": now(),
        "organisation_id": of.id,
        "title": "De Omgevingswet in de praktijk",
        "text": "Een collega vertelt hoe een omgevingsplan tot stand komt.",
        "work_fields": ["W15"],
        "latitude": of.latitude,
        "longitude": of.longitude,
        "respond_before": today() + timedelta(days=30),
        **values,
    }


def offer(of: Organisation | None = None, **values: object) -> Offer:
    """A published offer of a municipality."""
    made = Offer(**_values(of or people.municipality(), "A", values))
    db.session.add(made)
    db.session.flush()
    return made


def need(of: Organisation | None = None, **values: object) -> Need:
    """A published need of a school."""
    made = Need(**_values(of or people.institution(), "V", values))
    db.session.add(made)
    db.session.flush()
    return made
