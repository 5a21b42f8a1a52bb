"""Agreements: drawn up by the school, signed by everyone, signed in at `/overeenkomsten` or by a link at `/tekenen`."""

from flask import Blueprint

from matchmaker.web.guards import AGREEMENTS, guard

agreements = Blueprint("agreements", __name__, url_prefix="/overeenkomsten")
guard(agreements, AGREEMENTS)
signing_links = Blueprint("signing_links", __name__, url_prefix="/tekenen/<token>")

from matchmaker.web.agreements import amending, links, lists, making, pages, signing, templates  # noqa: E402

__all__ = ["agreements", "amending", "links", "lists", "making", "pages", "signing", "signing_links", "templates"]
