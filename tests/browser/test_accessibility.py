"""What no rule of axe sees: keyboards, wide and large text, narrow screens, own colours, motion."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User
from portal.models import SiteState
from tests.browser import probes

ClientOf = Callable[[User | None], Client]
VISITOR = ("/", "/unternehmen/", "{company}", "{network}", "/treffen/", "/barriere-melden/", "/konto/signup/")
OWNER = ("/mein-bereich/", "{company}bearbeiten/", "/mein-bereich/unternehmen/neu/", "/konto/angaben/", "/konto/daten/")
CURATOR = ("/admin/", "/admin/networks/company/", "/admin/networks/company/{pk}/change/", "/admin/networks/network/")
PAGES = {"visitor": VISITOR, "owner": OWNER, "curator_west": CURATOR}
EVERYBODY = pytest.mark.parametrize("who", PAGES)


@pytest.fixture
def visit(cast: SimpleNamespace, site: str, page: Page, client_of: ClientOf) -> Callable[..., list[str]]:
    """Signs in, and gives the addresses that this person reads here."""
    SiteState.declare_demo()

    def visit(who: str) -> list[str]:
        if who != "visitor":
            key = client_of(getattr(cast, who)).cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])
        own = cast.company.get_absolute_url()
        place = f"/mein-bereich{own}" if who == "owner" else own
        known = {"company": place, "network": cast.network.get_absolute_url(), "pk": cast.company.pk}
        return [site + path.format(**known) for path in PAGES[who]]

    return visit


def walked(page: Page) -> list[dict[str, Any]]:
    """Every stop of the Tab key, until it leaves the page."""
    found, most = [], len(page.evaluate(probes.STOPS)) + 5
    while len(found) < most:
        page.keyboard.press("Tab")
        stop = page.evaluate(probes.FOCUSED)
        if stop is None or stop["number"] == 0 < len(found):
            break  # it has left the page, or begins again
        found.append(stop)
    return found


# -- the keyboard --------------------------------------------------------------------------------------
@EVERYBODY
def test_tab_stops_everywhere_in_order_and_one_sees_where(
    page: Page, visit: Callable[..., list[str]], who: str
) -> None:
    page.emulate_media(reduced_motion="reduce")
    for address in visit(who):
        page.goto(address)
        page.evaluate("document.activeElement.blur()")
        wanted = page.evaluate(probes.STOPS)
        stops = walked(page)
        numbers = [stop["number"] for stop in stops if stop["number"] >= 0]
        assert numbers == sorted(numbers), address
        assert [wanted[number] for number in set(range(len(wanted))) - set(numbers)] == [], address
        assert [stop for stop in stops if not (stop["seen"] and stop["marked"])] == [], address


# -- text as people need it ----------------------------------------------------------------------------
@EVERYBODY
@pytest.mark.parametrize("width", [390, 1280])
def test_wide_text_is_not_cut_off(page: Page, visit: Callable[..., list[str]], who: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for address in visit(who):
        page.goto(address)
        before = page.evaluate(probes.CUT_OFF)
        page.evaluate(probes.WIDE_TEXT)
        assert set(page.evaluate(probes.CUT_OFF)) - set(before) == set(), address
        assert page.evaluate(probes.SIDEWAYS) <= 0, address


@EVERYBODY
@pytest.mark.parametrize("width", [320, 640], ids=["narrow", "zoomed to 200 %"])
def test_nothing_scrolls_sideways(page: Page, visit: Callable[..., list[str]], who: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    for address in visit(who):
        page.goto(address)
        assert page.evaluate(probes.SIDEWAYS) <= 0, address


# -- colours and motion --------------------------------------------------------------------------------
@EVERYBODY
def test_with_ones_own_colours_controls_keep_an_edge(page: Page, visit: Callable[..., list[str]], who: str) -> None:
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    for address in visit(who):
        page.goto(address)
        assert page.evaluate(probes.WITHOUT_EDGE) == [], address
        page.evaluate(probes.STOPS)
        page.keyboard.press("Tab")
        assert page.evaluate(probes.FOCUSED)["marked"], address


@EVERYBODY
def test_nothing_moves_for_whom_motion_makes_sick(page: Page, visit: Callable[..., list[str]], who: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    for address in visit(who):
        page.goto(address)
        assert page.evaluate(probes.MOVING) == [], address


# -- what is said --------------------------------------------------------------------------------------
@EVERYBODY
def test_fields_say_what_they_are(page: Page, visit: Callable[..., list[str]], who: str) -> None:
    for address in visit(who):
        page.goto(address)
        assert page.evaluate(probes.UNSAID) == [], address


def test_a_wrong_field_says_so_and_why(page: Page, site: str, cast: SimpleNamespace) -> None:
    page.goto(f"{site}/konto/signup/")
    page.locator("main form").evaluate("form => form.noValidate = true")
    page.locator("main form").get_by_role("button").last.click()
    expect(page.get_by_role("alert").first).to_be_focused()
    wrong = page.locator("main [aria-invalid=true]")
    assert wrong.count() >= 1
    assert page.evaluate(probes.UNSAID) == []
    expect(page.get_by_role("navigation").first).to_be_visible()


def test_the_page_one_is_on_is_marked(page: Page, site: str, cast: SimpleNamespace) -> None:
    page.goto(f"{site}/netzwerke/")
    marked = page.get_by_role("navigation", name="Hauptnavigation").locator("[aria-current=page]")
    expect(marked).to_have_text("Netzwerke")


@pytest.mark.parametrize(
    ("path", "tokens"),
    [
        ("/konto/signup/", {"email": "email", "password1": "new-password"}),
        ("/konto/login/", {"login": "email", "password": "current-password"}),
        ("/konto/password/reset/", {"email": "email"}),
        ("/barriere-melden/", {"email": "email"}),
    ],
)
def test_browsers_can_fill_in_what_is_personal(
    page: Page, site: str, cast: SimpleNamespace, path: str, tokens: dict[str, str]
) -> None:
    page.goto(f"{site}{path}")
    given = page.evaluate(probes.PERSONAL)
    assert {name: given.get(name) for name in tokens} == tokens


# -- the probes find what is wrong ---------------------------------------------------------------------
BAD = {
    "CUT_OFF": "<p style='overflow:hidden;height:10px;line-height:40px'>Text</p>",
    "WITHOUT_EDGE": "<button style='border:0'>Los</button>",
    "MOVING": "<p style='transition:opacity 1s'>Text</p>",
    "UNSAID": "<main><input name=a><label for=b>B</label><input id=b aria-describedby=c></main>",
}


@pytest.mark.parametrize("probe", BAD)
def test_a_bad_page_is_found(page: Page, probe: str) -> None:
    page.set_content(BAD[probe])
    assert page.evaluate(getattr(probes, probe)) != []


def test_a_stop_that_nobody_sees_is_found(page: Page) -> None:
    page.set_content(
        "<style>a:focus{outline:none}</style><a href='#1'>A</a><a href='#2' tabindex=-1>B</a>"
        "<div style='position:fixed;inset:0;background:white'></div>"
    )
    assert [(stop["seen"], stop["marked"]) for stop in walked(page)] == [(False, False)]
