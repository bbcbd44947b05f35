"""What the days bring to polls and registrations by themselves."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.daily import days_ago
from events.actions import registrations
from events.actions.agenda import remind_of_tasks
from events.actions.meetings import hold_meeting
from events.actions.polls import remind_silent
from events.mails import polls as mails
from events.models import DatePoll, Meeting
from events.models.registrations import CONFIRM_WITHIN

REMIND_BEFORE = timedelta(days=4)
TASKS_BEFORE = timedelta(days=15)


def remind_of_polls(today: date) -> int:
    """Who has not answered is reminded once, three days before the last day."""
    soon = DatePoll.objects.ending_before(days_ago(today, -REMIND_BEFORE)).ending_from(days_ago(today, timedelta()))
    return sum(remind_silent(poll, by=None) for poll in soon.never_reminded().with_meeting())


@transaction.atomic
def tell_of_ended_polls(today: date) -> int:
    """The day after the end, hosts learn that they can decide."""
    ended = list(DatePoll.objects.ending_before(days_ago(today, timedelta())).untold().with_meeting())
    for poll in ended:
        mails.has_ended(poll)
    return DatePoll.objects.filter(pk__in=[poll.pk for poll in ended]).update(told_ended_at=timezone.now())


def forget_needs(today: date) -> int:
    """What people needed at a meeting, from the day after it."""
    return registrations.forget_needs(before=days_ago(today, timedelta()))


def forget_unconfirmed_registrations(today: date) -> int:
    return registrations.forget_unconfirmed(before=days_ago(today, CONFIRM_WITHIN))


def close_meetings(today: date) -> int:
    """An announced meeting belongs to the chronicle from the day after it."""
    over = list(Meeting.objects.over(days_ago(today, timedelta())))
    for meeting in over:
        hold_meeting(meeting, by=None)
    return len(over)


def remind_of_open_tasks(today: date) -> int:
    """Two weeks before a meeting, of what earlier ones left to do."""
    near = Meeting.objects.between(days_ago(today, timedelta()), days_ago(today, -TASKS_BEFORE))
    return sum(remind_of_tasks(meeting) for meeting in near.select_related("series"))
