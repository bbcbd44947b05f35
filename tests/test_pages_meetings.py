"""Meetings: the next one, the chronicle, and a meeting's own page."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from events.chronicle import chronicle
from events.distances import kilometres
from events.models import Meeting
from networks.models import Agency

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def meet(cast: SimpleNamespace) -> Callable[..., Meeting]:
    def make(slug: str, days: int, **fields: Any) -> Meeting:
        start = timezone.now() + timedelta(days=days)
        fields.setdefault("state", Meeting.State.ANNOUNCED if days > 0 else Meeting.State.HELD)
        fields.setdefault("host", cast.west.agency)
        fields.setdefault("city", "Münster")
        return Meeting.objects.create(
            slug=slug, title=slug.title(), starts_at=start, ends_at=start + timedelta(hours=3), **fields
        )

    return make


def test_the_next_meeting_comes_first_then_the_chronicle(client: Client, meet: Callable[..., Meeting]) -> None:
    meet("uebermorgen", 60)
    meet("bald", 30)
    meet("damals", -300)
    text = client.get("/treffen/").content.decode()
    assert text.index("Nächstes Treffen") < text.index(">Bald<") < text.index(">Uebermorgen<") < text.index(">Damals<")


def test_nobody_hears_of_a_date_that_is_not_announced(client: Client, meet: Callable[..., Meeting]) -> None:
    meet("plan", 30, state=Meeting.State.PLANNED)
    meet("termin", 30, state=Meeting.State.SCHEDULED)
    response = client.get("/treffen/")
    text = response.content.decode()
    assert "Der nächste Termin wird gerade gesucht" in text
    assert ("Plan<" in text, "Termin<" in text) == (False, False)


@pytest.mark.parametrize(
    ("who", "status"), [(None, 404), ("owner", 404), ("curator_east", 404), ("curator_west", 200), ("operator", 200)]
)
def test_a_planned_meeting_is_for_its_hosts(
    cast: SimpleNamespace, client_of: ClientOf, meet: Callable[..., Meeting], who: str | None, status: int
) -> None:
    planned = meet("plan", 30, state=Meeting.State.PLANNED)
    response = client_of(getattr(cast, who) if who else None).get(planned.get_absolute_url())
    assert response.status_code == status
    assert "schema.org" not in response.content.decode()


def test_a_meeting_says_when_where_and_who_invites(
    cast: SimpleNamespace, client: Client, meet: Callable[..., Meeting]
) -> None:
    Agency.objects.filter(pk=cast.east.agency.pk).update(lat=52.2, lon=8.34, city="Melle")
    meeting = meet(
        "bald",
        30,
        co_host=cast.east.agency,
        co_host_state="accepted",
        lat=51.96,
        lon=7.62,
        venue="Rathaus",
        body="## Programm",
    )
    meeting.networks.set([cast.network, cast.draft])
    response = client.get(meeting.get_absolute_url())
    text = response.content.decode()
    for shown in (
        "Rathaus",
        "laden gemeinsam ein",
        "Gastgeberin",
        "Mitgastgeberin",
        "Robotik für KMU",
        "<h2>Programm</h2>",
        '"Event"',
    ):
        assert shown in text
    assert "56 km" in text
    assert ("Entwurf" in text, bool(response.cookies)) == (False, False)


def test_without_coordinates_there_is_no_map(client: Client, meet: Callable[..., Meeting]) -> None:
    text = client.get(meet("bald", 30).get_absolute_url()).content.decode()
    assert "So weit ist es" not in text


def test_a_cancelled_meeting_says_so_and_is_not_the_next_one(client: Client, meet: Callable[..., Meeting]) -> None:
    meeting = meet("bald", 30, state=Meeting.State.CANCELLED)
    text = client.get(meeting.get_absolute_url()).content.decode()
    assert ("Dieses Treffen ist abgesagt." in text, "EventCancelled" in text) == (True, True)
    assert "Der nächste Termin wird gerade gesucht" in client.get("/treffen/").content.decode()


def test_distance_as_the_crow_flies() -> None:
    assert round(kilometres(51.9625, 7.6256, 52.2799, 8.0472)) == 46
    assert kilometres(52.0, 7.0, 52.0, 7.0) == 0


def test_the_wave_runs_from_bank_to_bank(cast: SimpleNamespace, meet: Callable[..., Meeting]) -> None:
    nowhere = Agency.objects.create(slug="n", official_name="N", short_name="N", associated=True)
    meetings = [meet("a", -30, host=cast.east.agency), meet("b", -20), meet("c", -10, host=nowhere)]
    waves = chronicle(meetings, [cast.west.region, cast.east.region])
    assert [wave.level for wave in waves] == [100, 0, 50]
    assert [wave.path for wave in waves] == [
        "M0 100C50 100 50 100 100 100",
        "M0 100C50 100 50 0 100 0",
        "M0 0C50 0 50 50 100 50",
    ]
    assert [wave.top for wave in waves] == [False, True, False]


def test_one_region_alone_has_a_wave_too(cast: SimpleNamespace, meet: Callable[..., Meeting]) -> None:
    assert [wave.level for wave in chronicle([meet("a", -30)], [cast.west.region])] == [0]


@pytest.mark.parametrize("path", ["/treffen/", "/treffen/bald/"])
def test_one_or_many_the_same_number_of_queries(
    cast: SimpleNamespace, client: Client, meet: Callable[..., Meeting], django_assert_max_num_queries: Any, path: str
) -> None:
    meet("bald", 30, lat=52.0, lon=7.5).networks.add(cast.network)
    meet("damals", -30).networks.add(cast.network)
    client.get(path)
    with django_assert_max_num_queries(15) as few:
        client.get(path)
    for number in range(1, 4):
        meet(f"mal-{number}", -30 * number, host=cast.east.agency)
        meet(f"dann-{number}", 60 * number, co_host=cast.east.agency, co_host_state="accepted").networks.set(
            [cast.network, cast.network_east]
        )
    Meeting.objects.get(slug="bald").networks.add(cast.network_east)
    with django_assert_max_num_queries(15) as many:
        client.get(path)
    assert len(many) == len(few)
