"""Years, months, days of a list by one cheap question; the stock tag looks at every row for those that occur."""

from datetime import date, datetime
from typing import Any

from django import template
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

register = template.Library()
PARTS = ("year", "month", "day")
Choice = dict[str, str]


@register.inclusion_tag("admin/date_hierarchy.html")
def date_drill(cl: Any) -> dict[str, Any]:
    """From the first year, month or day in which there is something to the last one."""
    span = cl.span or cl.queryset.aggregate(first=Min(cl.date_hierarchy), last=Max(cl.date_hierarchy))
    if span["first"] is None:
        return {"show": False}
    chosen = [part for part in PARTS if f"{cl.date_hierarchy}__{part}" in cl.params]
    first, last = _day(span["first"]), _day(span["last"])
    return {"show": True, "back": _back(cl, first, chosen), "choices": _choices(cl, first, last, chosen)}


def _day(moment: date | datetime) -> date:
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment


def _link(cl: Any, day: date, depth: int) -> str:
    parts = {f"{cl.date_hierarchy}__{part}": getattr(day, part) for part in PARTS[:depth]}
    address: str = cl.get_query_string(parts, [f"{cl.date_hierarchy}__"])
    return address


def _back(cl: Any, day: date, chosen: list[str]) -> Choice | None:
    if not chosen:
        return None
    titles = (_("Alle Daten"), str(day.year), date_format(day, "YEAR_MONTH_FORMAT"))
    return {"link": _link(cl, day, len(chosen) - 1), "title": capfirst(titles[len(chosen) - 1])}


def _choices(cl: Any, first: date, last: date, chosen: list[str]) -> list[Choice]:
    if len(chosen) == len(PARTS):
        return [{"title": date_format(first, "MONTH_DAY_FORMAT")}]
    if first.year != last.year:
        return [_choice(cl, date(year, 1, 1), 1, str(year)) for year in range(first.year, last.year + 1)]
    if first.month != last.month:
        months = [date(first.year, month, 1) for month in range(first.month, last.month + 1)]
        return [_choice(cl, month, 2, date_format(month, "YEAR_MONTH_FORMAT")) for month in months]
    days = [first.replace(day=day) for day in range(first.day, last.day + 1)]
    return [_choice(cl, day, 3, date_format(day, "MONTH_DAY_FORMAT")) for day in days]


def _choice(cl: Any, day: date, depth: int, title: str) -> Choice:
    return {"link": _link(cl, day, depth), "title": capfirst(title)}
