"""Whose data a page shows: every page with reference data names its sources, with as-of dates."""

from django.core.cache import caches

from networks.models import Attribution

CACHED_SECONDS = 60


def attributions(*topics: str) -> list[Attribution]:
    """The sources for any of these topics (all without one), looked up at most once a minute per process.

    Topics: map, places, postcodes, industries, agencies, networks, calendar.
    """
    listed: list[Attribution] = caches["pages"].get_or_set("attributions", _read, CACHED_SECONDS) or []
    return [each for each in listed if not topics or set(topics) & set(each.topics)]


def _read() -> list[Attribution]:
    return list(Attribution.objects.all())
