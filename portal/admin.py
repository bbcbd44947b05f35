from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin.scoped import OperatorAdmin
from portal.models import SitePage


@admin.register(SitePage)
class SitePageAdmin(OperatorAdmin[SitePage]):
    """Legal and help pages. A new version of the terms gets a new number."""

    list_display = ["title", "slug", "version", "updated_at"]
    search_fields = ["title", "body"]
    ordering = ["slug"]
    fieldsets = [
        (None, {"fields": ["title", "body", "version", "updated_at"]}),
        (_("Texte auf Englisch und Niederländisch"), {"fields": SitePage.WORDINGS, "classes": ["collapse"]}),
    ]
    readonly_fields = ["updated_at"]

    def save_model(self, request: HttpRequest, obj: SitePage, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        obj.updated_at = timezone.now()
        super().save_model(request, obj, form, change)
