"""Search at the desk in a real browser: by keys, by the button, and without scripts."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from accounts.models import User

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def signed_in(page: Page, site: str, cast: SimpleNamespace, client_of: ClientOf) -> Page:
    session = client_of(cast.curator_west).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_keys_open_find_and_go(
    signed_in: Page,
    site: str,
    scheme: str,
    width: int,
    assert_axe_clean: Callable[[Page], None],
    page_errors: list[str],
) -> None:
    signed_in.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    signed_in.set_viewport_size({"width": width, "height": 800})
    signed_in.goto(f"{site}/admin/networks/membership/")
    signed_in.keyboard.press("Control+k")
    dialog = signed_in.get_by_role("dialog", name="Am Schreibtisch suchen")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    signed_in.keyboard.type("hellw")
    expect(dialog.get_by_role("heading", name="Unternehmen")).to_be_visible()
    assert page_errors == []
    assert_axe_clean(signed_in)
    assert signed_in.evaluate("document.documentElement.scrollWidth") <= width
    signed_in.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("link").first).to_be_focused()
    signed_in.keyboard.press("Enter")
    expect(signed_in.get_by_role("heading", level=1)).to_have_text("Hellweg Robotik GmbH")


def test_escape_and_button(signed_in: Page, site: str) -> None:
    signed_in.goto(f"{site}/admin/")
    opener = signed_in.get_by_role("link", name="Suchen")
    dialog = signed_in.get_by_role("dialog", name="Am Schreibtisch suchen")
    opener.click()
    expect(dialog).to_be_visible()
    signed_in.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    opener.click()
    signed_in.keyboard.type("ostland")
    expect(dialog.get_by_role("status")).to_contain_text("ist nichts dabei")
    signed_in.keyboard.press("Enter")
    expect(signed_in).to_have_url(f"{site}/admin/suche/?q=ostland")


def test_without_scripts(
    browser: Browser,
    browser_context_args: dict[str, object],
    site: str,
    cast: SimpleNamespace,
    client_of: ClientOf,
) -> None:
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})  # type: ignore[arg-type]
    session = client_of(cast.curator_west).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    page = context.new_page()
    page.goto(f"{site}/admin/")
    page.get_by_role("link", name="Suchen").click()
    page.get_by_role("searchbox").fill("hellweg")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Unternehmen")).to_be_visible()
    page.get_by_role("link", name="Hellweg Robotik GmbH").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hellweg Robotik GmbH")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_whole(
    signed_in: Page, site: str, scheme: str, width: int, assert_axe_clean: Callable[[Page], None]
) -> None:
    signed_in.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    signed_in.set_viewport_size({"width": width, "height": 800})
    signed_in.goto(f"{site}/admin/suche/?q=robotik")
    expect(signed_in.get_by_role("heading", name="Netzwerke")).to_be_visible()
    assert_axe_clean(signed_in)
    assert signed_in.evaluate("document.documentElement.scrollWidth") <= width
