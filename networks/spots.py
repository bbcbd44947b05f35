"""Single dots on the map, with their names."""

from accounts.drawing import Place
from networks.maps import MAP
from networks.models import Company, Region


def spot(name: str, lat: float, lon: float, region: Region | None) -> Place:
    x, y = MAP.place(lat, lon)
    return Place(x, y, name, region.slug if region else "", labelled=True)


def company_spot(company: Company) -> list[Place]:
    """Where the company is; a guest has no place on the map."""
    town = company.municipality
    return [spot(town.name, town.lat, town.lon, company.region)] if town else []
