"""What the days bring to polls and registrations by themselves."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.daily import days_ago
from accounts.retention import Rule
from events.actions import registrations
from events.actions.agenda import remind_of_tasks
from events.actions.farewell import forget_who_came, forget_who_voted
from events.actions.meetings import hold_meeting
from events.actions.polls import remind_silent
from events.mails import polls as mails
from events.models import DatePoll, Invitation, Meeting, PollParticipant, Registration
from events.models.registrations import CONFIRM_WITHIN

REMIND_BEFORE = timedelta(days=4)
TASKS_BEFORE = timedelta(days=15)
NAMES_KEPT_FOR = timedelta(days=92)
PLANNING_KEPT_FOR = timedelta(days=365)


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


def forget_participants(today: date) -> int:
    """Three months after a meeting only the numbers are left."""
    return forget_who_came(Registration.objects.of_meetings_before(days_ago(today, NAMES_KEPT_FOR)).named())


def forget_planning(today: date) -> int:
    """A year after a meeting nobody asks any more who was invited, and who voted for which day."""
    moment = days_ago(today, PLANNING_KEPT_FOR)
    deleted, _models = Invitation.objects.of_meetings_before(moment).delete()
    return deleted + forget_who_voted(PollParticipant.objects.of_meetings_before(moment).named())


RULES = (
    Rule(
        "unconfirmed registrations",
        _("Anmeldungen von Gästen, die niemand bestätigt hat"),
        _("72 Stunden"),
        _("So lange gilt der Link in der E-Mail."),
        forget_unconfirmed_registrations,
    ),
    Rule(
        "needs forgotten",
        _("Essen, Zugang und Antworten auf Fragen zu einem Treffen"),
        _("bis zum Tag nach dem Treffen"),
        _("Danach braucht sie niemand mehr."),
        forget_needs,
    ),
    Rule(
        "participants forgotten",
        _("Namen und Adressen aus Anmeldungen zu Treffen"),
        _("3 Monate nach dem Treffen; danach bleibt nur die Zahl"),
        _("Für Rückfragen und Teilnahmebestätigungen."),
        forget_participants,
    ),
    Rule(
        "planning forgotten",
        _("Einladungen zu Treffen, Namen und Adressen aus Terminabstimmungen"),
        _("12 Monate nach dem Treffen; danach bleiben nur die Stimmen"),
        _("Damit das nächste Treffen daran anknüpfen kann."),
        forget_planning,
    ),
)
