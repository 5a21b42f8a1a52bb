"""Answering from a letter, without an account. GET shows, POST acts."""

from flask import Blueprint

links = Blueprint("links", __name__, url_prefix="/l")

from matchmaker.web.links import answers  # noqa: E402

__all__ = ["answers", "links"]
