"""What the days bring to those who look after networks and companies."""

from datetime import date, timedelta

from accounts.daily import days_ago
from networks.actions import reminders
from networks.models import CompanyImport, Reminder

KEPT_FOR = timedelta(days=365)
LISTS_KEPT_FOR = timedelta(days=90)


def remind_of_waiting(today: date) -> int:
    return reminders.remind_of_waiting(today)


def forget_reminders(today: date) -> int:
    """What still waits after a year is worth another one."""
    deleted, _models = Reminder.objects.sent_before(days_ago(today, KEPT_FOR)).delete()
    return deleted


def forget_lists(today: date) -> int:
    """Lists that were read in hold people's names and addresses; what was taken over stays with the companies."""
    deleted, _models = CompanyImport.objects.older_than(days_ago(today, LISTS_KEPT_FOR)).delete()
    return deleted
