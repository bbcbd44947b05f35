"""Two clicks, counted: no network hears of the visitor before the second one."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.sharing import SERVICES
from portal.models import SiteState

pytestmark = pytest.mark.browser
DIRECT = [service.key for service in SERVICES.values() if not service.asks_instance]
NETWORKS = "a[href*='linkedin.com'], a[href*='xing.com'], a[href*='bsky.app'], a[href*='facebook.com']"


@pytest.fixture
def panel(cast: SimpleNamespace, page: Page, site: str) -> Page:
    """A page with the share panel; answers of other hosts are stubs, so that nothing leaves the machine."""
    SiteState.declare_demo()
    page.context.route(lambda address: not address.startswith(site), lambda route: route.fulfill(body="dort"))
    page.goto(f"{site}/demo/bausteine/")
    return page


def service_of(page: Page, key: str) -> SimpleNamespace:
    box = page.locator(f"[data-service={key}]")
    return SimpleNamespace(switch=box.locator("summary"), link=box.locator("[data-share-link]"))


@pytest.mark.parametrize("key", DIRECT)
def test_the_second_click_shares(panel: Page, foreign_requests: list[str], key: str) -> None:
    service = service_of(panel, key)
    expect(panel.locator(NETWORKS)).to_have_count(0)
    expect(service.link).not_to_be_visible()
    service.switch.click()
    expect(service.link).to_have_attribute("href", SERVICES[key].link(panel.url))
    assert foreign_requests == []
    with panel.context.expect_page() as opened:
        service.link.click()
    opened.value.wait_for_load_state()
    assert foreign_requests == [SERVICES[key].link(panel.url)]


def test_nothing_is_stored_before_the_visitor_chooses(panel: Page) -> None:
    service_of(panel, "xing").switch.click()
    assert panel.evaluate("Object.keys(localStorage)") == []
    assert panel.context.cookies() == []


def test_the_cog_keeps_one_service_switched_on(panel: Page, foreign_requests: list[str]) -> None:
    settings = panel.locator("[data-share-settings]")
    settings.locator("summary").click()
    settings.get_by_label("XING").check()
    panel.reload()
    expect(service_of(panel, "xing").link).to_be_visible()
    expect(service_of(panel, "linkedin").link).not_to_be_visible()
    assert foreign_requests == []
    settings.locator("summary").click()
    settings.get_by_label("keinen").check()
    assert panel.evaluate("Object.keys(localStorage)") == []


def test_without_script_details_are_the_first_click(cast: SimpleNamespace, browser: Browser, site: str) -> None:
    SiteState.declare_demo()
    context = browser.new_context(java_script_enabled=False)
    context.route(lambda address: not address.startswith(site), lambda route: route.fulfill(body="dort"))
    page = context.new_page()
    page.goto(f"{site}/demo/bausteine/")
    assert page.locator(NETWORKS).count() == 0
    bluesky = service_of(page, "bluesky")
    bluesky.switch.click()
    assert page.locator(NETWORKS).count() == 0
    with context.expect_page() as opened:
        bluesky.link.click()
    opened.value.wait_for_url("https://bsky.app/**")
    context.close()


def test_mastodon_asks_for_the_instance(panel: Page) -> None:
    service_of(panel, "mastodon").switch.click()
    panel.get_by_label("Ihre Instanz").fill("norden.social")
    with panel.context.expect_page() as opened:
        panel.get_by_role("button", name="Weiter", exact=True).click()
    expect(opened.value.get_by_role("link", name="Jetzt auf norden.social teilen")).to_be_visible()
