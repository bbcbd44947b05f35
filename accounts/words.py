"""How dates, times and lists are said."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _


def day_in_words(day: date) -> str:
    return _("{weekday}., {day}. {month} {year}").format(
        weekday=date_format(day, "D"), day=day.day, month=date_format(day, "F"), year=day.year
    )


def clock(moment: datetime, *, whole: bool) -> str:
    return date_format(moment, "HOUR_FORMAT" if whole else "CLOCK_FORMAT")


def moment_in_words(start: datetime, end: datetime | None = None) -> str:
    """Do., 15. September 2016, 10–13 Uhr."""
    start = timezone.localtime(start)
    if end is None:
        return _("{day}, {time} Uhr").format(day=day_in_words(start), time=clock(start, whole=start.minute == 0))
    end = timezone.localtime(end)
    if end.date() != start.date():
        return _("{start} bis {end}").format(start=moment_in_words(start), end=moment_in_words(end))
    whole = start.minute == 0 and end.minute == 0
    return _("{day}, {start}–{end} Uhr").format(
        day=day_in_words(start), start=clock(start, whole=whole), end=clock(end, whole=whole)
    )


def days_in_figures(first: date, last: date) -> str:
    return f"{date_format(first, 'SHORT_DATE_FORMAT')}–{date_format(last, 'SHORT_DATE_FORMAT')}"


def percent(fraction: float) -> str:
    return str(get_format("PERCENT_FORMAT")).format(round(fraction * 100))


def list_in_words(names: Iterable[object]) -> str:
    """Names as a sentence lists them: "A, B und C"."""
    *first, last = [str(name) for name in names] or [""]
    return _("{first} und {last}").format(first=", ".join(first), last=last) if first else last
