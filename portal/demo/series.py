"""The rhythm behind the meetings: a series with both sides, all agencies, their directors, and what is in the way."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from events.hosts import host_by_turn, turns_before
from events.models import Blackout, HostSwap, Meeting, MeetingSeries, PlanningTask, PlanningWindow
from events.planning import windows_of
from events.scheduling.hosts import latest
from events.scheduling.windows import coming
from portal.demo.scene import Scene, at, read


@dataclass
class Rhythm:
    scene: Scene

    def create(self) -> MeetingSeries:
        """All meetings so far belong to it."""
        told = read("series")
        series = MeetingSeries.objects.create(**told["series"])
        self._sides(series)
        for window in told["windows"]:
            PlanningWindow.objects.create(series=series, **window)
        self._members(series, told["role"])
        Meeting.objects.filter(series=None).update(series=series)
        self._swap(series, told["swap"])
        self._tasks(series)
        for entry in told["blackouts"]:
            self._blackout(entry)
        return series

    def _sides(self, series: MeetingSeries) -> None:
        for order, region in enumerate(self.scene.regions, 1):
            series.sides.create(region=region, order=order)
        for order, agency in enumerate(self.scene.agencies.values(), 1):
            series.places.create(agency=agency, order=order)

    def _members(self, series: MeetingSeries, role: str) -> None:
        """A director of each agency, and on each side one whom no meeting can do without."""
        required: set[int | None] = set()
        for agency in self.scene.agencies.values():
            if agency.region_id is None:
                continue
            name = self.scene.names.person()
            series.members.create(
                name=name,
                email=f"leitung@{agency.slug}.example.org",
                agency=agency,
                role=role if agency.region_id not in required else "",
            )
            required.add(agency.region_id)

    def _swap(self, series: MeetingSeries, reason: str) -> None:
        """Once somebody hosted out of turn: that was agreed."""
        for meeting in Meeting.objects.held_in(series).select_related("host"):
            day = timezone.localdate(meeting.starts_at)
            by_turn, held = host_by_turn(series, day), turns_before(series, day)
            if held and by_turn and by_turn != meeting.host:
                HostSwap.objects.create(
                    series=series,
                    after=latest(held),
                    host=meeting.host,
                    instead_of=by_turn,
                    reason=reason,
                    created_at=at(day - timedelta(days=150), time(11)),
                )
                return

    def _tasks(self, series: MeetingSeries) -> None:
        """What the guard once asked has long been done."""
        for meeting in Meeting.objects.held_in(series).select_related("host")[:2]:
            day = timezone.localdate(meeting.starts_at)
            span = next(span for span in coming(windows_of(series), day))
            asked = span.start - timedelta(days=series.lead_days)
            PlanningTask.objects.create(
                series=series,
                start=span.start,
                end=span.end,
                host=meeting.host,
                state=PlanningTask.State.DONE,
                created_at=at(asked, time(6)),
                changed_on=asked,
            )

    def _blackout(self, entry: dict[str, Any]) -> None:
        start: date = self.scene.today + timedelta(days=entry["in_days"])
        blackout = Blackout.objects.create(
            label=entry["label"],
            kind=entry.get("kind", Blackout.Kind.BLACKOUT),
            start=start,
            end=start + timedelta(days=entry["lasts"] - 1),
            agency=self.scene.agencies.get(entry.get("agency", "")),
            source=entry["source"],
            checked_on=self.scene.today,
        )
        blackout.regions.set(region for region in self.scene.regions if region.slug in entry.get("regions", []))
