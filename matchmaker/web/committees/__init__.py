"""Committees: those who keep them for a school, and those who sit in them. What someone sees is a scoped query."""

from flask import Blueprint

from matchmaker.web.guards import ANYONE_SIGNED_IN, guard

committees = Blueprint("committees", __name__, url_prefix="/commissies")
guard(committees, ANYONE_SIGNED_IN)

from matchmaker.web.committees import advice, dossiers, imports, keeping, meetings, seats, terms  # noqa: E402

__all__ = ["advice", "committees", "dossiers", "imports", "keeping", "meetings", "seats", "terms"]
