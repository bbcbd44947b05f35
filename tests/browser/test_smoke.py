from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page


@pytest.mark.parametrize("width", [390, 1280])
def test_home_is_whole(
    cast: SimpleNamespace,
    page: Page,
    site: str,
    foreign_requests: list[str],
    page_errors: list[str],
    assert_axe_clean: Callable[[Page], None],
    width: int,
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    answer = page.goto(site)
    assert answer is not None
    assert answer.status == 200
    assert page.locator("h1").count() == 1
    assert (page_errors, foreign_requests, page.context.cookies()) == ([], [], [])
    assert_axe_clean(page)


def test_server_and_test_share_one_database(cast: SimpleNamespace, page: Page, site: str) -> None:
    page.goto(f"{site}/readyz")
    assert page.locator("body").inner_text() == "ok"
