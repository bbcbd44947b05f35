from django.contrib import admin
from django.http import HttpRequest

from accounts.models import AuditEntry, OutboxMail, User

from .scoped import OperatorAdmin


@admin.register(User)
class UserAdmin(OperatorAdmin[User]):
    """Names and whether somebody may sign in; passwords and rights have their own ways."""

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


@admin.register(AuditEntry)
class AuditEntryAdmin(OperatorAdmin[AuditEntry]):
    editable = False
    list_display = ["at", "by", "verb", "label"]
    list_select_related = ["by"]
    search_fields = ["verb", "label"]
    date_hierarchy = "at"
    fields = ["at", "by", "verb", "object_type", "object_id", "label", "data"]


@admin.register(OutboxMail)
class OutboxMailAdmin(OperatorAdmin[OutboxMail]):
    """Whether a mail went out; what it says is between its writer and its reader."""

    editable = False
    list_display = ["created_at", "recipient", "subject", "attempts", "sent_at", "given_up_at"]
    search_fields = ["recipient", "subject"]
    fields = ["recipient", "subject", "created_at", "not_before", "attempts", "last_error", "sent_at", "given_up_at"]
