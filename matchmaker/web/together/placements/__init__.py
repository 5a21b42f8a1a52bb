"""A placement as everyone in it sees it: signed in at `/plaatsingen`, or from a link in a letter at `/plaatsing`."""

from flask import Blueprint

from matchmaker.web.guards import MUNICIPALITY, SCHOOL, STUDENT, guard

placements = Blueprint("placements", __name__, url_prefix="/plaatsingen")
guard(placements, SCHOOL | MUNICIPALITY | STUDENT)
placement_links = Blueprint("placement_links", __name__, url_prefix="/plaatsing/<token>")

from matchmaker.web.together.placements import (  # noqa: E402
    approval,
    arrangement,
    beginning,
    checklist,
    contacts,
    days,
    ending,
    evaluation_imports,
    evaluations,
    imports,
    lists,
    messages,
    municipal,
    overview,
    signals,
    tables,
)

__all__ = [
    "approval",
    "arrangement",
    "beginning",
    "checklist",
    "contacts",
    "days",
    "ending",
    "evaluation_imports",
    "evaluations",
    "imports",
    "lists",
    "messages",
    "municipal",
    "overview",
    "placement_links",
    "placements",
    "signals",
    "tables",
]
