"""Every page says who answers for what stands on it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Announcement, Meeting
from networks.models import District

LINE = "Verantwortlich für diese Seite:"


def line_of(client: Client, path: str) -> str:
    """The line as it is read."""
    page = client.get(path).content.decode()
    assert page.count(LINE) == 1
    return page.split(LINE)[1].split("</p>")[0]


@pytest.mark.parametrize(
    ("path", "side"),
    [
        ("/unternehmen/hellweg-robotik/", "west"),
        ("/unternehmen/teuto-sensorik/", "east"),
        ("/netzwerke/autos/", "east"),
        ("/wirtschaftsfoerderungen/wf-ostland/", "east"),
        ("/wirtschaftsfoerderungen/wf-westland/kontakt/", "west"),
        ("/kreise/kreis-westland/", "west"),
        ("/hinweis/?seite=/unternehmen/hellweg-robotik/", "west"),
    ],
)
def test_a_page_about_something_names_the_agency_that_looks_after_it(
    cast: SimpleNamespace, client: Client, path: str, side: str
) -> None:
    agency = getattr(cast, side).agency
    line = line_of(client, path)
    assert agency.official_name in line
    assert agency.get_absolute_url() in line
    assert reverse("page", args=["datenschutz"]) in line


def test_so_do_announcements_and_meetings(cast: SimpleNamespace, client: Client) -> None:
    now = timezone.now()
    news = Announcement.objects.create(
        slug="neu",
        title="Neues",
        summary="Kurz.",
        body="Text.",
        agency=cast.east.agency,
        state=Announcement.State.PUBLISHED,
        publish_at=now - timedelta(hours=1),
    )
    meeting = Meeting.objects.create(
        slug="treffen",
        title="Treffen",
        city="Münster",
        host=cast.west.agency,
        state=Meeting.State.ANNOUNCED,
        starts_at=now,
        ends_at=now + timedelta(hours=2),
    )
    assert cast.east.agency.official_name in line_of(client, news.get_absolute_url())
    assert cast.west.agency.official_name in line_of(client, meeting.get_absolute_url())


@pytest.mark.parametrize("path", ["/", "/unternehmen/", "/regionen/westland/", "/impressum/", "/konto/login/"])
def test_what_belongs_to_all_names_all_of_them(cast: SimpleNamespace, client: Client, path: str) -> None:
    assert "gemeinsam" in line_of(client, path)


def test_a_district_without_a_home_agency_belongs_to_all(cast: SimpleNamespace, client: Client) -> None:
    District.objects.update(home_agency=None)
    assert "gemeinsam" in line_of(client, "/kreise/kreis-westland/")
