"""What official statistics say about a region or a district."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Sum

from networks.models import District, Municipality, Region


@dataclass(frozen=True)
class PlaceFigures:
    municipalities: int
    population: int | None
    area_km2: float | None
    as_of: date | None


def region_figures(region: Region) -> PlaceFigures:
    sums = region.districts.aggregate(population=Sum("population"), area_km2=Sum("area_km2"), as_of=Max("as_of"))
    towns = Municipality.objects.filter(district__region=region).aggregate(municipalities=Count("pk"))
    return PlaceFigures(**towns, **sums)


def district_figures(district: District) -> PlaceFigures:
    return PlaceFigures(district.municipalities.count(), district.population, district.area_km2, district.as_of)
