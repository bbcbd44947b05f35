"""Reference data of the date finder: school calendars, until when they are known, and their holidays."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from events.models import SchoolCalendar, SchoolHoliday
from networks.loading import Loader, Row
from networks.reference import as_date, by_key, csv_lines, known

DOUBTFUL = "single source"


def load_calendars(directory: Path, loader: Loader) -> None:
    loader.load(SchoolCalendar, _calendars(directory))
    loader.load(SchoolHoliday, _holidays(directory))


def _calendars(directory: Path) -> Iterator[Row]:
    for line in csv_lines(directory / "school_calendars.csv"):
        values = {"name": line["name"], "source": line["source"], **_days(line, "known_until", "checked_on")}
        yield Row({"code": line["code"]}, values)


def _holidays(directory: Path) -> Iterator[Row]:
    calendars = by_key(SchoolCalendar, "code")
    for line in csv_lines(directory / "odbl/school_holidays.csv"):
        find = {"calendar": known(calendars, line["calendar"]), "name": line["name"], "start": as_date(line["start"])}
        doubtful = line["verification"] == DOUBTFUL
        yield Row(find, {"source": line["source"], "doubtful": doubtful, **_days(line, "end", "checked_on")})


def _days(line: dict[str, str], *names: str) -> dict[str, Any]:
    return {name: as_date(line[name]) for name in names}
