"""Each check of the table finds what it is there for, on a page made bad on purpose, and nothing on a good one."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, Route

from tests.browser.pages import outside
from tests.browser.pages.checks import CHECKS, same_titles
from tests.browser.pages.test_walk import Walker, walker  # noqa: F401 - a fixture
from tests.browser.pages.visits import Address, Ahead, Visit

pytestmark = [pytest.mark.pages, pytest.mark.django_db(transaction=True)]
HERE = Ahead(Address("network-list", "/netzwerke/", ("visitor",)), "visitor", (390, "light"), "de")
Change = Callable[[str], str]


@pytest.fixture
def opened(walker: Walker, cast: SimpleNamespace) -> Callable[..., Visit]:  # noqa: F811
    """The list of networks as a browser gets it when somebody changes the page, or its headers, on the way."""

    def look(change: Change = str, policy: str | None = None, **headers: str) -> Visit:
        def spoil(route: Route) -> None:
            answer = route.fetch()
            given = {**answer.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
            if policy is not None:
                given["content-security-policy"] = policy
            route.fulfill(response=answer, body=change(answer.text()), headers=given)

        walker.context("visitor").route("**/netzwerke/", spoil)
        return walker.visit(HERE)

    return look


def findings(visit: Visit) -> dict[str, list[str]]:
    return {name: found for name, check in CHECKS.items() if (found := check(visit))}


def test_a_good_page_has_no_finding(opened: Callable[..., Visit]) -> None:
    visit = opened()
    assert findings(visit) == {}
    assert outside.html_errors([visit]) == {}
    assert outside.low_scores([visit]) == {}


def test_axe_finds_a_picture_without_words(opened: Callable[..., Visit]) -> None:
    visit = opened(lambda html: html.replace("<h1", '<img src="/static/icons/brand.svg"><h1', 1))
    assert set(findings(visit)) == {"axe"}
    assert "image-alt" in findings(visit)["axe"][0]


def test_a_picture_of_another_host_is_found(opened: Callable[..., Visit]) -> None:
    bad = '<img src="http://other.invalid/x.png" alt=""><h1'
    visit = opened(lambda html: html.replace("<h1", bad, 1), policy="frame-ancestors 'none'")
    assert findings(visit)["foreign requests"] == ["http://other.invalid/x.png"]


def test_a_cookie_without_a_form_is_found(opened: Callable[..., Visit]) -> None:
    assert findings(opened(set_cookie="track=1; Path=/")) == {"cookies": ["cookie track"]}


def test_something_stored_is_found(opened: Callable[..., Visit]) -> None:
    script = "<script>localStorage.setItem('been', 'here')</script></body>"
    visit = opened(lambda html: html.replace("</body>", script, 1), policy="frame-ancestors 'none'")
    assert findings(visit) == {"cookies": ["stored been"]}


def test_a_weak_header_is_found(opened: Callable[..., Visit]) -> None:
    visit = opened(policy="default-src * 'unsafe-inline'; frame-ancestors 'none'", referrer_policy="unsafe-url")
    assert len(findings(visit)["headers"]) == 2
    [(score, lost)] = outside.scores([visit]).values()
    assert score < outside.ENOUGH
    assert lost


def test_a_wrong_language_is_found(opened: Callable[..., Visit]) -> None:
    visit = opened(
        lambda html: html.replace('<html lang="de"', '<html lang="en"', 1).replace('hreflang="nl" href', "href")
    )
    assert [one.split()[0] for one in findings(visit)["languages"]] == ["says", "hreflang"]


def test_an_error_of_the_console_and_a_second_heading_are_found(opened: Callable[..., Visit]) -> None:
    bad = '<h1>Noch eine</h1><script src="/static/missing.js"></script></main>'
    visit = opened(lambda html: html.replace("</main>", bad, 1))
    assert [one.split()[0] for one in findings(visit)["frame"]] == ["2", "Failed"]


def test_broken_html_is_found(opened: Callable[..., Visit]) -> None:
    visit = opened(lambda html: html.replace("<h1", "<p><table><h1", 1))
    assert outside.html_errors([visit])[visit.label]


def test_two_pages_with_one_title_are_found(opened: Callable[..., Visit], page: Page) -> None:
    visit = opened()
    assert same_titles([visit]) == {}
    assert set(same_titles([visit, replace(visit, name="elsewhere", path="/anderswo/")])) == {
        "de /netzwerke/",
        "de /anderswo/",
    }
