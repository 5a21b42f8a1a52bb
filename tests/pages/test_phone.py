"""What a phone shows, in a real browser."""

import pytest
from playwright.sync_api import Browser

from matchmaker.vocabulary import Role
from tests.pages.conftest import Site
from tests.pages.test_accessible import sign_in

pytestmark = pytest.mark.browser
LISTS = ["/beheer/organisaties", "/beheer/mensen", "/beheer/brieven", "/beheer/logboek"]


def test_lists_of_the_administration_are_cards_and_still_tables(site: Site, browser: Browser) -> None:
    """Nothing scrolls sideways, and a screen reader still hears rows, columns and cells."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    sign_in(page, site, site.accounts[Role.PLATFORM_ADMIN.value])
    for path in LISTS:
        page.goto(f"{site.url}{path}")
        box = page.locator(".mm-stackable").first
        assert box.evaluate("box => box.scrollWidth - box.clientWidth") <= 0, path
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        table = page.get_by_role("table").first
        row = table.get_by_role("row").nth(1)
        assert table.get_by_role("columnheader").count() >= 4, path
        assert row.get_by_role("rowheader").count() == 1 and row.get_by_role("cell").count() >= 3, path
        assert row.locator("td").first.evaluate("cell => getComputedStyle(cell, '::before').content") != "none", path
    page.close()
