from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.scoped import ScopedAdmin, ScopedInline, person_of
from accounts.models import User
from networks.models import Agency, Circle, Competence, DirectoryVersion, Network, Region, TwinAgency


class TwinAgencyInline(ScopedInline):
    model = TwinAgency
    choices = {"region": lambda _person: Region.objects.all(), "agency": lambda _person: Agency.objects.all()}


class CircleInline(ScopedInline):
    model = Circle


@admin.register(Network)
class NetworkAdmin(ScopedAdmin[Network]):
    list_display = ["short_name", "agency", "state", "join_policy", "as_of"]
    list_filter = ["state", "join_policy"]
    list_select_related = ["agency"]
    search_fields = ["name", "short_name", "topic"]
    ordering = ["short_name"]
    fieldsets = [
        (None, {"fields": ["name", "short_name", "state", "agency"]}),
        (_("Worum es geht"), {"fields": ["topic", "summary", "aims", "competences"]}),
        (_("Aufnahme"), {"fields": ["join_policy", "how_to_join"]}),
        (_("Mehr"), {"fields": ["carrier", "scientific_partner", "founded", "website", "as_of"]}),
    ]
    inlines = [CircleInline]
    choices = {
        "agency": lambda person: Agency.objects.workplaces_of(person),
        "competences": lambda _person: Competence.objects.all(),
    }

    def view_on_site(self, obj: Network) -> str | None:
        return None if obj.state == Network.State.ARCHIVED else obj.get_absolute_url()

    def scope(self, person: User) -> QuerySet[Network]:
        return Network.objects.curated_by(person)

    def get_inlines(self, request: HttpRequest, obj: Network | None) -> list[Any]:
        """Twins come by agreement; the operator corrects them."""
        return [TwinAgencyInline, CircleInline] if person_of(request).is_superuser else [CircleInline]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        super().save_related(request, form, formsets, change)
        DirectoryVersion.bump()
