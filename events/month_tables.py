"""Months as tables, day × side: what lies on each side of a day, and whether a plank reaches from bank to bank."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from accounts.words import list_in_words
from events.almanac import Search
from events.scheduling.calendars import EVERYBODY, FRIDAY, RegionCalendar, days_between
from networks.models import Region

SHORT = timedelta(days=123)


@dataclass(frozen=True)
class Cell:
    """One side of a day; `sign` is the letter that stands for it, `begins` where a new name begins."""

    region: Region
    kind: str
    sign: str
    text: str
    begins: bool = False


@dataclass(frozen=True)
class Row:
    day: date
    weekday: str
    kind: str
    cells: tuple[Cell, ...]
    mark: str = ""
    number: int = 0
    inside: bool = True

    @property
    def column(self) -> int:
        """Where the week's tile stands; only the first of a month needs to say."""
        return self.day.isoweekday() if self.day.day == 1 else 0


@dataclass(frozen=True)
class Month:
    first: date
    rows: tuple[Row, ...]
    inside: bool

    @property
    def working(self) -> int:
        return sum(row.kind != "weekend" for row in self.rows)

    @property
    def free(self) -> int:
        return sum(row.kind == "free" for row in self.rows)

    def notes(self) -> list[tuple[str, str]]:
        """What a phone says instead of names in tiles: sign and name, and whose it is unless everybody's."""
        places: dict[tuple[str, str], dict[Region, None]] = {}
        for row in self.rows:
            for cell in row.cells:
                if cell.sign and row.kind != "weekend":
                    places.setdefault((cell.sign, cell.text), {})[cell.region] = None
        everybody = len(self.rows[0].cells)
        return [(sign, _with_places(text, list(regions), everybody)) for (sign, text), regions in places.items()]


def _with_places(text: str, regions: list[Region], everybody: int) -> str:
    if len(regions) == everybody:
        return text
    return _("{name}, nur {regions}").format(name=text, regions=list_in_words(regions))


def month_tables(found: Search, numbers: Mapping[date, int]) -> list[Month]:
    """The months of the window, of a short one also those beside it; `numbers` are the proposals' places."""
    start, end = found.window
    first, last = first_of_month(start), first_of_month(end)
    if end - start <= SHORT:
        first, last = first_of_month(first - timedelta(days=1)), month_after(end)
    months = []
    while first <= last:
        rows = tuple(_rows(found, first, numbers))
        months.append(Month(first, rows, first_of_month(start) <= first <= end))
        first = month_after(first)
    return months


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def month_after(day: date) -> date:
    return first_of_month(first_of_month(day) + timedelta(days=31))


def _rows(found: Search, first: date, numbers: Mapping[date, int]) -> Iterator[Row]:
    before: tuple[Cell, ...] = ()
    for day in days_between(first, month_after(first) - timedelta(days=1)):
        cells = tuple(_cells(found, day, before))
        number = numbers.get(day, 0)
        mark = "ideal" if day == found.ideal else "proposed" if number else ""
        inside = found.window[0] <= day <= found.window[1]
        yield Row(day, date_format(day, "D"), _kind(day, cells), cells, mark, number, inside)
        before = cells


def _kind(day: date, cells: tuple[Cell, ...]) -> str:
    if day.weekday() > FRIDAY:
        return "weekend"
    return "free" if all(cell.kind == "free" for cell in cells) else "taken"


def _cells(found: Search, day: date, before: tuple[Cell, ...]) -> Iterator[Cell]:
    for place, (region, calendar) in enumerate(zip(found.regions, found.calendars.regions, strict=True)):
        kind, sign, text = _state(found, calendar, day)
        changed = not before or before[place].text != text or day.weekday() == 0
        yield Cell(region, kind, sign, text, changed and kind not in {"free", "weekend"})


def _state(found: Search, calendar: RegionCalendar, day: date) -> tuple[str, str, str]:
    """Kind, letter and words, the weightiest first."""
    if name := calendar.public.get(day):
        return "public", "F", name
    if day.weekday() > FRIDAY:
        return "weekend", "", _("Wochenende")
    if name := calendar.school_days.get(day):
        return "school", "S", name
    if name := _blocked(found, calendar.code, day):
        return "blocked", "B", name
    if not calendar.is_known(day):
        return "unknown", "?", _("nicht bekannt")
    return "free", "", _("frei")


def _blocked(found: Search, code: str, day: date) -> str:
    blocked = found.calendars.blocked
    return blocked[code].get(day) or blocked[EVERYBODY].get(day) or ""
