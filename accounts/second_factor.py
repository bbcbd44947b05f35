"""The second step of signing in: who needs it, whether a session took it, and what when it is lost."""

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.mails import Letter, send_to_people
from accounts.models import User

METHOD = "mfa"
PROVING = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_missing(request: HttpRequest) -> bool:
    """Works for an agency, and signed in with a password only."""
    user = request.user
    return bool(user.is_authenticated and user.is_staff and not is_proven(request))


def is_proven(request: HttpRequest) -> bool:
    """A code or a key was shown in this very session."""
    return any(step["method"] == METHOD for step in get_authentication_records(request, request.user))


def prove(request: HttpRequest, authenticator: Authenticator) -> None:
    if authenticator.type in PROVING and not is_proven(request):
        record_authentication(request, authenticator.user, METHOD, id=authenticator.pk, type=authenticator.type)


def has_another(authenticator: Authenticator) -> bool:
    others = Authenticator.objects.exclude(pk=authenticator.pk)
    return bool(others.filter(user=authenticator.user, type__in=PROVING).exists())


@transaction.atomic
def reset(person: User) -> None:
    """Phone and codes are lost: the person signs in by password once more and sets up a new second step."""
    Authenticator.objects.filter(user=person).delete()
    record(by=None, verb="account.second_factor_reset", on=person)
    send_to_people(_reset_letter, [person])


def _reset_letter() -> Letter:
    return Letter(
        subject=_("Ihr zweiter Schritt beim Anmelden ist zurückgesetzt"),
        paragraphs=(
            _("Der Betrieb des Portals hat den zweiten Schritt Ihrer Anmeldung zurückgesetzt."),
            _("Melden Sie sich mit Ihrem Passwort an, dann richten Sie ihn neu ein."),
            _("Haben Sie das nicht gewünscht? Dann wenden Sie sich bitte gleich an den Betrieb."),
        ),
        button=_("Anmelden"),
        path=reverse("account_login"),
        reason=_("Sie bekommen diese E-Mail, weil mit Ihrer Adresse ein Konto im Portal besteht."),
    )
