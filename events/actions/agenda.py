"""Agenda, minutes, decisions, tasks: written by the hosts, kept for the next meeting."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from events.agenda import inherited
from events.mails import tasks as mails
from events.models import ActionItem, AgendaItem, Decision, Meeting, MinutesVersion
from networks.life_cycle import require_step

CARRIED = ("title", "text", "minutes", "presenter", "network", "documents")


class MinutesChanged(ActionRefused):
    """Somebody else wrote in the meantime; their text comes along, so that nothing is lost."""

    def __init__(self, current: MinutesVersion) -> None:
        super().__init__(_("Inzwischen hat jemand anders geschrieben. Bitte führen Sie beide Texte zusammen."))
        self.current = current


def _next_order(meeting: Meeting) -> int:
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    return int(AgendaItem.objects.of_meeting(meeting).aggregate(last=Max("order"))["last"] or 0) + 1


@transaction.atomic
def add_item(meeting: Meeting, values: Mapping[str, Any], *, by: User) -> AgendaItem:
    item = AgendaItem.objects.create(meeting=meeting, order=_next_order(meeting), **values)
    record(by=by, verb="agenda.added", on=meeting, item=item.title)
    return item


@transaction.atomic
def change_item(item: AgendaItem, values: Mapping[str, Any], *, by: User) -> AgendaItem:
    for name, value in values.items():
        setattr(item, name, value)
    item.save()
    record(by=by, verb="agenda.changed", on=item.meeting, item=item.title)
    return item


@transaction.atomic
def remove_item(item: AgendaItem, *, by: User) -> None:
    """A topic with minutes or decisions is history and stays."""
    if item.versions.exists() or item.decisions.exists():
        raise ActionRefused(_("Zu diesem Punkt gibt es schon ein Protokoll. Er bleibt in der Tagesordnung."))
    record(by=by, verb="agenda.removed", on=item.meeting, item=item.title)
    item.delete()


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool, by: User) -> None:
    """One place earlier or later; at the end nothing happens."""
    Meeting.objects.select_for_update().get(pk=item.meeting_id)
    items = list(AgendaItem.objects.of_meeting(item.meeting))
    place = [one.pk for one in items].index(item.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(items):
        return
    items[place], items[other] = items[other], items[place]
    for order, one in enumerate(items, start=1):
        one.order = order
    AgendaItem.objects.bulk_update(items, ["order"])
    record(by=by, verb="agenda.reordered", on=item.meeting)


@transaction.atomic
def carry_over(meeting: Meeting, *, by: User) -> int:
    """What was left open at the last meeting becomes a topic of this one; asked twice, nothing doubles."""
    order = _next_order(meeting)
    topics = inherited(meeting).topics
    for place, topic in enumerate(topics):
        values = {name: getattr(topic, name) for name in CARRIED}
        AgendaItem.objects.create(meeting=meeting, order=order + place, carried_from=topic, **values)
    record(by=by, verb="agenda.carried_over", on=meeting, topics=len(topics))
    return len(topics)


@transaction.atomic
def write_minutes(item: AgendaItem, text: str, *, based_on: int, by: User) -> MinutesVersion:
    """A new version. Who started from an older one than there is by now gets that one to read first."""
    AgendaItem.objects.select_for_update().get(pk=item.pk)
    current = MinutesVersion.objects.of_item(item).first()
    number = current.number if current else 0
    if current and number != based_on:
        raise MinutesChanged(current)
    if current and current.text == text:
        return current
    record(by=by, verb="minutes.written", on=item.meeting, item=item.title, version=number + 1)
    return MinutesVersion.objects.create(item=item, number=number + 1, text=text, by=by)


@transaction.atomic
def decide(meeting: Meeting, values: Mapping[str, Any], *, by: User, replaces: Decision | None = None) -> Decision:
    """Keep what was agreed and by which `agencies`; it may replace what was agreed before."""
    known = dict(values)
    agencies = known.pop("agencies", ())
    decision = Decision.objects.create(meeting=meeting, **known)
    decision.agencies.set(agencies)
    if replaces:
        _replace(replaces, decision)
    record(by=by, verb="meeting.decided", on=meeting, decision=decision.pk)
    return decision


def _replace(former: Decision, decision: Decision) -> None:
    """Only what is in force can be replaced: of two at once the second is told."""
    locked = Decision.objects.select_for_update().get(pk=former.pk)
    if locked.superseded_by_id:
        raise ActionRefused(_("Dieser Beschluss ist inzwischen schon ersetzt."))
    locked.superseded_by = decision
    locked.save(update_fields=["superseded_by"])


@transaction.atomic
def assign(meeting: Meeting, values: Mapping[str, Any], *, by: User) -> ActionItem:
    task = ActionItem.objects.create(meeting=meeting, **values)
    record(by=by, verb="meeting.assigned", on=meeting, task=task.pk)
    mails.assigned(task)
    return task


@transaction.atomic
def step_task(task: ActionItem, state: str, *, by: User) -> ActionItem:
    """Done, dropped, or open again. Said twice it counts once."""
    locked = ActionItem.objects.select_for_update().get(pk=task.pk)
    if locked.state != state:
        require_step(locked, state)
        locked.state = state
        locked.save(update_fields=["state"])
        record(by=by, verb=f"task.{state}", on=locked.meeting, task=locked.pk)
    return locked


@transaction.atomic
def remind_of_tasks(meeting: Meeting) -> int:
    """Before each meeting, whoever still has something to do from an earlier one hears it, once."""
    tasks = inherited(meeting).tasks
    due = [task for task in tasks if task.email and task.reminded_for_id != meeting.pk]
    for task in due:
        mails.reminded(task, meeting)
    ActionItem.objects.filter(pk__in=[task.pk for task in due]).update(reminded_for=meeting)
    return len(due)
