"""The public pages in a real browser: whole, readable by everybody, silent in the console."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from events.models import Announcement, Meeting

PATHS = [
    "/unternehmen/hellweg-robotik/",
    "/netzwerke/",
    "/netzwerke/robotik-kmu/",
    "/wirtschaftsfoerderungen/",
    "/wirtschaftsfoerderungen/wf-westland/",
    "/regionen/westland/",
    "/kreise/kreis-westland/",
    "/mitteilungen/",
    "/mitteilungen/auftakt/",
    "/treffen/",
    "/treffen/herbst/",
    "/impressum/",
    "/datenschutz/",
    "/hilfe/",
]


@pytest.fixture
def told(cast: SimpleNamespace) -> None:
    start = timezone.now() + timedelta(days=30)
    meeting = Meeting.objects.create(
        slug="herbst",
        title="Netzwerktreffen der Wirtschaftsförderungen",
        starts_at=start,
        ends_at=start + timedelta(hours=3),
        city="Melle",
        lat=52.2,
        lon=8.3,
        host=cast.east.agency,
        co_host=cast.west.agency,
        co_host_state=Meeting.CoHost.ACCEPTED,
        state=Meeting.State.ANNOUNCED,
    )
    Announcement.objects.create(
        slug="auftakt",
        title="Auftakt",
        summary="Zwei Regionen.",
        body="## Wie es weitergeht\n\n- Im Herbst",
        agency=cast.west.agency,
        meeting=meeting,
        state=Announcement.State.PUBLISHED,
    )


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("path", PATHS)
def test_a_public_page_is_whole_and_its_json_ld_breaks_no_policy(
    page: Page,
    site: str,
    foreign_requests: list[str],
    page_errors: list[str],
    assert_axe_clean: Callable[[Page], None],
    path: str,
) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    answer = page.goto(f"{site}{path}")
    assert answer is not None
    assert answer.status == 200
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert (page_errors, foreign_requests, page.context.cookies()) == ([], [], [])
    assert_axe_clean(page)
