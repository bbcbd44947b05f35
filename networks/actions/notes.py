"""Notes on outdated facts."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from networks.models import OutdatedNote


@transaction.atomic
def finish_note(note: OutdatedNote, *, by: User) -> OutdatedNote:
    locked = OutdatedNote.objects.select_for_update().get(pk=note.pk)
    if locked.done_at:
        raise ActionRefused(_("Diesen Hinweis hat schon jemand erledigt."))
    locked.done_at, locked.done_by = timezone.now(), by
    locked.save(update_fields=["done_at", "done_by"])
    record(by=by, verb="note.done", on=locked)
    return locked
