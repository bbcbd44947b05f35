"""Towns on the map, with the number of companies that a selection of the directory has there."""

from collections.abc import Callable, Mapping

from accounts.drawing import Place
from networks.maps import MAP, town_title
from networks.models import Municipality


def town_places(counts: Mapping[str, int], url_of: Callable[[str], str]) -> list[Place]:
    """A dot for each of these towns (official key: companies), the busiest first."""
    towns = (
        Municipality.objects.select_related("district__region")
        .defer("district__path")
        .in_bulk(list(counts), field_name="ags")
    )
    busiest = sorted(counts.items(), key=lambda counted: (-counted[1], towns[counted[0]].name))
    return [_place(towns[ags], count, url_of(towns[ags].name)) for ags, count in busiest]


def _place(town: Municipality, count: int, url: str) -> Place:
    x, y = MAP.place(town.lat, town.lon)
    return Place(x, y, town.name, town.district.region.slug, url, town_title(town.name, count))
