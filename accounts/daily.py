"""Jobs that `tick` carries out once a day; each app registers its own at start. Run twice, the second does nothing."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import OutboxMail, User

Job = Callable[[date], int]
_jobs: dict[str, Job] = {}

UNCONFIRMED_FOR = timedelta(days=7)
MAILS_KEPT_FOR = timedelta(days=30)


def register(name: str, job: Job) -> None:
    _jobs[name] = job


def tick(today: date) -> dict[str, int]:
    """Run all jobs; returns how much each did."""
    return {name: job(today) for name, job in _jobs.items()}


def forget_unconfirmed(today: date) -> int:
    """Sign-ups whose address nobody confirmed in seven days."""
    return _deleted(User.objects.never_confirmed(before=timezone.now() - UNCONFIRMED_FOR).delete())


def forget_old_mails(today: date) -> int:
    """Delivered mails and those given up, after thirty days."""
    return _deleted(OutboxMail.objects.finished(before=timezone.now() - MAILS_KEPT_FOR).delete())


def _deleted(outcome: tuple[int, dict[str, int]]) -> int:
    return outcome[0]
