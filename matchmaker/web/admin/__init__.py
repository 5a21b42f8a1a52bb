"""Administration: of one's own organisation, and of the platform."""

from flask import Blueprint

from matchmaker.web.guards import ORGANISATION_ADMIN, guard

admin = Blueprint("admin", __name__, url_prefix="/beheer")
guard(admin, ORGANISATION_ADMIN)

from matchmaker.web.admin import (
    crosswalk,
    data_requests,
    desks,
    domains,
    events,
    invitations,
    jobs,
    leaving,
    letters,
    moving_desks,
    organisation,
    organisations,
    parts,
    people,
    providers,
    privacy,
    regions,
    replies,
    reviews,
    rounds,
    second_step,
    sign_ups,
    weights,
)

__all__ = [
    "admin",
    "crosswalk",
    "data_requests",
    "desks",
    "domains",
    "events",
    "invitations",
    "jobs",
    "leaving",
    "letters",
    "moving_desks",
    "organisation",
    "organisations",
    "parts",
    "people",
    "providers",
    "privacy",
    "regions",
    "replies",
    "reviews",
    "rounds",
    "second_step",
    "sign_ups",
    "weights",
]
