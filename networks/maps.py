"""What the map shows: districts as they are, towns where companies are, arcs for memberships that cross the border."""

from dataclasses import dataclass, replace

from django.core.cache import caches
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from accounts.drawing import Arc, Place
from networks.models import District, Membership
from networks.models.companies import CompanyQuerySet


@dataclass(frozen=True)
class Projection:
    """Degrees to map units. Outlines are drawn in the same units, so a new region only widens the picture."""

    lon0: float
    lat_top: float
    kx: float
    ky: float

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        return (lon - self.lon0) * self.kx, (self.lat_top - lat) * self.ky


# Of the shipped geometry (its file names the formula).
MAP = Projection(lon0=6.3867, lat_top=52.7093, kx=469.3293283897311, ky=765.4623587459115)


def map_districts() -> list[District]:
    """What every map is drawn on, looked up at most once a minute per process."""
    drawn = District.objects.select_related("region").exclude(path="")
    in_order = drawn.order_by("region__order", "region__slug", "ags")
    return caches["pages"].get_or_set("districts", lambda: list(in_order), 60) or []


def company_places(companies: CompanyQuerySet) -> list[Place]:
    """A dot for each town with one of these companies, largest first; it leads to the town's district."""
    town = "municipality__"
    rows = (
        companies.in_some_region()
        .order_by()
        .values_list(
            f"{town}name", f"{town}lat", f"{town}lon", f"{town}district__slug", f"{town}district__region__slug"
        )
        .annotate(n=Count("pk"))
        .order_by("-n", f"{town}name")
    )
    return [
        replace(_place(name, lat, lon, region), url=reverse("district", args=[district]), title=town_title(name, count))
        for name, lat, lon, district, region, count in rows
    ]


def town_title(name: str, count: int) -> str:
    return ngettext("{name}: {count} Unternehmen", "{name}: {count} Unternehmen", count).format(name=name, count=count)


@dataclass(frozen=True)
class Crossing:
    """Memberships between a town on one side and an agency's seat on the other."""

    town: Place
    seat: Place
    count: int

    @property
    def arc(self) -> Arc:
        return Arc(self.town.x, self.town.y, self.seat.x, self.seat.y, self.count)


def crossings() -> list[Crossing]:
    """Real cross-border memberships, by town and agency; an agency without a place on the map has no arc."""
    town, agency = "company__municipality__", "network__agency__"
    rows = (
        Membership.objects.shown()
        .cross_border()
        .exclude(network__agency__lat=None)
        .order_by()
        .values_list(
            *(f"{town}{field}" for field in ("name", "lat", "lon", "district__region__slug")),
            *(f"{agency}{field}" for field in ("city", "lat", "lon", "region__slug")),
        )
        .annotate(n=Count("pk"))
        .order_by("-n", f"{town}name", f"{agency}city")
    )
    return [Crossing(_place(*row[:4]), _place(*row[4:8]), row[8]) for row in rows]


def drawn(found: list[Crossing]) -> tuple[list[Place], list[Arc]]:
    """For the map: every town and seat once, the seats with their names."""
    towns = {_spot(crossing.town): crossing.town for crossing in found}
    seats = {_spot(crossing.seat): replace(crossing.seat, labelled=True) for crossing in found}
    return list((towns | seats).values()), [crossing.arc for crossing in found]


def _spot(place: Place) -> tuple[float, float]:
    """Two towns may share a name, but not their place."""
    return place.x, place.y


def _place(name: str, lat: float, lon: float, region: str | None) -> Place:
    x, y = MAP.place(lat, lon)
    return Place(x, y, name, region or "")
