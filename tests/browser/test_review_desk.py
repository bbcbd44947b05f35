"""Reviewing, merging and reading the history in a real browser: readable, narrow, quick by keys for those who want."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User
from networks.actions.companies import edit_company
from networks.actions.merge_requests import propose_merge
from networks.models import Company, TextTemplate

ClientOf = Callable[[User | None], Client]
PATHS = [
    "/admin/",
    "/admin/networks/company/?wartet=unchecked-companies",
    "/admin/networks/company/{company.pk}/pruefen/?wartet=unchecked-companies",
    "/admin/networks/company/{pending_company.pk}/pruefen/",
    "/admin/networks/membership/{membership.pk}/pruefen/",
    "/admin/networks/company/{company.pk}/zusammenfuehren/?q=baumberge",
    "/admin/networks/company/{company.pk}/zusammenfuehren/?mit={company_east.pk}",
    "/admin/networks/company/{company.pk}/umziehen/",
    "/admin/networks/mergerequest/{proposal.pk}/pruefen/",
    "/admin/networks/company/{company.pk}/history/",
    "/admin/networks/company/{company.pk}/change/",
    "/admin/networks/company/export/",
    "/admin/networks/companyimport/",
    "/admin/networks/companyimport/add/",
    "/admin/networks/network/{network.pk}/mitglieder/druck/",
    "/admin/networks/network/",
    "/admin/events/meeting/",
    "/admin/events/announcement/",
    "/admin/networks/texttemplate/add/",
    "/admin/accounts/auditentry/",
]


@pytest.fixture
def desk(cast: SimpleNamespace) -> SimpleNamespace:
    edit_company(cast.company, {"summary": "Ganz neu gesagt."}, by=cast.owner)
    Company.objects.filter(pk=cast.pending_company.pk).update(name_key="baumberge verpackung")
    Company.objects.filter(pk=cast.unclaimed.pk).update(name_key="baumberge verpackung")
    for kind in ("company:ask_back", "company:decline"):
        TextTemplate.objects.create(agency=cast.west.agency, kind=kind, title="Kurz", text="Bitte mehr dazu.")
    cast.proposal = propose_merge(cast.unclaimed, cast.company_east, set(), by=cast.curator_west)
    return cast


@pytest.fixture
def signed_in(page: Page, site: str, desk: SimpleNamespace, client_of: ClientOf) -> Page:
    session = client_of(desk.curator_west).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_of_the_review_is_whole(
    signed_in: Page,
    site: str,
    desk: SimpleNamespace,
    path: str,
    scheme: str,
    assert_axe_clean: Callable[[Page], None],
    page_errors: list[str],
) -> None:
    signed_in.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    signed_in.set_viewport_size({"width": 320, "height": 800})
    answer = signed_in.goto(site + path.format(**vars(desk)))
    assert answer is not None
    assert answer.status == 200
    assert signed_in.evaluate("document.documentElement.scrollWidth") <= 320
    assert page_errors == []
    assert_axe_clean(signed_in)


def test_a_text_fills_the_field_and_keys_work_once_switched_on(
    signed_in: Page, site: str, desk: SimpleNamespace
) -> None:
    page = signed_in
    page.goto(f"{site}/admin/networks/company/{desk.pending_company.pk}/pruefen/")
    decline = page.locator("#entscheidung-decline")
    decline.get_by_label("Textvorlage").select_option(label="Kurz")
    expect(decline.locator("textarea")).to_have_value("Bitte mehr dazu.")

    page.locator("h1").click()
    page.keyboard.press("2")
    expect(page.locator("#entscheidung-ask_back textarea")).not_to_be_focused()
    page.get_by_text("Tastenkürzel", exact=True).click()
    page.get_by_label("Tastenkürzel in diesem Browser benutzen").check()
    page.keyboard.press("2")
    question = page.locator("#entscheidung-ask_back textarea")
    expect(question).to_be_focused()
    page.keyboard.type("1 von n")
    expect(question).to_have_value("1 von n")
    page.reload()
    page.keyboard.press("1")
    expect(page.get_by_role("button", name="Freigeben")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/admin/")
    assert Company.objects.get(pk=desk.pending_company.pk).state == Company.State.PUBLISHED


def test_without_scripts_the_text_comes_by_the_address(
    browser: object, site: str, desk: SimpleNamespace, client_of: ClientOf
) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    session = client_of(desk.curator_west).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    page = context.new_page()
    page.goto(f"{site}/admin/networks/company/{desk.pending_company.pk}/pruefen/")
    decline = page.locator("#entscheidung-decline")
    decline.get_by_label("Textvorlage").select_option(label="Kurz")
    decline.get_by_role("button", name="Einsetzen").click()
    expect(page.locator("#entscheidung-decline textarea")).to_have_value("Bitte mehr dazu.")
    context.close()


def test_many_are_decided_from_the_list(
    signed_in: Page, site: str, desk: SimpleNamespace, assert_axe_clean: Callable[[Page], None]
) -> None:
    page = signed_in
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/admin/networks/company/")
    for company in (desk.company, desk.unclaimed):
        page.locator(f"input[name=_selected_action][value='{company.pk}']").check()
    page.locator("select[name=action]").select_option(label="Um Prüfung der Angaben bitten")
    page.get_by_role("button", name="Ausführen").click()
    expect(page.locator("#content")).to_contain_text("Noch ist nichts geschehen")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert_axe_clean(page)
    page.locator("#content").get_by_role("button", name="Um Prüfung der Angaben bitten").click()
    page.wait_for_url("**/admin/networks/company/")


def test_a_view_is_kept_without_leaving_the_list(signed_in: Page, site: str, desk: SimpleNamespace) -> None:
    page = signed_in
    page.goto(f"{site}/admin/networks/company/?state__exact=published")
    page.get_by_text("Diese Ansicht merken").click()
    page.get_by_label("So wie jetzt merken als").fill("Öffentliche")
    page.get_by_role("button", name="Merken", exact=True).click()
    page.goto(f"{site}/admin/networks/company/")
    page.get_by_role("link", name="Öffentliche").click()
    expect(page).to_have_url(f"{site}/admin/networks/company/?state__exact=published")
