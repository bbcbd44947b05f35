"""From a stranger to a member of a network on the other side, in a real browser, with and without JavaScript."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from tests.conftest import PASSWORD
from tests.test_second_factor import code_of, with_app

Mails = Callable[[str], list[str]]
Link = Callable[[str, str], str]
NEWCOMER = "mia@neuland.example.org"


def sign_in(page: Page, site: str, email: str, password: str = PASSWORD) -> None:
    page.goto(f"{site}/konto/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.click("main form button")


def sign_in_at_the_desk(page: Page, site: str, person: User) -> None:
    """With password and code, as everybody who works for an agency."""
    secret = with_app(person)
    sign_in(page, site, person.email)
    page.fill("[name=code]", code_of(secret))
    page.click("main form button")
    page.wait_for_url(f"{site}/admin/")


def figures(page: Page, site: str, slug: str) -> dict[str, float]:
    page.goto(f"{site}/netzwerke/{slug}/")
    found = page.locator("[data-figure][data-value]").all()
    return {one.get_attribute("data-figure"): float(one.get_attribute("data-value")) for one in found}


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def open_page(
    request: pytest.FixtureRequest, browser: Browser, browser_context_args: dict[str, Any], site: str
) -> Callable[[], Page]:
    """A browser window of one's own for each person of the story."""

    def make() -> Page:
        context = browser.new_context(**browser_context_args, java_script_enabled=request.param)
        context.set_default_timeout(15_000)
        request.addfinalizer(context.close)
        return context.new_page()

    return make


def sign_up(page: Page, site: str, mails_to: Mails, link_in: Link) -> None:
    page.goto(site)
    if not page.locator("header a[href='/konto/signup/']").is_visible():
        page.click("header summary")
    page.click("header a[href='/konto/signup/']")
    page.fill("[name=name]", "Mia Neumann")
    page.fill("[name=email]", NEWCOMER)
    page.fill("[name=password1]", PASSWORD)
    page.check("[name=terms]")
    page.check("[name=privacy]")
    page.click("main form button")
    expect(page.locator("h1")).to_contain_text("Postfach")
    page.goto(link_in(mails_to(NEWCOMER)[-1], "/konto/confirm-email/"))
    page.click("main form button")
    sign_in(page, site, NEWCOMER)
    expect(page).to_have_url(f"{site}/mein-bereich/")


def register(page: Page, cast: SimpleNamespace) -> None:
    page.click("main >> text=Unternehmen eintragen")
    page.fill("[name=name]", "Neuland Greiftechnik")
    page.fill("[name=legal_form]", "GmbH")
    page.fill("[name=summary]", "Greifer für empfindliche Teile.")
    page.fill("[name=postcode]", "48143")
    page.select_option("[name=municipality]", label="Münster")
    page.click("main form button")
    expect(page.locator("main")).to_contain_text("wartet auf Freigabe")


def decide(page: Page, site: str, person: User, review: str) -> None:
    sign_in_at_the_desk(page, site, person)
    page.goto(review)
    page.locator("form:has([name=decision][value=approve]) button").click()
    expect(page.locator("body")).to_contain_text("erledigt")


def join(page: Page, site: str, network: str) -> None:
    page.goto(f"{site}/netzwerke/{network}/")
    page.click(f"a[href='/netzwerke/{network}/beitreten/'] >> nth=0")
    page.fill("[name=message]", "Unsere Greifer passen zu Ihren Zulieferern.")
    page.click("main form button")
    expect(page.locator("main")).to_contain_text("angefragt")


@pytest.mark.django_db(transaction=True)
def test_stranger_becomes_member_on_the_other_side(
    open_page: Callable[[], Page], site: str, cast: SimpleNamespace, mails_to: Mails, link_in: Link
) -> None:
    newcomer, curator_west, curator_east, visitor = (open_page() for _ in range(4))

    sign_up(newcomer, site, mails_to, link_in)
    register(newcomer, cast)
    assert visitor.goto(f"{site}/unternehmen/neuland-greiftechnik/").status == 404

    review = link_in(mails_to(cast.curator_west.email)[-1], "/admin/")
    decide(curator_west, site, cast.curator_west, review)
    assert visitor.goto(f"{site}/unternehmen/neuland-greiftechnik/").status == 200
    assert "hat Ihren Eintrag freigegeben" in mails_to(NEWCOMER)[-1]

    before = figures(visitor, site, "autos")
    join(newcomer, site, "autos")
    review = link_in(mails_to(cast.curator_east.email)[-1], "/admin/")
    decide(curator_east, site, cast.curator_east, review)

    after = figures(visitor, site, "autos")
    assert (after["active"], after["foreign"]) == (before["active"] + 1, before["foreign"] + 1)
    assert any("autOS" in text for text in mails_to(cast.curator_west.email)), "the home agency is told"
    visitor.goto(f"{site}/karte/")
    expect(visitor.locator("main")).to_contain_text("Münster")
    expect(visitor.locator("svg .arc, svg path.arc").first).to_be_attached()
