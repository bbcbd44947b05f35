from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.scoped import person_of
from accounts.models import User
from events.actions import meetings as actions
from events.models import Meeting, MeetingSeries
from networks.models import Agency, Network

from .written import WrittenByStaff


@admin.register(Meeting)
class MeetingAdmin(WrittenByStaff[Meeting]):
    list_display = ["title", "starts_at", "city", "host", "state_badge"]
    list_filter = ["state"]
    list_select_related = ["host"]
    search_fields = ["title", "city", "venue"]
    date_hierarchy = "starts_at"
    ordering = ["-starts_at"]
    fieldsets = [
        (None, {"fields": ["title", "summary", "body", "state", "visibility", "series"]}),
        (_("Texte auf Englisch und Niederländisch"), {"fields": Meeting.WORDINGS, "classes": ["collapse"]}),
        (_("Wann und wo"), {"fields": ["starts_at", "ends_at", "venue", "street", "postcode", "city", "online_url"]}),
        (_("Wer"), {"fields": ["host", "co_host", "networks"]}),
    ]
    readonly_fields = ["state"]
    choices = {
        "host": lambda person: Agency.objects.workplaces_of(person),
        "co_host": lambda _person: Agency.objects.all(),
        "series": MeetingSeries.objects.visible_to,
        "networks": lambda person: Network.objects.on_the_desk_of(person),
    }

    def taken(self, slug: str) -> bool:
        return actions.is_taken(slug)

    def get_readonly_fields(self, request: HttpRequest, obj: Meeting | None = None) -> list[str]:
        """A date that others know is moved, with a reason, on the meeting's page."""
        return [*self.readonly_fields, "starts_at", "ends_at"] if obj and obj.is_fixed else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Meeting, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        """Changes go the way of everybody's: calendars, addresses and the co-host follow."""
        names = [name for name in form.changed_data if name != "networks"]
        values = {name: form.cleaned_data[name] for name in names}
        if not change:
            obj.co_host = None
            super().save_model(request, obj, form, change)
        saved = actions.edit_meeting(obj, values, by=person_of(request))
        obj.slug = saved.slug

    def scope(self, person: User) -> QuerySet[Meeting]:
        return Meeting.objects.curated_by(person)
