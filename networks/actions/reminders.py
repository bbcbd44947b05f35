"""What waits too long: the team is told once, and who leads it once more."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from networks.desk import LATE, Late, late_things
from networks.mails import reminders as mails
from networks.mails.people import leads_of, staff_of
from networks.models import Agency, Reminder

Step = Reminder.Step
LATE_FOR_LEADS = 2 * LATE  # working days
Key = tuple[str, str, int, datetime]


@transaction.atomic
def remind_of_waiting(today: date) -> int:
    """One mail per person with everything that is new to them; nobody hears twice of the same."""
    agencies = list(Agency.objects.all())
    leads = set(leads_of(agencies, today))
    return sum(_remind(person, today, leads=person in leads) for person in staff_of(agencies, today))


def _remind(person: User, today: date, *, leads: bool) -> int:
    late = late_things(person, longer_than=LATE, today=today)
    known = set(Reminder.objects.of_person(person).values_list("step", "queue", "thing", "begun"))
    of_leads = [one for one in late if leads and one.days > LATE_FOR_LEADS]
    to_lead, to_team = _unknown(Step.LEAD, of_leads, known), _unknown(Step.TEAM, late, known)
    if not to_lead and not to_team:
        return 0
    mails.waiting_too_long(person, to_lead, [one for one in to_team if one not in to_lead])
    Reminder.objects.bulk_create(
        Reminder(person=person, step=step, queue=one.kind.name, thing=one.row.pk, begun=one.begun)
        for step, told in ((Step.LEAD, to_lead), (Step.TEAM, to_team))
        for one in told
    )
    return 1


def _unknown(step: str, late: Iterable[Late], known: set[Key]) -> list[Late]:
    return [one for one in late if (step, one.kind.name, one.row.pk, one.begun) not in known]
