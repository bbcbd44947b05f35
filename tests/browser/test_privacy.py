"""Every public page in a real browser: it asks no other host and leaves nothing behind on the visitor's device."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Page, Route

from tests.test_access import ROWS, address, arguments, world  # noqa: F401 - a fixture

LEFT_BEHIND = """async () => {
  const found = [];
  if (localStorage.length) found.push("localStorage");
  if (sessionStorage.length) found.push("sessionStorage");
  if ((await indexedDB.databases()).length) found.push("indexedDB");
  if ((await caches.keys()).length) found.push("caches");
  if ((await navigator.serviceWorker.getRegistrations()).length) found.push("service worker");
  return found;
}"""


@dataclass
class Visit:
    """One page as a visitor with an empty browser opens it."""

    page: Page
    site: str

    def __post_init__(self) -> None:
        self.foreign: list[str] = []
        self.page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if url.startswith(("http", "ws")) and urlsplit(url).netloc != urlsplit(self.site).netloc:
            self.foreign.append(url)

    def findings(self, path: str) -> list[str]:
        self.foreign.clear()
        self.page.context.clear_cookies()
        self.page.goto(f"{self.site}{path}")
        return [*self._asked_others(), *self._cookies(), *self.page.evaluate(LEFT_BEHIND)]

    def _asked_others(self) -> list[str]:
        return [f"asks {url}" for url in self.foreign]

    def _cookies(self) -> list[str]:
        """A page that can be sent needs the token against forged requests, and nothing else."""
        form = self.page.locator("form[method=post i]").count()
        allowed = {"csrftoken"} if form else set()
        return [f"cookie {one['name']}" for one in self.page.context.cookies() if one["name"] not in allowed]


@pytest.fixture
def visit(page: Page, site: str) -> Iterator[Visit]:
    yield Visit(page, site)
    page.goto("about:blank")  # the last page may still ask for a picture when the server stops


def public_paths(world: Any) -> list[str]:  # noqa: F811 - pytest's way
    """What a visitor may read, as far as it is a page and not a file."""
    rows = [(name, names) for name, rows in ROWS.items() for names, get, _post in rows if get.startswith(".")]
    paths = [address(name, arguments(world, names)) for name, names in rows]
    return [path for path in paths if Client().get(path)["Content-Type"].startswith("text/html")]


def test_public_pages_are_silent(world: Any, visit: Visit) -> None:  # noqa: F811 - pytest's way
    paths = public_paths(world)
    assert len(paths) > 35
    found = {path: visit.findings(path) for path in paths}
    assert {path: what for path, what in found.items() if what} == {}


def test_other_languages_are_silent_too(world: Any, visit: Visit) -> None:  # noqa: F811 - pytest's way
    found = [visit.findings(path) for path in ("/en/", "/nl/", "/en/companies/", "/en/privacy/")]
    assert found == [[], [], [], []]


FOREIGN = "https://cdn.example.org/x"
BAD: dict[str, tuple[str, dict[str, str]]] = {
    f"asks {FOREIGN}.png": (f'<img src="{FOREIGN}.png" alt="">', {}),
    f"asks {FOREIGN}.css": (f'<link rel="stylesheet" href="{FOREIGN}.css">', {}),
    f"asks {FOREIGN}.json": (f"<script>fetch('{FOREIGN}.json').catch(() => 0)</script>", {}),
    "cookie visited": ("", {"set-cookie": "visited=1; path=/"}),
    "cookie csrftoken": ("", {"set-cookie": "csrftoken=1; path=/"}),
    "cookie written": ("<script>document.cookie = 'written=1'</script>", {}),
    "localStorage": ("<script>localStorage.setItem('seen', '1')</script>", {}),
    "sessionStorage": ("<script>sessionStorage.setItem('seen', '1')</script>", {}),
    "indexedDB": ("<script>indexedDB.open('seen')</script>", {}),
}


def made_bad(markup: str, headers: dict[str, str]) -> Callable[[Route], None]:
    """The page as it is, without its policy, with something that does not belong there."""

    def answer(route: Route) -> None:
        real = route.fetch()
        kept = {name: value for name, value in real.headers.items() if name != "content-security-policy"}
        route.fulfill(
            response=real, headers={**kept, **headers}, body=real.text().replace("</main>", f"{markup}</main>")
        )

    return answer


@pytest.mark.parametrize("finding", BAD)
def test_a_page_made_bad_is_found(world: Any, visit: Visit, finding: str) -> None:  # noqa: F811 - pytest's way
    visit.page.route("https://cdn.example.org/**", lambda route: route.abort())
    assert visit.findings("/impressum/") == []
    visit.page.route("**/impressum/", made_bad(*BAD[finding]))
    assert visit.findings("/impressum/") == [finding]
