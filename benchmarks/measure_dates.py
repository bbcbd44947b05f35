"""Measures the date finder on one database; called by the benchmark in a process of its own."""

import csv
import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django
import holidays
from django.conf import settings
from django.test import Client

RUNS = 40
YEAR = (date(2027, 1, 1), date(2027, 12, 31))
LAST = date(2026, 9, 17)
NOORD = Path(__file__).resolve().parents[1] / "tests/data/odbl/school_holidays_nl.csv"
STATES = (("DE", "NW"), ("DE", "NI"), ("NL", None))


def main(arguments: Sequence[str]) -> int:
    django.setup()
    settings.ROOT_URLCONF = "benchmarks.date_urls"
    # No collected files here; an address from the manifest is a look-up in a dict.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    series, meeting = fill()
    planning = "/treffen/planung/?from=2027-02-01&to=2027-05-31&last=2026-09-17"
    rows = [
        _ranking(series),
        _page("planning page", planning, _operator()),
        _page("meeting page", meeting.get_absolute_url(), Client(SERVER_NAME="localhost")),
    ]
    Path(arguments[0]).write_text(json.dumps(rows))
    return 0


def fill() -> tuple[Any, Any]:
    """Three regions, one of them Dutch, and a meeting to look at."""
    from django.core.management import call_command  # noqa: PLC0415 - models exist only after setup
    from django.utils import timezone  # noqa: PLC0415 - the same

    from events.models import Meeting, MeetingSeries, SchoolCalendar  # noqa: PLC0415 - the same
    from networks.models import Agency, Region  # noqa: PLC0415 - the same

    call_command("migrate", verbosity=0)
    call_command("load_reference", stdout=open(os.devnull, "w"))  # noqa: SIM115 - ends with the process
    calendar = SchoolCalendar.objects.create(code="NL-Noord", name="Noord", known_until=date(2030, 8, 1))
    with NOORD.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["region"] == "Noord":
                calendar.holidays.create(name=row["name"], start=row["start"], end=row["end"])
    Region.objects.create(slug="twente", name_de="Twente", state="NL-OV", school_calendar="NL-Noord", order=3)
    series = MeetingSeries.objects.create(slug="reihe", name="Halbjahrestreffen")
    for order, region in enumerate(Region.objects.in_display_order()):
        series.sides.create(region=region, order=order)
    for order, agency in enumerate(Agency.objects.all()):
        series.places.create(agency=agency, order=order)
    begin = timezone.now() + timedelta(days=90)
    meeting = Meeting.objects.create(
        slug="treffen", title="Treffen", city="Münster", host=Agency.objects.exclude(region=None)[0], series=series,
        state=Meeting.State.ANNOUNCED, starts_at=begin, ends_at=begin + timedelta(hours=3), lat=51.96, lon=7.63,
    )  # fmt: skip
    return series, meeting


def _ranking(series: Any) -> dict[str, Any]:
    from events.almanac import search  # noqa: PLC0415 - models exist only after setup
    from events.scheduling.ranking import propose, rank  # noqa: PLC0415 - the same

    found = search(series, YEAR, LAST)

    def ranked() -> None:
        # Copies: nothing is worked out beforehand.
        calendars = replace(found.calendars, regions=tuple(replace(each) for each in found.calendars.regions))
        propose(rank(YEAR, calendars, found.rules, LAST))

    return _row("a year ranked", _timed(ranked), "plain loop over holidays", _timed(plain_loop))


def plain_loop() -> int:
    """What everybody would write first: one question per day and state, answered yes or no."""
    books = [holidays.country_holidays(country, subdiv=part, years=YEAR[0].year) for country, part in STATES]
    days = (YEAR[0] + timedelta(days=n) for n in range((YEAR[1] - YEAR[0]).days + 1))
    return sum(day.weekday() < 5 and not any(day in book for book in books) for day in days)


def _operator() -> Any:
    from accounts.models import User  # noqa: PLC0415 - models exist only after setup

    operator, _ = User.objects.get_or_create(email="operator@example.org", is_staff=True, is_superuser=True)
    client = Client(SERVER_NAME="localhost")
    client.force_login(operator, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _page(name: str, address: str, client: Any) -> dict[str, Any]:
    """Floor and page take turns, so that a noisy moment meets both."""
    floor = f"/floor{address}"
    page, same = client.get(address), client.get(floor)
    assert page.status_code == same.status_code == 200, (page.status_code, same.status_code)
    assert abs(len(page.content) - len(same.content)) < 0.01 * len(page.content), "The floor draws another page"
    pages, floors = [], []
    for _ in range(RUNS):
        floors.append(_clock(lambda: client.get(floor)))
        pages.append(_clock(lambda: client.get(address)))
    return _row(name, _p25(pages), "floor", _p25(floors))


def _row(what: str, ms: float, beside: str, beside_ms: float) -> dict[str, Any]:
    return {"what": what, "ms_p25": ms, "beside": beside, "beside_ms": beside_ms}


def _timed(action: Callable[[], Any]) -> float:
    return _p25([_clock(action) for _ in range(RUNS)])


def _clock(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def _p25(times: Sequence[float]) -> float:
    return round(statistics.quantiles(times, n=4, method="inclusive")[0], 3)
