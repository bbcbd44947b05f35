"""The bridge from rows to the date finder: what is known about the days of a window, and what is not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.translation import get_language

from events.models import Blackout as BlackoutRow
from events.models import Meeting, MeetingSeries, SchoolCalendar, SchoolHoliday
from events.scheduling.calendars import EVERYBODY, Blackout, Calendars, Period, RegionCalendar
from events.scheduling.judging import Rules
from events.scheduling.ranking import WANTED, Candidate, free, propose, rank
from networks.models import Agency, Region
from networks.public_holidays import public_holidays

LONGEST_WINDOW = 400  # days
# Runs of working days, edges of holidays and the months beside it reach beyond a window.
MARGIN = timedelta(days=62)


def rules_of(series: MeetingSeries | None) -> Rules:
    if series is None:
        return Rules()
    gaps = (series.ideal_gap, series.least_gap, series.most_gap)
    return Rules(*gaps, weekday_costs=series.weekday_costs, days=series.days)


def regions_of(series: MeetingSeries | None) -> list[Region]:
    """In the order of the series; without one, all there are."""
    if series is None:
        return list(Region.objects.in_display_order())
    return [side.region for side in series.sides.select_related("region")]


@dataclass(frozen=True)
class Search:
    """A question to the date finder: which days of this window, after that meeting?"""

    regions: tuple[Region, ...]
    window: tuple[date, date]
    rules: Rules
    last: date | None
    calendars: Calendars
    known: tuple[SchoolCalendar, ...]
    doubtful: tuple[SchoolHoliday, ...] = ()
    blackouts: int = 0

    @cached_property
    def ranked(self) -> list[Candidate]:
        return rank(self.window, self.calendars, self.rules, self.last)

    @cached_property
    def by_day(self) -> dict[date, Candidate]:
        return {candidate.day: candidate for candidate in self.ranked}

    @property
    def free(self) -> int:
        return free(self.ranked)

    @property
    def ideal(self) -> date | None:
        return self.rules.ideal(self.last)

    @cached_property
    def names(self) -> dict[str, str]:
        """What people call the sides; two regions of one state share its code."""
        named: dict[str, str] = {}
        for region in self.regions:
            named[region.state] = f"{named[region.state]}, {region}" if region.state in named else str(region)
        return named

    def proposals(self, wanted: int = WANTED) -> list[Candidate]:
        return propose(self.ranked, wanted)


def search(series: MeetingSeries | None, window: tuple[date, date], last: date | None = None) -> Search:
    regions = tuple(regions_of(series))
    around = (window[0] - MARGIN, window[1] + MARGIN)
    codes = {region.school_calendar for region in regions}
    known = tuple(SchoolCalendar.objects.with_code(codes))
    holidays = list(SchoolHoliday.objects.touching(*around).in_calendars(codes))
    school = _school(codes, holidays)
    taken = list(_blackouts(around))
    calendars = Calendars(
        tuple(_calendar(region, around, known, school) for region in regions),
        (*taken, *_other_meetings(series, around)),
    )
    doubtful = tuple(each for each in holidays if each.doubtful and each.start <= window[1] and each.end >= window[0])
    inside = sum(each.period.start <= window[1] and each.period.end >= window[0] for each in taken)
    return Search(regions, window, rules_of(series), last, calendars, known, doubtful, inside)


def _school(codes: set[str], rows: Iterable[SchoolHoliday]) -> dict[str, list[Period]]:
    found: dict[str, list[Period]] = {code: [] for code in codes}
    for row in rows:
        found[row.calendar.code].append(Period(row.start, row.end, row.name))
    return found


def _calendar(
    region: Region, around: tuple[date, date], known: Iterable[SchoolCalendar], school: dict[str, list[Period]]
) -> RegionCalendar:
    years = range(around[0].year, around[1].year + 1)
    public = public_holidays(region.country, region.subdivision, years, get_language() or "de")
    until = {calendar.code: calendar.known_until for calendar in known}
    code = region.school_calendar
    return RegionCalendar(region.state, public, tuple(school[code]), until.get(code))


def _blackouts(around: tuple[date, date]) -> Iterable[Blackout]:
    for row in BlackoutRow.objects.touching(*around):
        agencies = [row.agency] if row.agency else []
        yield Blackout(Period(row.start, row.end, row.label), concerned(row.regions.all(), agencies))


def _other_meetings(series: MeetingSeries | None, around: tuple[date, date]) -> Iterable[Blackout]:
    """Those of the same series are its rhythm, and no obstacle."""
    for meeting in Meeting.objects.fixed_between(*around).outside(series).with_hosts():
        first, last = timezone.localdate(meeting.starts_at), timezone.localdate(meeting.ends_at)
        yield Blackout(
            Period(first, last, meeting.title),
            concerned([], [host for host in (meeting.host, meeting.co_host) if host]),
        )


def concerned(regions: Iterable[Region], agencies: Sequence[Agency]) -> frozenset[str]:
    """The regions' codes; an agency without a region stands for everybody."""
    own = {agency.region.state if agency.region else EVERYBODY for agency in agencies}
    return frozenset({region.state for region in regions} | own)


def last_before(series: MeetingSeries, day: date) -> date | None:
    """The day of the meeting before: held, or going to be."""
    meeting = Meeting.objects.expected_in(series).before_day(day).last()
    return timezone.localdate(meeting.starts_at) if meeting else None


def last_held(series: MeetingSeries | None, before: date) -> date | None:
    """The day of the latest meeting of the series that was held before this one."""
    if series is None:
        return None
    meeting = Meeting.objects.held_in(series, before).first()
    return timezone.localdate(meeting.starts_at) if meeting else None
