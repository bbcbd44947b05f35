"""Public holidays of a state, from the package `holidays`: offline, and asked once a year and state."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import holidays


def public_holidays(country: str, subdivision: str, years: Iterable[int], language: str = "de") -> dict[date, str]:
    named: dict[date, str] = {}
    for year in years:
        named.update(_of_year(country, subdivision, year, language))
    return named


@lru_cache(maxsize=512)
def _of_year(country: str, subdivision: str, year: int, language: str) -> dict[date, str]:
    """Where a part of the country has no holidays of its own, the country is asked; an unknown country has none."""
    known = _supported()
    if country not in known:
        return {}
    part = subdivision if subdivision in known[country] else None
    found = holidays.country_holidays(country, subdiv=part, years=year, language=_spoken(country, language))
    return dict(found.items())


@lru_cache(maxsize=1)
def _supported() -> dict[str, list[str]]:
    return holidays.list_supported_countries()


def _spoken(country: str, language: str) -> str | None:
    """The reader's language where the country's holidays have names in it, else the country's own."""
    languages = holidays.list_localized_countries().get(country, [])
    own: str | None = holidays.country_holidays(country).default_language
    # Said explicitly: left out, the machine's own language would decide.
    return next((each for each in languages if each.partition("_")[0] == language), own)
