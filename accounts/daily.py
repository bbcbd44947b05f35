"""Jobs that `tick` carries out once a day; each app registers its own at start. Run twice, the second does nothing."""

import logging
from datetime import date, datetime, time, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import retention
from accounts.inactivity import ask_the_silent, erase_the_silent
from accounts.models import AuditEntry, OutboxMail, User
from accounts.retention import Job, Rule

log = logging.getLogger(__name__)
_jobs: dict[str, Job] = {}

UNCONFIRMED_FOR = timedelta(days=7)
MAILS_KEPT_FOR = timedelta(days=30)
SIGN_INS_KEPT_FOR = timedelta(days=365)
LOG_KEPT_FOR = timedelta(days=3653)


def register(name: str, job: Job) -> None:
    _jobs[name] = job


def keep(*rules: Rule) -> None:
    """What the privacy page promises is a job like any other."""
    retention.register(*rules)
    for rule in rules:
        register(rule.name, rule.job)


def tick(today: date) -> dict[str, int | None]:
    """Run all jobs, each whole or not at all; returns how much each did, None for one that failed."""
    return {name: _carried_out(name, job, today) for name, job in _jobs.items()}


def rehearse(today: date) -> dict[str, int | None]:
    """What a tick would do, down to the last row, and then nothing of it."""
    with transaction.atomic():
        done = tick(today)
        transaction.set_rollback(True)
    return done


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


def forget_sessions(today: date) -> int:
    """Sessions that have ended, and the devices they were on."""
    ended = _deleted(Session.objects.filter(expire_date__lt=days_ago(today, timedelta())).delete())
    open_ones = Session.objects.values("session_key")
    return ended + _deleted(UserSession.objects.exclude(session_key__in=open_ones).delete())


def forget_sign_ins(today: date) -> int:
    signs = AuditEntry.objects.filter(verb__startswith="account.", at__lt=days_ago(today, SIGN_INS_KEPT_FOR))
    return _deleted(signs.delete())


def forget_log(today: date) -> int:
    return _deleted(AuditEntry.objects.filter(at__lt=days_ago(today, LOG_KEPT_FOR)).delete())


def ask_unused_accounts(today: date) -> int:
    return ask_the_silent(days_ago(today, timedelta()))


def erase_unused_accounts(today: date) -> int:
    return erase_the_silent(days_ago(today, timedelta()))


RULES = (
    Rule(
        "unconfirmed sign-ups",
        _("Konten, deren Adresse niemand bestätigt hat"),
        _("7 Tage"),
        _("Vielleicht hat sich jemand vertippt."),
        forget_unconfirmed,
    ),
    Rule(
        "unused accounts",
        _("Konten, die niemand mehr benutzt"),
        _("24 Monate nach der letzten Anmeldung; 30 Tage vorher fragen wir per E-Mail"),
        _("Wer nicht mehr kommt, braucht kein Konto. Für Teams der Wirtschaftsförderungen entscheidet ihre Leitung."),
        erase_unused_accounts,
    ),
    Rule(
        "sessions",
        _("Sitzungen und die Geräte dazu, mit Internetadresse (IP)"),
        _("bis zum Abmelden, höchstens zwei Wochen"),
        _("So lange bleiben Sie angemeldet."),
        forget_sessions,
    ),
    Rule(
        "old mails",
        _("E-Mails des Portals"),
        _("30 Tage nach der Zustellung"),
        _("Damit sich klären lässt, ob eine E-Mail angekommen ist."),
        forget_old_mails,
    ),
    Rule(
        "sign-ins",
        _("Protokoll der Anmeldungen, ohne Adressen"),
        _("12 Monate"),
        _("Um Missbrauch zu erkennen."),
        forget_sign_ins,
    ),
    Rule(
        "log",
        _("Protokoll der Entscheidungen"),
        _("10 Jahre; Ihr Name entfällt schon mit Ihrem Konto"),
        _("Die Wirtschaftsförderungen müssen belegen können, wer entschieden hat."),
        forget_log,
    ),
)
