"""Asking a company's people to look over what their page says."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import entries_about, record
from accounts.errors import ActionRefused
from accounts.models import User
from networks.mails import companies as mails
from networks.models import Company

PAUSE = timedelta(days=7)
VERB = "company.asked_to_check"


@transaction.atomic
def ask_to_check(company: Company, *, by: User) -> None:
    """Not again and again: two who tidy up the same list send one mail."""
    locked = Company.objects.select_for_update().get(pk=company.pk)
    if not locked.has_owner:
        raise ActionRefused(_("Für dieses Unternehmen spricht noch niemand."))
    if entries_about(locked).filter(verb=VERB, at__gt=timezone.now() - PAUSE).exists():
        raise ActionRefused(_("Darum wurde in den letzten sieben Tagen schon gebeten."))
    mails.asked_to_check(locked)
    record(by=by, verb=VERB, on=locked)
