"""What a school asks, and what it offers to take up."""

from flask import Blueprint

from matchmaker.vocabulary import Side
from matchmaker.web.guards import SCHOOL, guard
from matchmaker.web.posting import add_pages

school = Blueprint("school", __name__, url_prefix="/school")
guard(school, SCHOOL)
add_pages(school, Side.NEED)
add_pages(school, Side.OFFER)

from matchmaker.web.school import applications, programmes, round_placements, rounds, students  # noqa: E402

__all__ = ["applications", "programmes", "round_placements", "rounds", "school", "students"]
