"""What a phone shows, in a real browser."""

from collections import Counter

import pytest
from playwright.sync_api import Browser, Page

from matchmaker.vocabulary import Role
from tests.pages.conftest import Site
from tests.pages.test_accessible import sign_in

pytestmark = pytest.mark.browser
LISTS = ["/beheer/organisaties", "/beheer/mensen", "/beheer/brieven", "/beheer/logboek"]


def heard_on(page: Page) -> Counter[str]:
    """How often the browser tells a screen reader of each role: a layout can take away what the markup says."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return Counter(node["role"]["value"] for node in tree if not node["ignored"])


def test_lists_of_the_administration_are_cards_and_still_tables(site: Site, browser: Browser) -> None:
    """Nothing scrolls sideways, and a screen reader still hears rows, columns and cells."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    sign_in(page, site, site.accounts[Role.PLATFORM_ADMIN.value])
    for path in LISTS:
        page.goto(f"{site.url}{path}")
        box = page.locator(".mm-stackable").first
        assert box.evaluate("box => box.scrollWidth - box.clientWidth") <= 0, path
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        heard = heard_on(page)
        rows = page.locator(".mm-stackable tbody tr").count()
        assert heard["table"] >= 1 and heard["columnheader"] >= 4, path
        assert heard["row"] > rows and heard["rowheader"] >= rows and heard["cell"] >= 3 * rows > 0, path
        cell = page.locator(".mm-stackable td").first
        assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") != "none", path
    page.close()
