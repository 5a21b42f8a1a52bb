"""Atom feeds of what is new: of a list with its filters, and of one municipality."""

import re
from collections.abc import Sequence
from datetime import datetime
from xml.etree import ElementTree  # nosec B405  # writes, never reads

from flask import Response, request, url_for
from flask_babel import gettext

from matchmaker.clock import now
from matchmaker.listings.models import Listing
from matchmaker.listings.search.browse import first_of
from matchmaker.listings.search.filters import Filter
from matchmaker.vocabulary import Side
from matchmaker.web.addresses import here_with, whole
from matchmaker.web.files import as_text
from matchmaker.web.public import public
from matchmaker.web.public.asked import read_asked
from matchmaker.web.public.cards import address_of, organisation_name
from matchmaker.web.public.municipalities import municipality_at
from matchmaker.words.labels import label

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 50
SUMMARY_LENGTH = 400
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters an XML 1.0 document cannot hold, not even escaped."""


@public.get("/aanbod/feed")
def feed_offers() -> Response:
    asked = read_asked(Side.OFFER, request.args)
    return _feed(gettext("Nieuw aanbod"), asked.filter, asked.url())


@public.get("/vragen/feed")
def feed_needs() -> Response:
    asked = read_asked(Side.NEED, request.args)
    return _feed(gettext("Nieuwe vragen"), asked.filter, asked.url())


@public.get("/gemeenten/<slug>/feed")
def feed_municipality(slug: str) -> Response:
    municipality = municipality_at(slug)
    title = gettext("Nieuw aanbod van %(name)s", name=organisation_name(municipality))
    own = Filter(side=Side.OFFER, organisations=(municipality.slug,))
    return _feed(title, own, url_for("public.show_municipality", slug=slug))


def _feed(title: str, wanted: Filter, page: str) -> Response:
    xml = as_atom(title, first_of(wanted, MOST_ENTRIES), page=whole(page), address=whole(here_with()))
    return as_text(xml, "atom")


def as_atom(title: str, listings: Sequence[Listing], *, page: str, address: str) -> bytes:
    """An Atom feed (RFC 4287); the author is the organisation."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _text(feed, "title", title)
    _text(feed, "id", address)
    _text(feed, "updated", _stamp(max((each.published_at for each in listings if each.published_at), default=now())))
    ElementTree.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": address})
    ElementTree.SubElement(feed, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": page})
    _author(feed, "Matchmaker")
    for listing in listings:
        _entry(feed, listing)
    return ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)


def _entry(feed: ElementTree.Element, listing: Listing) -> None:
    entry = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
    address = address_of(listing, external=True)
    _text(entry, "title", listing.title)
    _text(entry, "id", address)
    _text(entry, "published", _stamp(listing.published_at or listing.created_at))
    _text(entry, "updated", _stamp(listing.published_at or listing.created_at))
    ElementTree.SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": address})
    ElementTree.SubElement(entry, f"{{{ATOM}}}category", {"term": listing.kind.value, "label": label(listing.kind)})
    _author(entry, organisation_name(listing.organisation))
    _text(entry, "summary", listing.text[:SUMMARY_LENGTH])


def _author(parent: ElementTree.Element, name: str) -> None:
    author = ElementTree.SubElement(parent, f"{{{ATOM}}}author")
    _text(author, "name", name)


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = _NOT_XML.sub("", text)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
