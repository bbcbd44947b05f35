"""The agenda with its times, and what a meeting inherits from those before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from events.models import ActionItem, AgendaItem, Decision, Meeting, MinutesVersion, Registration


@dataclass(frozen=True)
class Slot:
    """A topic, when it begins and ends, and what the minutes say."""

    item: AgendaItem
    begin: datetime
    end: datetime
    minutes: MinutesVersion | None


def timed(meeting: Meeting) -> list[Slot]:
    """Always two queries."""
    items = list(AgendaItem.objects.of_meeting(meeting))
    newest = {version.item_id: version for version in MinutesVersion.objects.newest_of(items)}
    begin, slots = meeting.starts_at, []
    for item in items:
        end = begin + timedelta(minutes=item.minutes)
        slots.append(Slot(item, begin, end, newest.get(item.pk)))
        begin = end
    return slots


@dataclass(frozen=True)
class Inheritance:
    """What was left open: topics of the last meeting, tasks of all before."""

    topics: tuple[AgendaItem, ...]
    tasks: tuple[ActionItem, ...]


def inherited(meeting: Meeting) -> Inheritance:
    last = Meeting.objects.held_before(meeting).first()
    taken = set(AgendaItem.objects.of_meeting(meeting).values_list("carried_from", flat=True))
    topics = AgendaItem.objects.of_meeting(last).left_open() if last else AgendaItem.objects.none()
    tasks = ActionItem.objects.of_series(meeting.series).before(meeting.starts_at).open().soonest_first()
    return Inheritance(tuple(topic for topic in topics if topic.pk not in taken), tuple(tasks))


@dataclass(frozen=True)
class Report:
    """A meeting on paper: who was there, what was said, what was agreed, who does what."""

    meeting: Meeting
    present: dict[str, list[Registration]]
    slots: list[Slot]
    decisions: Iterable[Decision]
    tasks: Iterable[ActionItem]


def report_of(meeting: Meeting) -> Report:
    present: dict[str, list[Registration]] = {}
    for registration in Registration.objects.of_meeting(meeting).present().by_organisation():
        present.setdefault(registration.organisation, []).append(registration)
    return Report(
        meeting,
        present,
        timed(meeting),
        Decision.objects.of_meeting(meeting).latest_first(),
        ActionItem.objects.of_meeting(meeting).soonest_first(),
    )
