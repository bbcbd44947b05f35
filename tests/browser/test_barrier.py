"""Reporting a barrier, and being asked for patience: pages that must not be barriers themselves."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from networks.models import OutdatedNote

SIZES = [(390, "light"), (1280, "dark")]


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_from_any_page_to_the_form_with_the_keyboard(
    page: Page, site: str, cast: SimpleNamespace, assert_axe_clean: Callable[[Page], None], width: int, scheme: Any
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site}/unternehmen/hellweg-robotik/")
    page.get_by_role("link", name="Barriere melden").press("Enter")
    expect(page.get_by_label("Um welche Seite geht es?")).to_have_value("/unternehmen/hellweg-robotik/")
    assert_axe_clean(page)
    page.get_by_role("button", name="Hinweis senden").press("Enter")
    assert_axe_clean(page)
    page.get_by_label("Was hindert Sie?").fill("Die Karte lässt sich nicht vergrößern.")
    page.get_by_role("button", name="Hinweis senden").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Vielen Dank")
    assert OutdatedNote.objects.get().agency == cast.west.agency


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_who_comes_too_often_reads_why(
    page: Page,
    site: str,
    settings: Any,
    cast: SimpleNamespace,
    assert_axe_clean: Callable[[Page], None],
    width: int,
    scheme: Any,
) -> None:
    settings.PER_HOUR = dict.fromkeys(settings.PER_HOUR, 0)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site}/barriere-melden/")
    page.get_by_label("Was hindert Sie?").fill("Nichts geht.")
    page.get_by_role("button", name="Hinweis senden").click()
    expect(page.locator("h1")).to_contain_text("sehr viele Versuche")
    assert_axe_clean(page)
