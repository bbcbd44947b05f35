"""A curator's pages for networks, team and news in a real browser: readable, narrow, silent, with working pictures."""

import base64
import io
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from accounts.models import User
from networks.models import Absence, AgencyStaff, Circle, Membership, Opening

ClientOf = Callable[[User | None], Client]
PATHS = [
    "/admin/",
    "/admin/networks/network/{network.pk}/mitglieder/",
    "/admin/networks/network/{network.pk}/einladen/",
    "/admin/networks/network/{network.pk}/change/",
    "/admin/networks/opening/add/",
    "/admin/networks/opening/{opening.pk}/pruefen/",
    "/admin/networks/absence/add/",
    "/admin/networks/absence/{absence.pk}/pruefen/",
    "/admin/networks/circle/{circle.pk}/change/",
    "/admin/events/announcement/add/",
]

# A box may hide what is too wide for it; fields must not be among that.
CUT_OFF = """[...document.querySelectorAll("main :is(input, select, textarea)")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth).map((one) => one.name)"""


@pytest.fixture
def team(cast: SimpleNamespace) -> SimpleNamespace:
    """One of everything."""
    today = timezone.localdate()
    Membership.objects.update(place=1)
    cast.opening = cast.network_east.openings.get()
    Opening.objects.filter(pk=cast.opening.pk).update(state=Opening.State.PROPOSED, twin=cast.west.agency)
    curator, manager = (AgencyStaff.objects.get(person=one) for one in (cast.curator_west, cast.manager_west))
    cast.absence = Absence.objects.create(employment=manager, deputy=curator, first_day=today, last_day=today)
    cast.circle = Circle.objects.create(network=cast.network, name="Greifen")
    return cast


@pytest.fixture
def signed_in(page: Page, site: str, team: SimpleNamespace, client_of: ClientOf) -> Page:
    session = client_of(team.curator_west).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_of_the_desk_is_whole(
    signed_in: Page,
    site: str,
    team: SimpleNamespace,
    page_errors: list[str],
    assert_axe_clean: Callable[[Page], None],
    path: str,
    scheme: str,
) -> None:
    signed_in.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    signed_in.set_viewport_size({"width": 320, "height": 800})
    answer = signed_in.goto(f"{site}{path.format(**vars(team))}")
    assert answer is not None
    assert answer.status == 200
    assert signed_in.evaluate("document.documentElement.scrollWidth") <= 320
    assert signed_in.evaluate(CUT_OFF) == []
    assert page_errors == []
    assert_axe_clean(signed_in)


def test_what_stays_of_a_picture_is_shown_before_it_is_saved(
    signed_in: Page, site: str, page_errors: list[str]
) -> None:
    target = io.BytesIO()
    Image.new("RGB", (900, 300), (20, 90, 160)).save(target, "PNG")
    signed_in.goto(f"{site}/admin/events/announcement/add/")
    expect(signed_in.locator(".focus-preview")).to_be_hidden()
    signed_in.set_input_files(
        "input[name=image]", {"name": "bild.png", "mimeType": "image/png", "buffer": target.getvalue()}
    )
    frames = signed_in.locator(".focus-preview img")
    expect(frames.first).to_be_visible()
    assert frames.first.get_attribute("src") == f"data:image/png;base64,{base64.b64encode(target.getvalue()).decode()}"
    signed_in.check("input[name=image_focus][value=left]")
    assert frames.first.evaluate("image => getComputedStyle(image).objectPosition") in {"0% 50%", "0px 50%"}
    assert page_errors == []


def test_members_are_ordered_with_the_keyboard_and_without_scripts(
    browser_context_args: dict[str, object], browser: object, site: str, team: SimpleNamespace, client_of: ClientOf
) -> None:
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})  # type: ignore[attr-defined]
    session = client_of(team.curator_west).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    page = context.new_page()
    page.goto(f"{site}/admin/networks/network/{team.network.pk}/mitglieder/")
    page.get_by_role("button", name="Wieder einreihen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Nach oben holen")).to_be_visible()
    assert not Membership.objects.placed().exists()
    context.close()
