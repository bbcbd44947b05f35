"""What this app and the libraries below it know about people."""

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry, Consent, OutboxMail, SavedView, User
from accounts.personal_data import (
    Rows,
    Somebody,
    found_by,
    register,
    register_follower,
    register_free,
    register_obstacle,
    register_quotes,
    register_sweep,
    register_traces,
)
from accounts.sweeping import FORMER

DELETED = _("Wird gelöscht.")


def _with_the_account(rows: object, who: Somebody) -> None:
    """The account itself goes last."""


def _sessions_of(who: Somebody) -> QuerySet[Any]:
    """What a session holds can only be read one by one; half a sign-up holds an address, too."""
    account = str(who.person.pk) if who.person else None
    keys = []
    for session in Session.objects.iterator():
        held = session.get_decoded()
        if (account and held.get(SESSION_KEY) == account) or any(email in str(held).lower() for email in who.emails):
            keys.append(session.pk)
    return Session.objects.filter(pk__in=keys)


SIGN_INS = {
    "ip": _("Internetadresse (IP)"),
    "user_agent": _("Browser"),
    "created_at": _("angemeldet"),
    "last_seen_at": _("zuletzt gesehen"),
    "expire_date": _("gilt bis"),
}
ROWS = (
    Rows(
        User,
        _("Ihr Konto"),
        lambda who: User.objects.filter(pk__in=[who.person.pk] if who.person else []),
        ("email", "name", "function", "language", "is_staff", "date_joined", "last_login", "warned_at"),
        DELETED,
        forget=_with_the_account,
        own=("email", "name", "function", "password", "language"),
        called="name",
        labels={"last_login": _("zuletzt angemeldet")},
    ),
    Rows(
        EmailAddress,
        _("E-Mail-Adressen"),
        found_by(EmailAddress, account="user", address="email"),
        ("email", "verified", "primary"),
        DELETED,
        accounts=("user",),
        own=("email",),
        labels={"email": _("E-Mail-Adresse"), "verified": _("bestätigt"), "primary": _("gilt")},
    ),
    Rows(
        Consent,
        _("Einwilligungen"),
        found_by(Consent, account="person"),
        ("purpose", "text_version", "given_at", "withdrawn_at"),
        DELETED,
        accounts=("person",),
        own=("about", "text_version"),
    ),
    Rows(
        SavedView,
        _("Gemerkte Ansichten"),
        found_by(SavedView, account="person"),
        ("page", "name", "query"),
        DELETED,
        accounts=("person",),
    ),
    Rows(
        Authenticator,
        _("Zweite Schritte beim Anmelden"),
        found_by(Authenticator, account="user"),
        ("type", "created_at", "last_used_at"),
        DELETED,
        accounts=("user",),
        own=("data",),
        labels={"type": _("Art"), "created_at": _("eingerichtet"), "last_used_at": _("zuletzt benutzt")},
    ),
    Rows(
        UserSession,
        _("Geräte"),
        found_by(UserSession, account="user"),
        ("ip", "user_agent", "created_at", "last_seen_at"),
        _("Sie werden überall abgemeldet."),
        accounts=("user",),
        own=("session_key", "ip", "user_agent", "data"),
        labels=SIGN_INS,
    ),
    Rows(
        Session,
        _("Sitzungen"),
        _sessions_of,
        ("expire_date",),
        DELETED,
        own=("session_key", "session_data"),
        labels=SIGN_INS,
    ),
    # The subject may name others, so the person reads when mails came; they have them anyway.
    Rows(
        OutboxMail,
        _("E-Mails an Sie"),
        found_by(OutboxMail, address="recipient"),
        ("created_at", "sent_at"),
        DELETED,
        own=("recipient", "subject", "source", "last_error"),
    ),
)


def register_all() -> None:
    register(*ROWS)
    register_traces(AuditEntry, by="at")
    register_quotes(AuditEntry, "label", "data")
    register_free(
        AuditEntry, "a verb of the program, the kind and number of a thing", "verb", "object_type", "object_id"
    )
    register_traces(LogEntry, user="action_time")
    register_quotes(LogEntry, "object_repr", "change_message")
    register_free(LogEntry, "a number", "object_id")
    register_quotes(SavedView, "name", "query")
    register_free(SavedView, "an address of the portal", "page")
    register_free(EmailConfirmation, "a key that ends with its address", "key")
    register_free(OutboxMail, "a random number", "message_id")
    for model in (User.groups.through, User.user_permissions.through):
        register_free(model, "rights, which we give by role")
    for words in (Group, Permission, ContentType):
        register_free(words, "words of the program")
    register_follower(_forget_labels)
    register_sweep(_redact_mails)
    register_obstacle(_last_operator)


def _redact_mails(who: Somebody, replace: Callable[[str], str]) -> None:
    """Delivered mails to others that name this person have done their work; those on their way lose the name."""
    for mail in OutboxMail.objects.iterator():
        message = message_from_bytes(bytes(mail.source), policy=policy.default)
        if not _redacted(message, replace):
            continue
        if mail.sent_at or mail.given_up_at:
            mail.delete()
            continue
        mail.subject, mail.source = replace(mail.subject), message.as_bytes()
        mail.save(update_fields=["subject", "source"])


def _redacted(message: EmailMessage, replace: Callable[[str], str]) -> bool:
    changed = False
    for header in ("Subject", "Reply-To"):
        said = str(message.get(header, ""))
        if replace(said) != said:
            del message[header]
            if header == "Subject":
                message[header] = replace(said)
            changed = True
    for part in message.walk():
        if part.get_content_maintype() == "text":
            changed |= _redacted_part(part, replace)
    return changed


def _redacted_part(part: EmailMessage, replace: Callable[[str], str]) -> bool:
    text = part.get_content()
    if replace(text) == text:
        return False
    params = {key: value for key, value in part["Content-Type"].params.items() if key != "charset"}
    part.set_content(replace(text), subtype=part.get_content_subtype(), params=params)
    return True


def _forget_labels(kind: str, keys: list[str]) -> None:
    """What the log says about things that are gone names them no more."""
    AuditEntry.objects.filter(object_type=kind, object_id__in=keys).update(label=FORMER, data={})


def _last_operator(person: User) -> list[str]:
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
    if not person.is_superuser or others.exists():
        return []
    return [gettext("Sie betreiben das Portal allein. Bitte ernennen Sie zuerst jemand anderen zum Betrieb.")]
