"""What the days bring to polls by themselves."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.daily import days_ago
from events.actions.polls import remind_silent
from events.mails import polls as mails
from events.models import DatePoll

REMIND_BEFORE = timedelta(days=4)


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
