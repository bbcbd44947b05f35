"""News: who reads them when, what stands in them."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from events.models import Announcement, AnnouncementSlug, Meeting

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def announce(cast: SimpleNamespace) -> Callable[..., Announcement]:
    def make(slug: str, **fields: Any) -> Announcement:
        fields.setdefault("state", Announcement.State.PUBLISHED)
        fields.setdefault("agency", cast.west.agency)
        fields.setdefault("title", slug.title())
        fields.setdefault("body", "Der *Text*.")
        return Announcement.objects.create(slug=slug, summary="Worum es geht.", **fields)

    return make


@pytest.fixture
def meeting(cast: SimpleNamespace) -> Meeting:
    start = timezone.now() + timedelta(days=30)
    return Meeting.objects.create(
        slug="herbst",
        title="Herbsttreffen",
        starts_at=start,
        ends_at=start + timedelta(hours=3),
        city="Melle",
        host=cast.east.agency,
        co_host=cast.west.agency,
        co_host_state=Meeting.CoHost.ACCEPTED,
        state=Meeting.State.ANNOUNCED,
    )


def test_an_announcement_says_who_when_and_what_about(
    cast: SimpleNamespace, client: Client, announce: Callable[..., Announcement], meeting: Meeting
) -> None:
    story = announce("auftakt", meeting=meeting)
    story.networks.set([cast.network, cast.draft])
    response = client.get(story.get_absolute_url())
    text = response.content.decode()
    for shown in (
        "Auftakt",
        "WF Westland",
        "<em>Text</em>",
        "Herbsttreffen",
        "Robotik für KMU",
        "Weitersagen",
        "NewsArticle",
    ):
        assert shown in text
    assert "Entwurf" not in text
    assert not response.cookies


def test_a_meeting_that_is_still_planned_is_not_named(
    client: Client, announce: Callable[..., Announcement], meeting: Meeting
) -> None:
    story = announce("auftakt", meeting=meeting)
    assert "Herbsttreffen" in client.get(story.get_absolute_url()).content.decode()
    Meeting.objects.update(state=Meeting.State.PLANNED)
    assert "Herbsttreffen" not in client.get(story.get_absolute_url()).content.decode()


DRAFT = {"state": Announcement.State.DRAFT}
LATER = {"state": Announcement.State.SCHEDULED, "publish_at": timezone.now() + timedelta(days=2)}


@pytest.mark.parametrize("fields", [DRAFT, LATER], ids=["draft", "scheduled"])
@pytest.mark.parametrize(
    ("who", "status"), [(None, 404), ("owner", 404), ("curator_east", 404), ("curator_west", 200), ("operator", 200)]
)
def test_before_its_time_only_its_team_sees_it(
    cast: SimpleNamespace,
    client_of: ClientOf,
    announce: Callable[..., Announcement],
    fields: dict[str, Any],
    who: str | None,
    status: int,
) -> None:
    story = announce("bald", **fields)
    response = client_of(getattr(cast, who) if who else None).get(story.get_absolute_url())
    text = response.content.decode()
    assert response.status_code == status
    assert ("/admin/events/announcement/" in text) == (status == 200)
    assert ("Vorschau (" in text, "NewsArticle" in text, "Weitersagen" in text) == (status == 200, False, False)


def test_scheduled_news_appear_by_themselves(client: Client, announce: Callable[..., Announcement]) -> None:
    announce("gestern", state=Announcement.State.SCHEDULED, publish_at=timezone.now() - timedelta(hours=1))
    announce("morgen", **LATER)
    announce("nie", **DRAFT)
    text = client.get("/mitteilungen/").content.decode()
    assert ("Gestern" in text, "Morgen" in text, ">Nie<" in text) == (True, False, False)


def test_an_old_address_redirects_for_ever(client: Client, announce: Callable[..., Announcement]) -> None:
    story, draft = announce("neu"), announce("geheim", **DRAFT)
    AnnouncementSlug.objects.create(slug="alt", announcement=story)
    AnnouncementSlug.objects.create(slug="geheim-alt", announcement=draft)
    response = client.get("/mitteilungen/alt/")
    assert (response.status_code, response["Location"]) == (301, "/mitteilungen/neu/")
    assert client.get("/mitteilungen/geheim-alt/").status_code == 404
    assert client.get("/mitteilungen/nirgends/").status_code == 404


def test_the_list_can_be_narrowed_to_a_network_or_an_agency(
    cast: SimpleNamespace, client: Client, announce: Callable[..., Announcement]
) -> None:
    announce("westen").networks.add(cast.network)
    announce("osten", agency=cast.east.agency)

    def titles(query: str) -> list[bool]:
        text = client.get(f"/mitteilungen/?{query}").content.decode()
        return [">Westen<" in text, ">Osten<" in text]

    assert titles("") == [True, True]
    assert titles("network=robotik-kmu") == [True, False]
    assert titles("agency=wf-ostland") == [False, True]
    assert titles("network=robotik-kmu&agency=wf-ostland") == [False, False]


@pytest.mark.parametrize(
    "query",
    ["network=x", "agency=%00", "network=entwurf", "page=x", "page=99999999999999999999", "agency=" + "ä" * 500],
)
def test_values_nobody_knows_are_ignored(client: Client, announce: Callable[..., Announcement], query: str) -> None:
    announce("westen")
    response = client.get(f"/mitteilungen/?{query}")
    assert (response.status_code, ">Westen<" in response.content.decode()) == (200, True)
    if not query.startswith("page"):
        assert "Bitte prüfen Sie Ihre Angaben" in response.content.decode()


def test_pages_of_the_list(client: Client, announce: Callable[..., Announcement]) -> None:
    for number in range(14):
        announce(f"nummer-{number:02}", publish_at=timezone.now() - timedelta(days=number))
    first, second = (client.get(f"/mitteilungen/?page={page}").content.decode() for page in (1, 2))
    assert [f">Nummer-{number:02}<" in first for number in (0, 11, 12)] == [True, True, False]
    assert [f">Nummer-{number:02}<" in second for number in (11, 12, 13)] == [False, True, True]
    assert "Mitteilungen · Seite 2" in second


@pytest.mark.parametrize("path", ["/mitteilungen/", "/mitteilungen/erste/"])
def test_one_or_many_the_same_number_of_queries(
    cast: SimpleNamespace,
    client: Client,
    announce: Callable[..., Announcement],
    django_assert_max_num_queries: Any,
    path: str,
) -> None:
    announce("erste").networks.add(cast.network)
    announce("zweite")
    client.get(path)
    with django_assert_max_num_queries(12) as few:
        client.get(path)
    for number in range(3):
        announce(f"weitere-{number}", agency=cast.east.agency).networks.set([cast.network, cast.network_east])
    Announcement.objects.get(slug="erste").networks.add(cast.network_east)
    with django_assert_max_num_queries(12) as many:
        client.get(path)
    assert len(many) == len(few)


def test_the_words_for_machines_cannot_end_their_element(client: Client, announce: Callable[..., Announcement]) -> None:
    story = announce("boese", title="</script><script>alert(1)</script>")
    text = client.get(story.get_absolute_url()).content.decode()
    assert "<script>alert" not in text
    assert "\\u003C/script\\u003E" in text
