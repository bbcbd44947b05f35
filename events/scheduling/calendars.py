"""What is known about days on each side. Periods are expanded once, so that asking about a day is a look-up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

DAY = timedelta(days=1)
FRIDAY = 4
EVERYBODY = "*"


@dataclass(frozen=True, order=True)
class Period:
    start: date
    end: date
    label: str

    def days(self) -> Iterator[date]:
        return days_between(self.start, self.end)


@dataclass(frozen=True)
class Blackout:
    """Somebody has no time; of no region in particular, it concerns everybody."""

    period: Period
    regions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RegionCalendar:
    """One side. Beyond `known_until` nothing is said about school holidays; None: nothing is known at all."""

    code: str
    public: Mapping[date, str] = field(default_factory=dict)
    school: tuple[Period, ...] = ()
    known_until: date | None = None

    @cached_property
    def school_days(self) -> dict[date, str]:
        return by_day(self.school)

    def is_known(self, day: date) -> bool:
        return self.known_until is not None and day <= self.known_until

    def is_working_day(self, day: date) -> bool:
        return day.weekday() <= FRIDAY and day not in self.public

    def run_of_working_days(self, day: date) -> int:
        """How many working days hang together around this one."""
        return 1 + self._run(day, DAY) + self._run(day, -DAY)

    def _run(self, day: date, step: timedelta) -> int:
        length, day = 0, day + step
        while self.is_working_day(day):
            length, day = length + 1, day + step
        return length

    def touches_school_holidays(self, day: date) -> bool:
        return day - DAY in self.school_days or day + DAY in self.school_days


@dataclass(frozen=True)
class Calendars:
    regions: tuple[RegionCalendar, ...]
    blackouts: tuple[Blackout, ...] = ()

    @cached_property
    def blocked(self) -> dict[str, dict[date, str]]:
        """By region, then by day: the first blackout by start, then label."""
        concerned = (*(region.code for region in self.regions), EVERYBODY)
        return {code: by_day(self._of(code)) for code in concerned}

    def _of(self, code: str) -> list[Period]:
        return [each.period for each in self.blackouts if code in (each.regions or {EVERYBODY})]


def by_day(periods: Iterable[Period]) -> dict[date, str]:
    """Where two meet, the one that begins earlier names the day; the label decides between equals."""
    named: dict[date, str] = {}
    for period in sorted(periods, key=lambda each: (each.start, each.label)):
        for day in period.days():
            named.setdefault(day, period.label)
    return named


def days_between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
