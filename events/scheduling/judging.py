"""What speaks against a day, in reasons: some take it out of the proposals, the others only move it back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from operator import attrgetter

from .calendars import EVERYBODY, FRIDAY, Calendars, RegionCalendar, days_between

WEEK = 7


class Code(StrEnum):
    """In the order in which reasons are told."""

    WEEKEND = "weekend"
    PUBLIC = "public"
    BLACKOUT = "blackout"
    SCHOOL = "school"
    UNKNOWN = "unknown"
    GAP = "gap"
    BRIDGE = "bridge"
    SHORT_WEEK = "short_week"
    WEEKDAY = "weekday"
    SCHOOL_EDGE = "school_edge"
    RHYTHM = "rhythm"


COSTS = {
    Code.WEEKEND: 200,
    Code.PUBLIC: 100,
    Code.BLACKOUT: 80,
    Code.SCHOOL: 60,
    Code.UNKNOWN: 50,
    Code.GAP: 50,
    Code.BRIDGE: 40,
    Code.SHORT_WEEK: 15,
    Code.SCHOOL_EDGE: 10,
}
REJECTING = {Code.WEEKEND, Code.PUBLIC, Code.BLACKOUT, Code.SCHOOL, Code.UNKNOWN}
PLACE = {code: place for place, code in enumerate(Code)}
RUNS = {1: Code.BRIDGE, 2: Code.SHORT_WEEK}


@dataclass(frozen=True)
class Rules:
    """What a series sets: gaps in days, points per weekday from Monday, the length of a meeting in days."""

    ideal_gap: int = 182
    least_gap: int = 120
    most_gap: int = 240
    weekday_costs: tuple[int, ...] = (10, 0, 0, 0, 10)
    days: int = 1

    def ideal(self, last: date | None) -> date | None:
        return last + timedelta(days=self.ideal_gap) if last else None


@dataclass(frozen=True)
class Reason:
    """`label` is the name of the holiday or period; `day` is the day of the meeting that it is about."""

    code: Code
    region: str
    cost: int
    day: date
    label: str = ""

    @property
    def rejects(self) -> bool:
        return self.code in REJECTING


def judge(day: date, calendars: Calendars, rules: Rules, last: date | None = None) -> tuple[Reason, ...]:
    """Of a meeting that begins on this day: each code and region once, at the first of its days that has it."""
    found: dict[tuple[Code, str], Reason] = {}
    for each in days_between(day, day + timedelta(days=rules.days - 1)):
        # Regions of one state share its code: the label decides between them, not their order.
        for reason in sorted(_of_day(each, calendars, rules), key=attrgetter("label")):
            found.setdefault((reason.code, reason.region), reason)
    for reason in _of_rhythm(day, rules, last):
        found[reason.code, reason.region] = reason
    return tuple(sorted(found.values(), key=lambda reason: (PLACE[reason.code], reason.region)))


def _of_day(day: date, calendars: Calendars, rules: Rules) -> Iterator[Reason]:
    if day.weekday() > FRIDAY:
        yield _reason(Code.WEEKEND, EVERYBODY, day)
    elif cost := rules.weekday_costs[day.weekday()]:
        yield Reason(Code.WEEKDAY, EVERYBODY, cost, day)
    for code, blocked in calendars.blocked.items():
        if day in blocked:
            yield _reason(Code.BLACKOUT, code, day, blocked[day])
    for region in calendars.regions:
        yield from _of_region(day, region)


def _of_region(day: date, region: RegionCalendar) -> Iterator[Reason]:
    if day in region.public:
        yield _reason(Code.PUBLIC, region.code, day, region.public[day])
    if not region.is_known(day):
        yield _reason(Code.UNKNOWN, region.code, day)
    if day in region.school_days:
        yield _reason(Code.SCHOOL, region.code, day, region.school_days[day])
    elif region.is_known(day) and region.is_working_day(day):
        yield from _of_neighbours(day, region)


def _of_neighbours(day: date, region: RegionCalendar) -> Iterator[Reason]:
    """On a day on which people work and children learn."""
    if code := RUNS.get(region.run_of_working_days(day)):
        yield _reason(code, region.code, day)
    if region.touches_school_holidays(day):
        yield _reason(Code.SCHOOL_EDGE, region.code, day)


def _of_rhythm(day: date, rules: Rules, last: date | None) -> Iterator[Reason]:
    if last is None:
        return
    gap = (day - last).days
    if not rules.least_gap <= gap <= rules.most_gap:
        yield _reason(Code.GAP, EVERYBODY, day)
    if weeks := abs(gap - rules.ideal_gap) // WEEK:
        yield Reason(Code.RHYTHM, EVERYBODY, weeks, day)


def _reason(code: Code, region: str, day: date, label: str = "") -> Reason:
    return Reason(code, region, COSTS[code], day, label)
