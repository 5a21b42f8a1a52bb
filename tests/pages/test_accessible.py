"""axe finds nothing on any page, in a real browser, and no page is wider than a phone. With AXE_ALL=1 axe looks in the
dark and in another house style too.
"""

import os
from collections import Counter

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from matchmaker.demo.accounts import DEMO_PASSWORD
from matchmaker.vocabulary import Role
from tests.pages.conftest import Site
from tests.pages.walk import endpoint_of, is_page, signed_in, walk

pytestmark = pytest.mark.browser
WALKERS = ["anonymous", *(role.value for role in Role)]
ALL_LOOKS = [("matchmaker", "light"), ("matchmaker", "dark"), ("polder", "light"), ("polder", "dark")]
LOOKS = ALL_LOOKS if os.environ.get("AXE_ALL") else ALL_LOOKS[:1]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 800}
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
"""What is well is looked at too, but not told of every element."""


def sign_in(page: Page, site: Site, email: str) -> None:
    page.goto(f"{site.url}/inloggen")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(DEMO_PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


@pytest.fixture(scope="module")
def looked_at() -> Counter[str]:
    """How often each endpoint was looked at, by whoever came first."""
    return Counter()


def is_new(endpoint: str, looked_at: Counter[str]) -> bool:
    """A page looks alike for each role: one of every endpoint is enough for the whole site."""
    looked_at[endpoint] += 1
    return looked_at[endpoint] == 1


@pytest.mark.parametrize("who", WALKERS)
def test_axe_finds_nothing(site: Site, browser: Browser, looked_at: Counter[str], who: str) -> None:
    client = site.app.test_client() if who == "anonymous" else signed_in(site.app, site.accounts[who], DEMO_PASSWORD)
    paths = [
        path
        for path, answer in walk(site.app, client, "/" if who == "anonymous" else "/start")
        if is_page(site.app, path, answer) and is_new(endpoint_of(site.app, path), looked_at)
    ]
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
    page = context.new_page()
    if who != "anonymous":
        sign_in(page, site, site.accounts[who])
    axe, found = Axe(), list[str]()
    for path in paths:
        page.goto(f"{site.url}{path}")
        page.set_viewport_size(PHONE)
        if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            found.append(f"{path}: wider than a phone")
        page.set_viewport_size(WIDE)
        for theme, mode in LOOKS:
            dress(page, site, theme, mode)
            violations = axe.run(page, options=OPTIONS).response["violations"]
            found += [f"{path} ({theme}, {mode}): {each['id']} {each['nodes'][0]['html'][:160]}" for each in violations]
    context.close()
    assert found == []


def dress(page: Page, site: Site, theme: str, mode: str) -> None:
    """Put a page in a house style and mode, and wait until it wears it. A letter shown as it was sent wears none."""
    style = f"/static/vendor/{site.app.extensions['assets'].hashed_name(f'themes/{theme}.css')}"
    page.evaluate(
        """async ([theme, mode, style]) => {
          const html = document.documentElement;
          html.dataset.mode = mode;
          html.className = `${theme}-theme`;
          const link = document.querySelector("link[rel=stylesheet][href*='/themes/']");
          if (link && !link.href.endsWith(style)) {
            const worn = new Promise((done) => link.addEventListener("load", done, { once: true }));
            link.href = style;
            await worn;
          }
        }""",
        [theme, mode, style],
    )
