"""How long something waits: days on which somebody works, and the same in words."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.public_holidays import public_holidays


def working_days(start: date, end: date, states: Iterable[str] = ()) -> int:
    """Mondays to Fridays after the first day, up to the second, that are no public holiday in all of these states."""
    free = _free(frozenset(states), start.year, end.year)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in free for day in days)


@lru_cache(maxsize=256)
def _free(states: frozenset[str], first_year: int, last_year: int) -> frozenset[date]:
    years = range(first_year, last_year + 1)
    named = [set(public_holidays(country, part, years)) for country, _dash, part in (s.partition("-") for s in states)]
    return frozenset(set.intersection(*named)) if named else frozenset()


def days_waiting(moment: datetime, states: Iterable[str] = (), today: date | None = None) -> int:
    return working_days(timezone.localdate(moment), today or timezone.localdate(), states)


def last_start(today: date, longer_than: int, states: Iterable[str] = ()) -> datetime:
    """What began before this moment has waited for more than so many working days."""
    free, day = frozenset(states), today
    while working_days(day, today, free) <= longer_than:
        day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def days_in_words(days: int) -> str:
    if not days:
        return _("von heute")
    return ngettext("seit {n} Arbeitstag", "seit {n} Arbeitstagen", days).format(n=days)


def age_in_words(moment: datetime, states: Iterable[str] = ()) -> str:
    return days_in_words(days_waiting(moment, states))
