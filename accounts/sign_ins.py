"""Sign-ins are written to the audit log, without addresses; they end when somebody loses their place."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.audit import record
from accounts.models import User


def _signed_in(sender: object, user: User, **kwargs: Any) -> None:
    record(by=user, verb="account.signed_in")


def _signed_out(sender: object, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(by=user, verb="account.signed_out")


def _refused(sender: object, **kwargs: Any) -> None:
    record(by=None, verb="account.sign_in_refused")


def end_sessions(person: User) -> None:
    """Signed out on every device at once."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()


def watch() -> None:
    """Django's own signals: the one place where a library tells us of an event."""
    user_logged_in.connect(_signed_in, dispatch_uid="audit.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="audit.signed_out")
    user_login_failed.connect(_refused, dispatch_uid="audit.sign_in_refused")
