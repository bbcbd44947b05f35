"""Somebody goes: what is theirs is deleted, what others need stays without a name, what is shared is handed over."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.identity import identity_of
from accounts.mails import Letter, send
from accounts.models import OutboxMail, User
from accounts.personal_data import Somebody, all_rows, follow, obstacles
from accounts.sweeping import sweep


@transaction.atomic
def erase_person(person: User, *, by: User | None) -> None:
    """The account and everything about the person; a last mail confirms it and is forgotten once it is delivered."""
    locked = _lock(person)
    reasons = obstacles(locked)
    if reasons:
        raise ActionRefused(" ".join(reasons))
    who = identity_of(locked)
    email, language = locked.email, locked.language
    _forget(who)
    follow(User, [str(locked.pk)])
    locked.delete()
    sweep(who)
    OutboxMail.objects.filter(who.has_address("recipient")).delete()  # what the goodbyes themselves wrote
    record(by=by if by and by.pk != person.pk else None, verb="account.erased")
    _confirm(email, language)


def _lock(person: User) -> User:
    """With all who operate the portal: the last two cannot go at once."""
    rows = User.objects.select_for_update().filter(Q(pk=person.pk) | Q(is_superuser=True)).order_by("pk")
    return {row.pk: row for row in rows}[person.pk]


@transaction.atomic
def erase_guest(who: Somebody, *, by: User | None) -> None:
    """An address without an account."""
    _forget(who)
    sweep(who)
    record(by=by, verb="account.erased")


def _forget(who: Somebody) -> None:
    """First all that is found, then all that is done: one row may lead to another."""
    found = [(rows, list(rows.theirs(who).values_list("pk", flat=True))) for rows in all_rows()]
    for rows, keys in found:
        if keys:
            rows.forget(rows.model._default_manager.filter(pk__in=keys), who)
            left = set(rows.model._default_manager.filter(pk__in=keys).values_list("pk", flat=True))
            follow(rows.model, [str(key) for key in keys if key not in left])


def _confirm(email: str, language: str) -> None:
    """Everything else to this address has just been deleted."""
    send(_farewell, email, language=language)
    OutboxMail.objects.addressed_to(email).update(forgotten_when_delivered=True)


def _farewell() -> Letter:
    return Letter(
        subject=_("Ihr Konto ist gelöscht"),
        paragraphs=(
            _("Ihr Konto bei Brückenschlag und Ihre Angaben darin sind gelöscht."),
            _("Was andere noch brauchen, bleibt ohne Ihren Namen und ohne Ihre Adresse stehen."),
            _("Auch diese E-Mail vergisst das Portal, sobald sie zugestellt ist."),
        ),
        reason=_("Sie bekommen diese E-Mail, weil mit Ihrer Adresse ein Konto im Portal bestand."),
    )
