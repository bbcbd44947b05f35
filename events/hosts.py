"""The bridge from rows to the rotation: who hosted when, and who is next."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from events.models import HostSwap, Meeting, MeetingSeries
from events.scheduling import hosts
from networks.models import Agency


def agencies_of(series: MeetingSeries) -> list[Agency]:
    return [place.agency for place in series.places.select_related("agency__region")]


def sides_of(series: MeetingSeries) -> list[hosts.Side]:
    """Regions and agencies in the order of the series; an agency without a region does not host by turn."""
    places = agencies_of(series)
    return [
        hosts.Side(side.region.slug, tuple(each.slug for each in places if each.region_id == side.region_id))
        for side in series.sides.select_related("region")
    ]


def turns(meetings: Iterable[Meeting]) -> list[hosts.Turn]:
    return [hosts.Turn(timezone.localdate(meeting.starts_at), meeting.host.slug) for meeting in meetings]


def turns_before(series: MeetingSeries, day: date) -> list[hosts.Turn]:
    """What was held, and what is going to be held before this day."""
    return turns(Meeting.objects.expected_in(series).before_day(day).select_related("host"))


def next_host(series: MeetingSeries, day: date) -> Agency | None:
    """Who hosts a meeting on or after this day."""
    return _agency(hosts.next_host(sides_of(series), turns_before(series, day), swaps_of(series)))


def host_by_turn(series: MeetingSeries, day: date) -> Agency | None:
    """Who would host if nobody had swapped."""
    return _agency(hosts.host_by_turn(sides_of(series), turns_before(series, day)))


def swaps_of(series: MeetingSeries) -> list[hosts.Swap]:
    """The latest last."""
    rows = HostSwap.objects.filter(series=series).order_by("created_at", "pk").select_related("host")
    return [hosts.Swap(row.after, row.host.slug) for row in rows]


def _agency(slug: str | None) -> Agency | None:
    return Agency.objects.with_region().filter(slug=slug).first() if slug else None
