"""What the planning page shows: the window, proposals with reasons, days that do not work, and what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from events.almanac import Search, last_before, search
from events.models import Meeting, MeetingSeries, PlanningWindow, SchoolCalendar
from events.month_tables import Month, month_tables
from events.scheduling.calendars import FRIDAY
from events.scheduling.judging import WEEK
from events.scheduling.ranking import SPREAD, Candidate
from events.scheduling.windows import Span, Window, coming
from events.words import Speech, cost_in_words, unknown_in_words

HALF_A_YEAR = timedelta(days=182)
AS_GOOD = 3
# The drawing of a candidate's distance from the ideal: the middle, and how far four weeks reach.
MIDDLE, REACH, FURTHEST = 90, 10, 8


def windows_of(series: MeetingSeries) -> list[Window]:
    return [as_window(row) for row in series.windows.all()]


def as_window(row: PlanningWindow) -> Window:
    return Window(row.name, (row.start_month, row.start_day), (row.end_month, row.end_day))


@dataclass(frozen=True)
class Question:
    """What somebody wants to see; what is left out is taken from the series."""

    series: MeetingSeries
    start: date
    end: date
    last: date | None
    check: date | None = None


def usual_question(series: MeetingSeries, today: date | None = None) -> Question:
    span = next_open_span(series, today or timezone.localdate())
    return Question(series, span.start, span.end, last_before(series, span.start))


def next_open_span(series: MeetingSeries, today: date) -> Span:
    """The nearest window in which no meeting stands yet."""
    spans = coming(windows_of(series), today) or [Span(today, today + HALF_A_YEAR, "")]
    return next((span for span in spans if not stands(series, span)), spans[0])


def stands(series: MeetingSeries, span: Span) -> bool:
    """A meeting lies in this window, and not only as a plan."""
    meetings = Meeting.objects.expected_in(series).beginning_in(span.start, span.end)
    return meetings.exclude(state=Meeting.State.PLANNED).exists()


@dataclass(frozen=True)
class Proposal:
    """A day on a card, with everything that is said about it."""

    candidate: Candidate
    number: int
    reasons: tuple[str, ...]
    cost: str
    as_good: tuple[date, ...] = ()
    drawing: "Distance | None" = None

    @property
    def day(self) -> date:
        return self.candidate.day

    @property
    def rejected(self) -> bool:
        return self.candidate.rejected


@dataclass(frozen=True)
class Distance:
    """An arc from the ideal day to this one."""

    x: int
    path: str


@dataclass(frozen=True)
class Unknown:
    text: str
    url: str


@dataclass(frozen=True)
class Planning:
    question: Question
    found: Search

    @cached_property
    def speech(self) -> Speech:
        return Speech(self.found.names, self.found.rules, self.found.last)

    @cached_property
    def proposals(self) -> list[Proposal]:
        chosen = self.found.proposals()
        return [self._proposal(candidate, number) for number, candidate in enumerate(chosen, 1)]

    @cached_property
    def checked(self) -> Proposal | None:
        """A day that somebody asked for and that is not among the proposals."""
        day = self.question.check
        if day not in self.found.by_day or day in {proposal.day for proposal in self.proposals}:
            return None
        return self._proposal(self.found.by_day[day], 0)

    @cached_property
    def rejected(self) -> list[Proposal]:
        """Weekdays that do not work; weekends are only said to be weekends."""
        shown = {proposal.day for proposal in [*self.proposals, *([self.checked] if self.checked else [])]}
        days = sorted(self.found.by_day.values(), key=lambda candidate: candidate.day)
        return [
            self._proposal(candidate, 0)
            for candidate in days
            if candidate.rejected and candidate.day.weekday() <= FRIDAY and candidate.day not in shown
        ]

    @property
    def one_sided(self) -> int:
        """Days that only one side cannot take: what the other does not see in its own calendar."""
        blocked = [{reason.region for reason in each.candidate.reasons if reason.rejects} for each in self.rejected]
        return sum(len(sides) == 1 for sides in blocked) if len(self.found.regions) > 1 else 0

    @cached_property
    def months(self) -> list[Month]:
        return month_tables(self.found, {proposal.day: proposal.number for proposal in self.proposals})

    @property
    def working_days(self) -> int:
        return sum(candidate.day.weekday() <= FRIDAY for candidate in self.found.ranked)

    @property
    def weeks(self) -> int:
        return self.found.rules.ideal_gap // WEEK

    @cached_property
    def unknown(self) -> list[Unknown]:
        """Which school holidays are missing, and where they are entered."""
        return list(self._unknown())

    def _unknown(self) -> Iterator[Unknown]:
        calendars = {calendar.code: calendar for calendar in self.found.known}
        for code in dict.fromkeys(region.school_calendar for region in self.found.regions):
            calendar = calendars.get(code)
            if calendar is None:
                name = next(str(each) for each in self.found.regions if each.school_calendar == code)
                yield Unknown(unknown_in_words(name, None), reverse("admin:events_schoolcalendar_changelist"))
            elif calendar.known_until is None or calendar.known_until < self.found.window[1]:
                yield unknown_beyond(calendar)

    def _proposal(self, candidate: Candidate, number: int) -> Proposal:
        return Proposal(
            candidate,
            number,
            tuple(self.speech.say(reason) for reason in candidate.reasons),
            cost_in_words(candidate.cost),
            self._as_good(candidate) if number else (),
            self._distance(candidate.day),
        )

    def _as_good(self, candidate: Candidate) -> tuple[date, ...]:
        """Neighbours that cost the same, and were left out for the spread only."""
        same = [
            each.day
            for each in self.found.ranked
            if (each.rejected, each.cost) == (candidate.rejected, candidate.cost)
            and 0 < abs((each.day - candidate.day).days) < SPREAD
        ]
        return tuple(sorted(same[:AS_GOOD]))

    def _distance(self, day: date) -> Distance | None:
        if self.found.ideal is None:
            return None
        weeks = max(-FURTHEST, min(FURTHEST, round((day - self.found.ideal).days / WEEK)))
        x = MIDDLE + weeks * REACH
        height = 22 - 2 * abs(weeks)
        path = f"M{x} 22C{x} {height} {MIDDLE} {height} {MIDDLE} 22" if weeks else ""
        return Distance(x, path)


def unknown_beyond(calendar: SchoolCalendar) -> Unknown:
    since = calendar.known_until + timedelta(days=1) if calendar.known_until else None
    url = reverse("admin:events_schoolcalendar_change", args=[calendar.pk])
    return Unknown(unknown_in_words(calendar.name, since), url)


def plan(question: Question) -> Planning:
    return Planning(question, search(question.series, (question.start, question.end), question.last))
