"""Planning windows: parts of every year, by month and day."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

MonthDay = tuple[int, int]


@dataclass(frozen=True)
class Window:
    name: str
    start: MonthDay
    end: MonthDay

    def in_year(self, year: int) -> "Span":
        """The window that begins in this year; it may end in the next."""
        ends_in = year if self.end >= self.start else year + 1
        return Span(day_of(year, self.start), day_of(ends_in, self.end), self.name)


@dataclass(frozen=True, order=True)
class Span:
    start: date
    end: date
    name: str


def day_of(year: int, month_day: MonthDay) -> date:
    """29 February is the last of the month in other years."""
    month, day = month_day
    return date(year, month, min(day, monthrange(year, month)[1]))


def coming(windows: Iterable[Window], today: date) -> list[Span]:
    """Those that have not ended, of this year and the next, the nearest first."""
    spans = [window.in_year(year) for window in windows for year in range(today.year - 1, today.year + 2)]
    return sorted(span for span in spans if span.end >= today)


def is_near(span: Span, today: date, lead_days: int) -> bool:
    return span.start - timedelta(days=lead_days) <= today <= span.end
