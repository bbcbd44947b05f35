from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from networks.actions.notes import finish_note
from networks.desk import age_for
from networks.models import Agency, OutdatedNote

from .bulk import BulkAdmin
from .queues import QueueFilter
from .reviews import Decision, QueueAdmin

DONE: Decision[OutdatedNote] = Decision(
    "done",
    _("Erledigt"),
    lambda note, by, _text: finish_note(note, by=by),
    lambda note: note.done_at is None,
    tone="good",
)


@admin.register(OutdatedNote)
class OutdatedNoteAdmin(QueueAdmin[OutdatedNote], BulkAdmin[OutdatedNote]):
    list_display = ["label", "kind", "excerpt", "created_at", "done_at", "done_by"]
    list_filter = [QueueFilter, "kind", ("done_at", admin.EmptyFieldListFilter)]
    list_select_related = ["done_by"]
    search_fields = ["label", "message"]
    date_hierarchy = "created_at"
    ordering = ["-created_at"]
    decisions = bulk = (DONE,)
    review_template = "admin/networks/outdatednote/review.html"

    def scope(self, person: User) -> QuerySet[OutdatedNote]:
        return OutdatedNote.objects.visible_to(person).select_related("agency")

    @admin.display(description=_("Hinweis"))
    def excerpt(self, obj: OutdatedNote) -> str:
        return Truncator(obj.message).chars(80)

    def waiting(self, person: User) -> QuerySet[OutdatedNote]:
        return OutdatedNote.objects.visible_to(person).open()

    def teams(self, obj: OutdatedNote) -> list[Agency]:
        return [obj.agency] if obj.agency else []

    def review_context(self, obj: OutdatedNote, person: User) -> dict[str, Any]:
        return {"age": age_for(person, obj.created_at)}
