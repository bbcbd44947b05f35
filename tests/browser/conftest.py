"""A real Chromium against a live server. Everything in this folder is marked `browser`; without Chromium it fails."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Page, Request

from accounts.models import OutboxMail
from accounts.outbox import deliver

HERE = Path(__file__).parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SILENT = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


@pytest.fixture(scope="session", autouse=True)
def _orm_beside_playwright() -> Iterator[None]:
    """Playwright's event loop lives in the test's thread; Django would refuse the ORM there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite as a file, as in real life: server and test have connections of their own."""
    if connections["default"].vendor == "sqlite":
        connections["default"].settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("db") / "browser.sqlite3")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if CHROMIUM is None:
        pytest.fail("Chromium is missing: run deploy/system-packages chromium", pytrace=False)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": [*SILENT, *sandbox]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "de-DE", "timezone_id": "Europe/Berlin"}


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """The address of the running portal; links in mails lead there too."""
    settings.BASE_URL = live_server.url
    return live_server.url


@pytest.fixture
def foreign_requests(page: Page, site: str) -> list[str]:
    """Addresses of other hosts that the page asked for."""
    seen: list[str] = []

    def note(request: Request) -> None:
        if request.url.startswith("http") and urlsplit(request.url).netloc != urlsplit(site).netloc:
            seen.append(request.url)

    page.context.on("request", note)
    return seen


@pytest.fixture
def page_errors(page: Page) -> list[str]:
    """What the browser's console complains of: script errors, files not found, violations of the content policy."""
    seen: list[str] = []
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("console", lambda message: seen.append(message.text) if message.type == "error" else None)
    return seen


@pytest.fixture
def mails_to() -> Callable[[str], list[str]]:
    """The texts of the mails a person received, oldest first, after the worker's next round."""

    def texts(recipient: str) -> list[str]:
        while deliver():
            pass
        rows = OutboxMail.objects.filter(recipient=recipient).exclude(sent_at=None).order_by("pk")
        messages = [message_from_bytes(bytes(row.source), policy=policy.default) for row in rows]
        return [message.get_body(("plain",)).get_content() for message in messages]

    return texts


@pytest.fixture
def link_in() -> Callable[[str, str], str]:
    """The first link in a mail's text that contains this part."""

    def link(text: str, part: str) -> str:
        found = re.search(rf"https?://\S*{re.escape(part)}\S*", text)
        assert found, f"no link with {part} in: {text}"
        return found.group()

    return link


@pytest.fixture(scope="session")
def assert_axe_clean() -> Callable[[Page], None]:
    """No finding of axe on the page as it stands, the size of targets included."""

    def check(page: Page) -> None:
        found = Axe().run(page, options=AXE)
        assert found.violations_count == 0, found.generate_report()

    return check
