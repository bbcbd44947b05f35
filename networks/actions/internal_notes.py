"""What a team notes for itself."""

from collections.abc import Sequence

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from networks.models import Agency, InternalNote


@transaction.atomic
def write_note(thing: models.Model, text: str, *, by: User, teams: Sequence[Agency]) -> InternalNote:
    """The note belongs to the author's team; the operator's to the team that looks after the thing."""
    own = Agency.objects.of_staff(by).among(teams).first()
    agency = own or (teams[0] if teams and by.is_superuser else None)
    if agency is None:
        raise ActionRefused(_("Hier kann Ihr Team keine Notizen schreiben."))
    note = InternalNote.objects.create(
        agency=agency, object_type=thing._meta.label_lower, object_id=str(thing.pk), text=text, author=by
    )
    record(by=by, verb="note.written", on=thing)
    return note
