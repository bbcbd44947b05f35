"""Jobs that `tick` carries out once a day; each app registers its own at start. Run twice, the second does nothing."""

import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import OutboxMail, User

log = logging.getLogger(__name__)
Job = Callable[[date], int]
_jobs: dict[str, Job] = {}

UNCONFIRMED_FOR = timedelta(days=7)
MAILS_KEPT_FOR = timedelta(days=30)


def register(name: str, job: Job) -> None:
    _jobs[name] = job


def tick(today: date) -> dict[str, int | None]:
    """Run all jobs, each whole or not at all; returns how much each did, None for one that failed."""
    return {name: _carried_out(name, job, today) for name, job in _jobs.items()}


def _carried_out(name: str, job: Job, today: date) -> int | None:
    try:
        with transaction.atomic():
            return job(today)
    except Exception:  # whatever breaks one job must stop neither the others nor the mail
        log.exception("the job '%s' failed", name)
        return None


def days_ago(today: date, kept: timedelta) -> datetime:
    """The first moment of a day in the past: what is older has had its time."""
    return timezone.make_aware(datetime.combine(today, time())) - kept


def forget_unconfirmed(today: date) -> int:
    """Sign-ups whose address nobody confirmed in seven days."""
    return _deleted(User.objects.never_confirmed(before=days_ago(today, UNCONFIRMED_FOR)).delete())


def forget_old_mails(today: date) -> int:
    """Delivered mails and those given up, after thirty days."""
    return _deleted(OutboxMail.objects.finished(before=days_ago(today, MAILS_KEPT_FOR)).delete())


def _deleted(outcome: tuple[int, dict[str, int]]) -> int:
    return outcome[0]
