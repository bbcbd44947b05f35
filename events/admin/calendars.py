from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from accounts.admin.lists import M
from accounts.admin.scoped import ScopedAdmin, person_of
from accounts.models import User
from events.forms.imports import BlackoutImportForm, HolidayImportForm
from events.models import Blackout, SchoolCalendar, SchoolHoliday
from networks.admin.standing import works_in_a_team
from networks.models import Agency, Region

from .imports import ImportingAdmin


class CommonKnowledge(ScopedAdmin[M]):
    """Everybody who plans together reads it; those whom it concerns keep it."""

    may_delete = True

    def scope(self, person: User) -> QuerySet[M]:
        return self.model._default_manager.visible_to(person)  # type: ignore[attr-defined,no-any-return]  # all of them have it

    def _keeps(self, request: HttpRequest, obj: Model | None) -> bool:
        mine = self.model._default_manager.curated_by(person_of(request))  # type: ignore[attr-defined]  # the same
        return mine.filter(pk=obj.pk).exists() if obj else True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._keeps(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_delete and self.has_view_permission(request, obj) and self._keeps(request, obj)


@admin.register(SchoolCalendar)
class SchoolCalendarAdmin(CommonKnowledge[SchoolCalendar]):
    """Which states there are is the operator's; until when they are known, their own staff's."""

    may_delete = False
    list_display = ["name", "code", "known_until", "checked_on"]
    ordering = ["name"]
    fields = ["code", "name", "known_until", "source", "checked_on"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return person_of(request).is_superuser

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if person_of(request).is_superuser else ["code"]


@admin.register(SchoolHoliday)
class SchoolHolidayAdmin(CommonKnowledge[SchoolHoliday], ImportingAdmin[SchoolHoliday]):
    import_form = HolidayImportForm
    list_display = ["name", "calendar", "start", "end", "doubtful", "source", "checked_on"]
    list_filter = ["calendar", "doubtful"]
    list_select_related = ["calendar"]
    search_fields = ["name"]
    date_hierarchy = "start"
    ordering = ["start", "pk"]
    fields = ["calendar", "name", ("start", "end"), "source", "checked_on", "doubtful"]
    choices = {"calendar": lambda person: SchoolCalendar.objects.curated_by(person)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return SchoolCalendar.objects.curated_by(person_of(request)).exists()


@admin.register(Blackout)
class BlackoutAdmin(CommonKnowledge[Blackout], ImportingAdmin[Blackout]):
    import_form = BlackoutImportForm
    list_display = ["label", "kind", "start", "end", "agency", "source", "checked_on"]
    list_filter = ["kind"]
    list_select_related = ["agency"]
    search_fields = ["label"]
    date_hierarchy = "start"
    ordering = ["start", "label", "pk"]
    fields = ["kind", "label", ("start", "end"), "agency", "regions", "source", "checked_on"]
    choices = {
        "agency": lambda person: Agency.objects.workplaces_of(person),
        "regions": lambda _person: Region.objects.in_display_order(),
    }

    def has_add_permission(self, request: HttpRequest) -> bool:
        return works_in_a_team(request)
