"""A feed stays well-formed whatever stands in a posting."""

from xml.etree import ElementTree

from flask import Flask

from matchmaker.web.public.feeds import as_atom
from tests.factories import listings


def test_characters_xml_cannot_hold_are_left_out(app: Flask) -> None:
    nasty = listings.offer(title="Titel\x0b\uffff]]> <b>&", text="</summary>\ufffe'\"")
    with app.test_request_context():
        feed = as_atom("Aanbod", [nasty], page="http://localhost/aanbod", address="http://localhost/aanbod/feed")
    titles = [each.text for each in ElementTree.fromstring(feed).iter("{http://www.w3.org/2005/Atom}title")]  # noqa: S314
    assert titles == ["Aanbod", "Titel]]> <b>&"]
