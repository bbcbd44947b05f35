"""The second step of signing in with a real app's codes and, through Chromium's virtual device, with a passkey."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.test_story import sign_in
from tests.conftest import PASSWORD
from tests.test_second_factor import code_of

pytestmark = pytest.mark.usefixtures("transactional_db")


@pytest.fixture
def site(site: str) -> str:
    """A passkey belongs to a name; an address in numbers has none."""
    return site.replace("127.0.0.1", "localhost")


@pytest.fixture
def laptop(page: Page) -> Iterator[CDPSession]:
    """A laptop that knows its owner's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield session
    session.detach()


def press(page: Page, text: str) -> None:
    page.locator("main").get_by_role("button", name=text).click()


def follow(page: Page, text: str) -> None:
    page.locator("main").get_by_role("link", name=text).first.click()


def confirm(page: Page) -> None:
    page.fill("[name=password]", PASSWORD)
    press(page, "Bestätigen")


def test_a_curator_sets_up_an_app_and_signs_in_with_its_code(
    page: Page, site: str, cast: SimpleNamespace, page_errors: list[str], assert_axe_clean: Callable[[Page], None]
) -> None:
    sign_in(page, site, cast.curator_west.email)
    expect(page).to_have_url(f"{site}/konto/2fa/")
    page.goto(f"{site}/admin/")
    expect(page).to_have_url(f"{site}/konto/2fa/")

    follow(page, "App einrichten")
    confirm(page)
    secret = page.locator(".secret").inner_text()
    expect(page.locator("img.qr")).to_be_visible()
    page.fill("[name=code]", code_of(secret))
    press(page, "Einrichten")
    expect(page.locator(".codes li")).to_have_count(10)
    follow(page, "Weiter")
    follow(page, "Zum Schreibtisch")
    expect(page).to_have_url(f"{site}/admin/")
    assert page_errors == []

    page.context.clear_cookies()
    sign_in(page, site, cast.curator_west.email)
    expect(page.locator("h1")).to_have_text("Zweiter Schritt")
    page.fill("[name=code]", code_of(secret))
    press(page, "Anmelden")
    expect(page).to_have_url(f"{site}/admin/")
    for path in ("/konto/2fa/", "/konto/sessions/", "/konto/2fa/recovery-codes/"):
        page.goto(f"{site}{path}")
        assert_axe_clean(page)


def test_a_passkey_replaces_password_and_code(
    page: Page, site: str, cast: SimpleNamespace, laptop: CDPSession, page_errors: list[str]
) -> None:
    sign_in(page, site, cast.curator_west.email)
    follow(page, "Passkey einrichten")
    confirm(page)
    page.fill("[name=name]", "Laptop")
    press(page, "Passkey einrichten")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto(f"{site}/admin/")
    expect(page).to_have_url(f"{site}/admin/")

    page.context.clear_cookies()
    page.goto(f"{site}/konto/login/")
    press(page, "Mit Passkey anmelden")
    expect(page).to_have_url(f"{site}/admin/")
    assert page_errors == []


def test_a_device_that_does_not_know_its_owner_says_so(
    page: Page, site: str, cast: SimpleNamespace, laptop: CDPSession
) -> None:
    page.goto(f"{site}/konto/login/")
    press(page, "Mit Passkey anmelden")
    expect(page.locator("[data-passkey-failed]")).to_be_visible()
