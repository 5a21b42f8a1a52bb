"""A listing for search engines, in the words of schema.org. Organisations only, never a person."""

import json
from datetime import datetime, time
from typing import Any

from flask_babel import get_locale
from markupsafe import Markup

from matchmaker.clock import at, local
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import PLACE_KINDS, Kind, Mode, Side
from matchmaker.web.public.cards import address_of, organisation_name
from matchmaker.words.listings import levels_line

CLOSES = time(23, 59)
SAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def as_block(data: dict[str, Any]) -> Markup:
    """JSON that can stand inside a script element: no text can end that element or start a comment in it."""
    text = json.dumps(data, ensure_ascii=False)
    for character, escaped in SAFE.items():
        text = text.replace(character, escaped)
    return Markup(text)  # noqa: S704  # nosec B704  # escaped above


def describe(listing: Listing) -> dict[str, Any]:
    """JobPosting for a place, Event for a dated lecture or visit, Course for a lecture or course without a date, Offer
    for the rest (a seat is no course), Demand for a need."""
    shared = {
        "@context": "https://schema.org",
        "name": listing.title,
        "description": listing.text,
        "url": address_of(listing, external=True),
        "inLanguage": listing.languages or [str(get_locale() or "nl")],
    }
    if listing.side is Side.NEED:
        return shared | _demand(listing)
    if listing.kind in PLACE_KINDS:
        return shared | _job(listing)
    if listing.kind in {Kind.LECTURE, Kind.VISIT} and _first_date(listing):
        return shared | _event(listing)
    if listing.kind in {Kind.LECTURE, Kind.COURSE}:
        return shared | _course(listing)
    return shared | _offer(listing)


def _job(listing: Listing) -> dict[str, Any]:
    job: dict[str, Any] = {
        "@type": "JobPosting",
        "title": listing.title,
        "identifier": {"@type": "PropertyValue", "name": "Matchmaker", "value": listing.reference},
        "datePosted": _moment(listing.published_at),
        "employmentType": "FULL_TIME" if listing.kind is Kind.TRAINEESHIP else "INTERN",
        "hiringOrganization": _organisation(listing.organisation),
        "totalJobOpenings": listing.places_left,
        "educationRequirements": levels_line(listing.levels),
        "directApply": False,
    }
    if listing.respond_before:
        job["validThrough"] = at(listing.respond_before, CLOSES).isoformat()
    if listing.mode is Mode.ONLINE:
        job["jobLocationType"] = "TELECOMMUTE"
        job["applicantLocationRequirements"] = {"@type": "Country", "name": "NL"}
    else:
        job["jobLocation"] = _place(listing)
    if listing.starts_on:
        job["jobStartDate"] = listing.starts_on.isoformat()
    amounts = [amount for amount in (listing.allowance_min, listing.allowance_max) if amount]
    if amounts:
        job["baseSalary"] = {
            "@type": "MonetaryAmount",
            "currency": "EUR",
            "value": {
                "@type": "QuantitativeValue",
                "minValue": min(amounts),
                "maxValue": max(amounts),
                "unitText": "MONTH",
            },
        }
    return job


def _event(listing: Listing) -> dict[str, Any]:
    online = listing.mode is Mode.ONLINE
    return {
        "@type": "EducationEvent",
        "startDate": _first_date(listing),
        "eventAttendanceMode": f"https://schema.org/{'Online' if online else 'Offline'}EventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": address_of(listing, external=True)}
        if online
        else _place(listing),
        "organizer": _organisation(listing.organisation),
    }


def _course(listing: Listing) -> dict[str, Any]:
    return {
        "@type": "Course",
        "provider": _organisation(listing.organisation),
        "educationalLevel": levels_line(listing.levels),
        "isAccessibleForFree": True,
    }


def _offer(listing: Listing) -> dict[str, Any]:
    return {"@type": "Offer", "offeredBy": _organisation(listing.organisation), **_reach(listing)}


def _demand(listing: Listing) -> dict[str, Any]:
    return {"@type": "Demand", "@reverse": {"seeks": _organisation(listing.organisation)}, **_reach(listing)}


def _reach(listing: Listing) -> dict[str, Any]:
    """Where it counts and until when, as an Offer and a Demand both say it."""
    area = {"@type": "City", "name": listing.place} if listing.place else {"@type": "Country", "name": "NL"}
    reach: dict[str, Any] = {"areaServed": area}
    if listing.respond_before:
        reach["validThrough"] = at(listing.respond_before, CLOSES).isoformat()
    return reach


def _organisation(organisation: Organisation | None) -> dict[str, str]:
    kind = "GovernmentOrganization" if organisation and organisation.is_municipality else "Organization"
    return {"@type": kind, "name": organisation_name(organisation)}


def _place(listing: Listing) -> dict[str, Any]:
    place: dict[str, Any] = {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "addressLocality": listing.place, "addressCountry": "NL"},
    }
    if listing.latitude is not None and listing.longitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": listing.latitude, "longitude": listing.longitude}
    return place


def _first_date(listing: Listing) -> str:
    return min((str(slot["date"]) for slot in listing.slots if slot.get("date")), default="")


def _moment(moment: datetime | None) -> str:
    return local(moment).isoformat() if moment else ""
