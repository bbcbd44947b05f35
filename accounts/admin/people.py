from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.audit import entries_of
from accounts.models import AuditEntry, OutboxMail, User
from accounts.verbs import verb_in_words

from .scoped import OperatorAdmin, ScopedAdmin, person_of


@admin.register(User)
class UserAdmin(OperatorAdmin[User]):
    """Names and whether somebody may sign in; passwords and rights have their own ways."""

    private = frozenset({"email", "name"})
    list_display = ["email", "name", "is_active", "is_staff", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    fields = [
        "email",
        "name",
        "function",
        "language",
        "is_active",
        "is_staff",
        "is_superuser",
        "date_joined",
        "last_login",
    ]
    readonly_fields = ["email", "is_staff", "is_superuser", "date_joined", "last_login"]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Nobody locks themselves out."""
        return [*self.readonly_fields, "is_active"] if obj == request.user else list(self.readonly_fields)


SHOWN_OF_AN_ENTRY = ("at", "who", "what", "label", "note")


@admin.register(AuditEntry)
class AuditEntryAdmin(ScopedAdmin[AuditEntry]):
    """What happened to the things on one's own desk; the operator reads all. Nobody writes, changes or deletes."""

    editable = False
    private = frozenset({"who", "note"})
    list_display = ["at", "who", "what", "label", "note"]
    list_select_related = ["by"]
    search_fields = ["verb", "label"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    fields = SHOWN_OF_AN_ENTRY
    readonly_fields = SHOWN_OF_AN_ENTRY

    def scope(self, person: User) -> QuerySet[AuditEntry]:
        """Whatever the desk shows of a thing, it shows of what was done to it."""
        desk = [one for one in self.admin_site._registry.values() if isinstance(one, ScopedAdmin) and one is not self]
        return entries_of(person, [one.scope(person) for one in desk])

    def get_fields(self, request: HttpRequest, obj: AuditEntry | None = None) -> tuple[Any, ...]:
        """Numbers and data are for whoever runs the portal."""
        more = ("object_type", "object_id", "data") if person_of(request).is_superuser else ()
        return (*SHOWN_OF_AN_ENTRY, *more)

    @admin.display(description=_("wer"), ordering="by__name")
    def who(self, obj: AuditEntry) -> str:
        return obj.by.known_as if obj.by else gettext("das Portal")

    @admin.display(description=_("was"), ordering="verb")
    def what(self, obj: AuditEntry) -> str:
        return verb_in_words(obj.verb)

    @admin.display(description=_("Nachricht"))
    def note(self, obj: AuditEntry) -> str:
        return str(obj.data.get("note", ""))


@admin.register(OutboxMail)
class OutboxMailAdmin(OperatorAdmin[OutboxMail]):
    """Whether a mail went out; what it says is between its writer and its reader."""

    editable = False
    private = frozenset({"recipient", "subject"})
    list_display = ["created_at", "recipient", "subject", "attempts", "sent_at", "given_up_at"]
    search_fields = ["recipient", "subject"]
    fields = ["recipient", "subject", "created_at", "not_before", "attempts", "last_error", "sent_at", "given_up_at"]
