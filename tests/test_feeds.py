"""Atom feeds: what is in them, and that an unchanged one costs a reader nothing."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Announcement

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEEDS = ["/mitteilungen/feed/", "/netzwerke/robotik-kmu/feed/", "/wirtschaftsfoerderungen/wf-westland/feed/"]


@pytest.fixture
def announce(cast: SimpleNamespace) -> Callable[..., Announcement]:
    def make(slug: str, **fields: Any) -> Announcement:
        fields.setdefault("agency", cast.west.agency)
        fields.setdefault("title", slug.title())
        fields.setdefault("publish_at", timezone.now() - timedelta(hours=1))
        return Announcement.objects.create(
            slug=slug,
            summary="Worum es geht.",
            body="Text.",
            state=fields.pop("state", Announcement.State.PUBLISHED),
            **fields,
        )

    return make


def titles(client: Client, path: str) -> list[str | None]:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    assert not response.cookies
    return [
        entry.findtext("a:title", namespaces=ATOM)
        for entry in ElementTree.fromstring(response.content).findall("a:entry", ATOM)  # noqa: S314 -- our own feed
    ]


def test_each_feed_has_its_own_news_newest_first(
    cast: SimpleNamespace, client: Client, announce: Callable[..., Announcement]
) -> None:
    announce("aelter", publish_at=timezone.now() - timedelta(days=2)).networks.set([cast.network, cast.draft])
    announce("osten", agency=cast.east.agency, publish_at=timezone.now() - timedelta(days=1)).networks.add(cast.network)
    announce("westen")
    announce("entwurf", state=Announcement.State.DRAFT)
    announce("spaeter", state=Announcement.State.SCHEDULED, publish_at=timezone.now() + timedelta(days=1))
    assert [titles(client, path) for path in FEEDS] == [
        ["Westen", "Osten", "Aelter"],
        ["Osten", "Aelter"],
        ["Westen", "Aelter"],
    ]
    assert b"Entwurf" not in client.get(FEEDS[0]).content


@pytest.mark.parametrize("path", FEEDS)
def test_an_unchanged_feed_is_not_sent_again(
    client: Client, announce: Callable[..., Announcement], cast: SimpleNamespace, path: str
) -> None:
    announce("eins").networks.add(cast.network)
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert client.get(path, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    announce("zwei", publish_at=timezone.now()).networks.add(cast.network)
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_an_empty_feed_is_a_feed_and_stays_the_same(client: Client, cast: SimpleNamespace) -> None:
    first = client.get(FEEDS[0])
    assert titles(client, FEEDS[0]) == []
    assert client.get(FEEDS[0], headers={"if-none-match": first["ETag"]}).status_code == 304


def test_what_xml_cannot_write_is_left_out(client: Client, announce: Callable[..., Announcement]) -> None:
    announce("boese", title="Boom\x08 <b>&</b> \u202eRTL 🤖")
    assert titles(client, FEEDS[0]) == ["Boom <b>&</b> \u202eRTL 🤖"]


@pytest.mark.parametrize("path", ["/netzwerke/entwurf/feed/", "/netzwerke/x/feed/", "/wirtschaftsfoerderungen/x/feed/"])
def test_what_is_not_public_has_no_feed(cast: SimpleNamespace, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_one_or_many_the_same_number_of_queries(
    cast: SimpleNamespace, client: Client, announce: Callable[..., Announcement], django_assert_num_queries: Any
) -> None:
    announce("eins").networks.add(cast.network)
    for _attempt in range(2):
        with django_assert_num_queries(2):
            client.get(FEEDS[0])
        for number in range(3):
            announce(f"mehr-{_attempt}-{number}", agency=cast.east.agency).networks.set(
                [cast.network, cast.network_east]
            )
