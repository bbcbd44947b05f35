"""The components in a real browser: clean for axe in both schemes, whole on a narrow screen, usable by keyboard."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from portal.models import SiteState

pytestmark = pytest.mark.browser
PAGES = ["/", "/demo/bausteine/", "/gibt-es-nicht/"]


@pytest.fixture
def demo(cast: SimpleNamespace, site: str) -> str:
    SiteState.declare_demo()
    return site


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_components_are_clean_for_axe(
    demo: str, page: Page, assert_axe_clean: Callable[[Page], None], width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    for path in PAGES:
        page.goto(demo + path)
        assert_axe_clean(page)


@pytest.mark.parametrize(("width", "text"), [(320, "100%"), (640, "200%"), (1280, "200%")])
def test_nothing_scrolls_sideways(demo: str, page: Page, width: int, text: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in PAGES:
        page.goto(demo + path)
        page.evaluate(f"document.documentElement.style.fontSize = '{text}'")
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, width)


def test_the_first_stop_leads_past_the_header(demo: str, page: Page) -> None:
    page.goto(demo)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Zum Inhalt")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_menu_opens_and_closes_by_keyboard(demo: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(demo)
    networks = page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name="Netzwerke")
    expect(networks).not_to_be_visible()
    page.locator("[data-menu] summary").press("Enter")
    expect(networks).to_be_visible()
    page.keyboard.press("Escape")
    expect(networks).not_to_be_visible()
    expect(page.locator("[data-menu] summary")).to_be_focused()


def test_on_a_wide_screen_the_menu_lies_in_the_bar(demo: str, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(demo)
    expect(page.get_by_role("link", name="Netzwerke", exact=True).first).to_be_visible()
    expect(page.locator("[data-menu] summary")).not_to_be_visible()


def test_a_form_with_mistakes_says_so_first(demo: str, page: Page) -> None:
    page.goto(f"{demo}/demo/bausteine/")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(page.locator("#id_wrong-name")).to_be_focused()
