"""Accounts that nobody uses: a question first, and a month later they are erased.

Who works for an agency is left out: the team decides who belongs to it. Whoever has left is asked like everybody.
"""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.erasure import erase_person
from accounts.mails import Letter, send_to_people
from accounts.models import User
from accounts.words import day_in_words

UNUSED_FOR = timedelta(days=730)
NOTICE = timedelta(days=30)


def ask_the_silent(now: datetime) -> int:
    """Once, a month before the end; whoever signs in has answered."""
    silent = list(User.objects.to_ask(silent_since=now - UNUSED_FOR + NOTICE))
    for person in silent:
        person.warned_at = now
        person.save(update_fields=["warned_at"])
        record(by=None, verb="account.asked_to_stay")
    send_to_people(lambda: _letter(now + NOTICE), silent)
    return len(silent)


def erase_the_silent(now: datetime) -> int:
    gone = list(User.objects.without_answer(silent_since=now - UNUSED_FOR, asked_before=now - NOTICE))
    for person in gone:
        erase_person(person, by=None)
    return len(gone)


def _letter(end: datetime) -> Letter:
    day = day_in_words(timezone.localdate(end))
    return Letter(
        subject=_("Brauchen Sie Ihr Konto noch?"),
        paragraphs=(
            _("Seit fast zwei Jahren haben Sie sich bei Brückenschlag nicht angemeldet."),
            _("Möchten Sie dabeibleiben? Dann melden Sie sich bis {day} einmal an.").format(day=day),
            _("Sonst löschen wir Ihr Konto. Der Eintrag Ihres Unternehmens bleibt."),
        ),
        button=_("Anmelden"),
        path=reverse("account_login"),
        reason=_("Sie bekommen diese E-Mail, weil mit Ihrer Adresse ein Konto im Portal besteht."),
    )
