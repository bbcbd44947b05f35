from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from events.models import Meeting
from networks.models import Agency, Network

from .written import WrittenByStaff


@admin.register(Meeting)
class MeetingAdmin(WrittenByStaff[Meeting]):
    list_display = ["title", "starts_at", "city", "host", "state"]
    list_filter = ["state"]
    list_select_related = ["host"]
    search_fields = ["title", "city", "venue"]
    date_hierarchy = "starts_at"
    ordering = ["-starts_at"]
    fieldsets = [
        (None, {"fields": ["title", "summary", "body", "state"]}),
        (_("Wann und wo"), {"fields": ["starts_at", "ends_at", "venue", "street", "postcode", "city"]}),
        (_("Wer"), {"fields": ["host", "co_host", "networks"]}),
    ]
    choices = {
        "host": lambda person: Agency.objects.workplaces_of(person),
        "co_host": lambda _person: Agency.objects.all(),
        "networks": lambda person: Network.objects.on_the_desk_of(person),
    }

    def taken(self, slug: str) -> bool:
        return Meeting.objects.filter(slug=slug).exists()

    def scope(self, person: User) -> QuerySet[Meeting]:
        return Meeting.objects.curated_by(person)
