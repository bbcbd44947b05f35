"""Opens every page of the access table and of the admin in Chromium and writes down what it found there.

`./dev check-pages` reads it, adds what other programs find, and prints the table.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Request

from accounts.addresses import in_language
from accounts.models import User
from portal.pages_loader import SLUGS
from tests.browser.conftest import AXE
from tests.browser.pages.visits import Address, Ahead, Visit, everything, once, save
from tests.test_access import PEOPLE, ROWS, address, arguments, world  # noqa: F401 - a fixture
from tests.test_admin_scope import (
    ADDABLE,
    COMMON,
    COMPANY_PAGES,
    MANAGED,
    NETWORK_PAGES,
    OPERATED,
    REVIEWED,
    SCOPED,
    reference,  # noqa: F401 - a fixture
    things,  # noqa: F401 - a fixture
)

pytestmark = pytest.mark.pages
FOLDER = os.environ.get("PAGES_FOLDER", "")
TURNS = 4  # each walks its share; a browser waits more than it works
ONE_ADDRESS = {"gallery", "mailbox", "mailbox-mail"}
# Read by programs: there is no page to draw.
FILES = {
    *("healthz", "readyz", "sitemap", "sitemap-section", "robots", "security", "accounts:data-file"),
    *("events:announcement-feed", "events:network-feed", "events:agency-feed", "events:calendar"),
    *("events:meeting-calendar", "events:network-calendar", "events:agency-calendar", "events:personal-calendar"),
    "events:attendance-csv",
}
# Whatever a page can keep on a device.
LEFT_BEHIND = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...await caches.keys(),
  ...(await indexedDB.databases()).map(one => one.name),
  ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope),
]"""
# Open only to who has just typed the password once more; here everybody has.
PROVEN = ("accounts:data", "accounts:erase", "mfa_activate_totp", "mfa_add_webauthn")
STAFF = ("curator_west", "manager_west", "operator")


def portal(world: SimpleNamespace) -> Iterator[Address]:  # noqa: F811
    for name, rows in ROWS.items():
        for names, letters, _post in rows:
            people = tuple(who for who, letter in zip(PEOPLE, letters, strict=True) if letter == ".")
            if people and name not in FILES:
                path = reverse("home") if name == "home" else address(name, arguments(world, names))
                yield Address(
                    f"{name} {names}".strip(), path, people, translated=name not in {*ONE_ADDRESS, "desk-search"}
                )
    yield from elsewhere(world)


def elsewhere(world: SimpleNamespace) -> Iterator[Address]:  # noqa: F811
    """What the table has one example of, what it shows to nobody, and pages of errors."""
    for slug in sorted(set(SLUGS) - {world.imprint}):
        yield Address(f"page {slug}", reverse("page", args=[slug]), ("visitor", "operator"))
    for name in PROVEN:
        yield Address(name, reverse(name), ("owner",))
    yield Address("not found", "/gibt-es-nicht/", ("visitor",), status=404, translated=False)
    yield Address("gone", world.archived_company.get_absolute_url(), ("visitor",), status=410)
    yield Address("forbidden", reverse("admin:index"), ("owner",), status=403, translated=False)


def admin(things: dict[str, tuple[Model, Model]], reference: dict[str, Model]) -> Iterator[Address]:  # noqa: F811
    def page(name: str, people: tuple[str, ...], *values: Any) -> Address:
        return Address(f"admin:{name}", reverse(f"admin:{name}", args=values), people, translated=False)

    yield page("index", STAFF)
    yield page("app_list", STAFF, "networks")
    for model in [*SCOPED, *COMMON, *MANAGED, *OPERATED]:
        people = {**dict.fromkeys(MANAGED, STAFF[1:]), **dict.fromkeys(OPERATED, STAFF[2:])}.get(model, STAFF)
        thing = reference[model] if model in OPERATED else things[model][0]
        queue = model in set(REVIEWED) - {"networks_company", "events_announcement"}
        yield page(f"{model}_changelist", people)
        yield page(f"{model}_export", people)
        yield page(f"{model}_history", people, thing.pk)
        yield page(f"{model}_{'review' if queue else 'change'}", people, thing.pk)
        if model in ADDABLE:
            yield page(f"{model}_add", ("operator",))
    for name in sorted(COMPANY_PAGES):
        yield page(name, STAFF, things["networks_company"][0].pk)
    for name in sorted(NETWORK_PAGES):
        yield page(name, STAFF, things["networks_network"][0].pk)


class Walker:
    """One browser; a visitor comes without a cookie each time, the others stay signed in."""

    def __init__(self, browser: Browser, options: dict[str, Any], site: str, sign_in: Callable[[str], Client]) -> None:
        self.browser, self.site, self.sign_in = browser, site, sign_in
        # As behind the proxy that ends TLS.
        self.options = {**options, "reduced_motion": "reduce", "extra_http_headers": {"X-Forwarded-Proto": "https"}}
        self.known: dict[str, BrowserContext] = {}

    def context(self, who: str) -> BrowserContext:
        if who not in self.known:
            context = self.known[who] = self.browser.new_context(**self.options)
            if who == "visitor":
                return context
            cookies = [(name, morsel.value) for name, morsel in self.sign_in(who).cookies.items()]
            place = {"url": self.site.replace("http:", "https:"), "secure": True}  # as they are set over TLS
            context.add_cookies([{"name": name, "value": value, **place} for name, value in cookies])  # type: ignore[typeddict-item]
        return self.known[who]

    def visit(self, ahead: Ahead) -> Visit:
        page = self.context(ahead.who).new_page()
        try:
            return self._look(page, ahead)
        finally:
            page.close()
            if ahead.who == "visitor":
                page.context.clear_cookies()
            else:
                page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)

    def _look(self, page: Page, ahead: Ahead) -> Visit:
        place, (width, scheme) = ahead.address, ahead.looks
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        console, foreign = watched(page, self.site)
        path = in_its_language(place, ahead.language)
        answer = page.goto(f"{self.site}{path}")
        assert answer is not None
        silent = list(console)  # axe makes a noise of its own
        axe = Axe().run(page, options=AXE).response["violations"] if ahead.axe else []
        return Visit(
            name=place.name,
            path=path,
            who=ahead.who,
            width=width,
            scheme=scheme,
            language=ahead.language,
            status=answer.status,
            wanted=place.status,
            headers=[(one["name"], one["value"]) for one in answer.headers_array()],
            html=answer.text(),
            translated=place.translated,
            axe=[f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in axe],
            console=[] if place.status >= 400 else silent,
            foreign=foreign,
            cookies=[one["name"] for one in page.context.cookies()],
            stored=page.evaluate(LEFT_BEHIND),
        )


def watched(page: Page, site: str) -> tuple[list[str], list[str]]:
    """What the console complains of, and requests to other hosts, while the page is open."""
    console: list[str] = []
    foreign: list[str] = []

    def note(request: Request) -> None:
        if request.url.startswith("http") and urlsplit(request.url).netloc != urlsplit(site).netloc:
            foreign.append(request.url)

    page.on("request", note)
    page.on("pageerror", lambda error: console.append(str(error)))
    page.on("console", lambda message: console.append(message.text) if message.type == "error" else None)
    return console, foreign


def in_its_language(place: Address, language: str) -> str:
    return in_language(place.path, language) if place.translated else place.path


@pytest.fixture
def walker(
    browser: Browser,
    browser_context_args: dict[str, Any],
    site: str,
    cast: SimpleNamespace,
    just_proven: Callable[[User], Client],
) -> Walker:
    return Walker(browser, browser_context_args, site, lambda who: just_proven(getattr(cast, who)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(TURNS))
def test_every_page(
    turn: int,
    walker: Walker,
    world: SimpleNamespace,  # noqa: F811
    things: dict[str, tuple[Model, Model]],  # noqa: F811
    reference: dict[str, Model],  # noqa: F811
    tmp_path: Path,
) -> None:
    call_command("load_pages", verbosity=0)
    addresses = [*portal(world), *admin(things, reference)]
    ahead = (everything if os.environ.get("PAGES_ALL") else once)(addresses)
    visits = [walker.visit(one) for one in ahead[turn::TURNS]]
    save(visits, (Path(FOLDER) if FOLDER else tmp_path) / f"{turn}.json")
    assert {visit.status for visit in visits} <= {200, 403, 404, 410}
    assert len(visits) > 60
