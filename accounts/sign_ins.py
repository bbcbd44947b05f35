"""Sign-ins are written to the audit log, without addresses; they end when somebody loses their place."""

from typing import Any

from allauth.mfa import signals as second_factor_signals
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from accounts import second_factor
from accounts.audit import record
from accounts.models import User


def _signed_in(sender: object, user: User, **kwargs: Any) -> None:
    record(by=user, verb="account.signed_in")


def _signed_out(sender: object, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(by=user, verb="account.signed_out")


def _refused(sender: object, **kwargs: Any) -> None:
    record(by=None, verb="account.sign_in_refused")


def _factor_added(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Who sets one up has just shown that they hold it."""
    record(by=user, verb="account.second_factor_added", kind=authenticator.type)
    second_factor.prove(request, authenticator)


def _factor_removed(sender: object, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record(by=user, verb="account.second_factor_removed", kind=authenticator.type)


def _factor_refused(sender: object, user: User, **kwargs: Any) -> None:
    record(by=None, verb="account.second_factor_refused", on=user)


def end_sessions(person: User) -> None:
    """Signed out on every device at once."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()
    UserSession.objects.filter(user=person).delete()


def watch() -> None:
    """Django's and allauth's signals: the one place where a library tells us of an event."""
    user_logged_in.connect(_signed_in, dispatch_uid="audit.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="audit.signed_out")
    user_login_failed.connect(_refused, dispatch_uid="audit.sign_in_refused")
    second_factor_signals.authenticator_added.connect(_factor_added, dispatch_uid="audit.factor_added")
    second_factor_signals.authenticator_removed.connect(_factor_removed, dispatch_uid="audit.factor_removed")
    second_factor_signals.authentication_failed.connect(_factor_refused, dispatch_uid="audit.factor_refused")
