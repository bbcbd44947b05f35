"""As the crow flies: from the agencies' seats to a meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.core.cache import caches

from accounts.drawing import Arc, Place
from events.models import Meeting
from networks.models import Agency
from networks.spots import spot

EARTH_KM = 6371.0


@dataclass(frozen=True)
class Way:
    agency: Agency
    lat: float
    lon: float
    km: int


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a1, a2 = radians(lat1), radians(lat2)
    half = sin((a2 - a1) / 2) ** 2 + cos(a1) * cos(a2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def seats() -> list[Agency]:
    """Where the agencies are, looked up at most once a minute per process."""
    return caches["pages"].get_or_set("seats", lambda: list(Agency.objects.with_region()), 60) or []


def ways_to(meeting: Meeting, agencies: Iterable[Agency]) -> list[Way]:
    """Nearest first; nothing while the meeting's place has no coordinates."""
    if meeting.lat is None or meeting.lon is None:
        return []
    ways = [
        Way(agency, agency.lat, agency.lon, round(kilometres(agency.lat, agency.lon, meeting.lat, meeting.lon)))
        for agency in agencies
        if agency.lat is not None and agency.lon is not None
    ]
    return sorted(ways, key=lambda way: (way.km, way.agency.short_name))


def meeting_map(meeting: Meeting, ways: Iterable[Way]) -> tuple[list[Place], list[Arc]]:
    """The meeting, the agencies' seats, and an arc from each seat to it."""
    if meeting.lat is None or meeting.lon is None:
        return [], []
    here = spot(meeting.city, meeting.lat, meeting.lon, meeting.host.region)
    seats = {way.agency.city: spot(way.agency.city, way.lat, way.lon, way.agency.region) for way in ways}
    seats.pop(meeting.city, None)
    arcs = [Arc(seat.x, seat.y, here.x, here.y) for seat in seats.values()]
    return [*seats.values(), here], arcs
