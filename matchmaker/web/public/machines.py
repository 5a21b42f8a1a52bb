"""What search engines, researchers and browsers look for by themselves."""

from datetime import UTC, datetime, time, timedelta
from xml.etree import ElementTree  # nosec B405  # writes, never reads

from flask import Response, current_app

from matchmaker.clock import now
from matchmaker.listings.search.browse import newest_references
from matchmaker.organisations.queries import organisations_of_kind
from matchmaker.vocabulary import OrganisationKind, Side
from matchmaker.web.addresses import whole, whole_url_for
from matchmaker.web.files import as_text
from matchmaker.web.public import public

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_LISTINGS = 20_000
PAGES = (
    "show_home", "browse_offers", "browse_needs", "list_municipalities", "list_schools", "choose_desk", "show_help",
    "show_matching", "show_about", "show_contact", "show_privacy", "show_accessibility", "show_counting",
)  # fmt: skip
CLOSED = ("/account", "/inloggen", "/loket", "/beheer", "/samen", "/l/", "/vraag/", "/zoekopdracht", "/bewaren")
EXPIRES_AFTER = timedelta(days=180)


@public.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page a visitor may want to find; at most 20,000 listings of each side, the newest."""
    ElementTree.register_namespace("", SITEMAP)
    tree = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for address in _addresses():
        url = ElementTree.SubElement(tree, f"{{{SITEMAP}}}url")
        ElementTree.SubElement(url, f"{{{SITEMAP}}}loc").text = address
    return as_text(ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True), "xml")


@public.get("/robots.txt")
def robots() -> Response:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines.append(f"Sitemap: {whole_url_for('public.sitemap')}")
    return as_text("\n".join(lines) + "\n", "txt")


@public.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Where to report a weakness (RFC 9116). The end date moves along and is never a year away."""
    settings = current_app.extensions["settings"]
    midnight = datetime.combine(now().date(), time(0), UTC)
    lines = [
        f"Contact: {settings.security_contact}",
        f"Expires: {midnight + EXPIRES_AFTER:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {whole('/.well-known/security.txt')}",
    ]
    return as_text("\n".join(lines) + "\n", "txt")


def _addresses() -> list[str]:
    found = [whole_url_for(f"public.{page}") for page in PAGES]
    for side, endpoint in ((Side.OFFER, "public.show_offer"), (Side.NEED, "public.show_need")):
        references = newest_references(side, MOST_LISTINGS)
        found += [whole_url_for(endpoint, reference=each) for each in references]
    for kind, endpoint in (
        (OrganisationKind.MUNICIPALITY, "public.show_municipality"),
        (OrganisationKind.INSTITUTION, "public.show_school"),
    ):
        found += [whole_url_for(endpoint, slug=each.slug) for each in organisations_of_kind(kind)]
    return found
