"""The guard of the rhythm: a window comes near and nothing is planned, so somebody is asked, reminded, and then all."""

from datetime import date, timedelta

from django.db import transaction

from accounts.audit import record
from events.hosts import next_host
from events.mails import rhythm as mails
from events.models import Meeting, MeetingSeries, PlanningTask
from events.planning import windows_of
from events.scheduling.windows import Span, coming, is_near
from networks.life_cycle import require_step

State = PlanningTask.State
FOLLOWING = {State.ASKED: State.REMINDED, State.REMINDED: State.EVERYBODY}


def guard_rhythm(today: date) -> int:
    """A job of `tick`; run twice on a day, the second does nothing. How many tasks it touched."""
    return sum(_guard(series, today) for series in MeetingSeries.objects.order_by("pk"))


@transaction.atomic
def _guard(series: MeetingSeries, today: date) -> int:
    series = MeetingSeries.objects.select_for_update().get(pk=series.pk)
    done = _finish(series, today)
    near = [span for span in coming(windows_of(series), today) if is_near(span, today, series.lead_days)]
    return done + sum(_look_after(series, span, today) for span in near)


def _finish(series: MeetingSeries, today: date) -> int:
    """Tasks whose window is over, or in which something has been planned meanwhile."""
    open_tasks = list(series.tasks.open())
    over = [task for task in open_tasks if task.end < today or is_planned(series, Span(task.start, task.end, ""))]
    return sum(_step(task, State.DONE, today) for task in over)


def is_planned(series: MeetingSeries, span: Span) -> bool:
    """Something is: a meeting in the window that is not called off. What staff only chose days for counts too."""
    return Meeting.objects.expected_in(series).beginning_in(span.start, span.end).exists()


def _look_after(series: MeetingSeries, span: Span, today: date) -> int:
    if is_planned(series, span):
        return 0
    task = series.tasks.filter(start=span.start).first()
    if task is None:
        return _ask(series, span, today)
    if task.state == State.DONE:
        return _step(task, State.ASKED, today)
    if task.state in FOLLOWING and today >= task.changed_on + timedelta(days=series.patience_days):
        return _step(task, FOLLOWING[State(task.state)], today)
    return 0


def _ask(series: MeetingSeries, span: Span, today: date) -> int:
    host = next_host(series, span.start)
    if host is None:
        return 0
    task = PlanningTask.objects.create(series=series, start=span.start, end=span.end, host=host, changed_on=today)
    record(by=None, verb="task.asked", on=task)
    mails.tell(task)
    return 1


def _step(task: PlanningTask, state: str, today: date) -> int:
    require_step(task, state)
    task.state, task.changed_on = state, today
    task.save(update_fields=["state", "changed_on"])
    record(by=None, verb=f"task.{state}", on=task)
    if state != State.DONE:
        mails.tell(task)
    return 1


def finish_tasks(series: MeetingSeries, start: date, end: date) -> None:
    """Days have been chosen in these weeks: nobody has to be asked any more."""
    for task in series.tasks.open().filter(start__lte=end, end__gte=start):
        _step(task, State.DONE, task.changed_on)
