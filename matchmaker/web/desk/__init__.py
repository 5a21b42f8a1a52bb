"""The desk: the queue, one item, and what the desk decides about postings, leave and its promise."""

from flask import Blueprint

from matchmaker.web.guards import DESK, guard

desk = Blueprint("desk", __name__, url_prefix="/loket")
guard(desk, DESK)

from matchmaker.web.desk import checks, finished, items, joint, leave, promise, queue, series, steps  # noqa: E402

__all__ = ["checks", "desk", "finished", "items", "joint", "leave", "promise", "queue", "series", "steps"]
