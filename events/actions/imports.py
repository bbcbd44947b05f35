"""Days from files become rows: first shown, then taken over. What is there already stays as it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from events.imports import Line
from events.models import Blackout, SchoolCalendar, SchoolHoliday
from networks.models import Agency, Region


@dataclass(frozen=True)
class Preview:
    """What a file would bring."""

    new: tuple[Line, ...]
    known: tuple[Line, ...]
    errors: tuple[Line, ...]


class Target(Protocol):
    """Where days go, with what is said about all of them."""

    def known(self, lines: Sequence[Line]) -> set[tuple[str, date, date]]: ...

    def create(self, lines: Iterable[Line]) -> None: ...


@dataclass(frozen=True)
class IntoCalendar:
    calendar: SchoolCalendar
    source: str
    checked_on: date | None

    def known(self, lines: Sequence[Line]) -> set[tuple[str, date, date]]:
        """A holiday is the same by its name and first day; who wants another last day edits it."""
        there = set(SchoolHoliday.objects.filter(calendar=self.calendar).values_list("name", "start"))
        return {key(line) for line in lines if (line.label[:80], line.start) in there}

    def create(self, lines: Iterable[Line]) -> None:
        SchoolHoliday.objects.bulk_create(
            SchoolHoliday(
                calendar=self.calendar,
                name=line.label[:80],
                start=line.start,
                end=line.end,
                source=self.source,
                checked_on=self.checked_on,
            )
            for line in lines
        )


@dataclass(frozen=True)
class IntoBlackouts:
    agency: Agency | None
    regions: tuple[Region, ...]
    kind: str
    source: str
    checked_on: date | None

    def known(self, lines: Sequence[Line]) -> set[tuple[str, date, date]]:
        there = set(Blackout.objects.filter(agency=self.agency).values_list("label", "start", "end"))
        return {key(line) for line in lines if key(line) in there}

    def create(self, lines: Iterable[Line]) -> None:
        for line in lines:
            blackout = Blackout.objects.create(
                kind=self.kind,
                label=line.label,
                start=line.start,
                end=line.end,
                agency=self.agency,
                source=self.source,
                checked_on=self.checked_on,
                uid=line.uid,
            )
            blackout.regions.set(self.regions)


def key(line: Line) -> tuple[str, date, date]:
    return (line.label, line.start, line.end)


def preview(lines: Sequence[Line], target: Target) -> Preview:
    """Each line once: new, there already, or wrong."""
    right = {(line.label, line.start): line for line in reversed(lines) if not line.error}
    known = target.known(list(right.values()))
    in_order = sorted(right.values(), key=lambda line: (line.start, line.label))
    return Preview(
        tuple(line for line in in_order if key(line) not in known),
        tuple(line for line in in_order if key(line) in known),
        tuple(line for line in lines if line.error),
    )


@transaction.atomic
def take_over(lines: Sequence[Line], target: Target, *, by: User) -> int:
    """Only what is new and right; how many."""
    found = preview(lines, target)
    target.create(found.new)
    record(by=by, verb="days.imported", count=len(found.new), errors=len(found.errors))
    return len(found.new)
