from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.scoped import ScopedAdmin, ScopedInline, person_of
from accounts.models import User
from events.actions.series import link_members
from events.models import (
    HostSwap,
    MeetingSeries,
    PlanningTask,
    PlanningWindow,
    SeriesAgency,
    SeriesMember,
    SeriesRegion,
)
from networks.admin.queues import QueueFilter
from networks.models import Agency, Region
from networks.slugs import slug_for


class SideInline(ScopedInline):
    model = SeriesRegion
    fields = ["region", "order"]
    choices = {"region": lambda _person: Region.objects.in_display_order()}


class PlaceInline(ScopedInline):
    model = SeriesAgency
    fields = ["agency", "order"]
    choices = {"agency": lambda _person: Agency.objects.by_side()}


class WindowInline(ScopedInline):
    model = PlanningWindow
    fields = ["name", ("start_day", "start_month"), ("end_day", "end_month")]


class MemberInline(ScopedInline):
    """The account follows from the address; nobody chooses among other people's accounts."""

    model = SeriesMember
    fields = [("name", "email"), ("agency", "region"), "role"]
    choices = {"agency": lambda _person: Agency.objects.by_side(), "region": lambda _person: Region.objects.all()}


@admin.register(MeetingSeries)
class MeetingSeriesAdmin(ScopedAdmin[MeetingSeries]):
    """Kept by the agencies that take part; begun by the operator."""

    list_display = ["name", "lead_days", "quorum", "least_per_region"]
    search_fields = ["name"]
    ordering = ["name"]
    inlines = [SideInline, PlaceInline, WindowInline, MemberInline]
    fieldsets = [
        (None, {"fields": ["name", "purpose"]}),
        (_("Rhythmus"), {"fields": [("least_gap", "ideal_gap", "most_gap"), "lead_days", "patience_days"]}),
        (
            _("Tage"),
            {
                "fields": [
                    ("cost_monday", "cost_tuesday", "cost_wednesday", "cost_thursday", "cost_friday"),
                    ("start_time", "minutes", "days"),
                ],
                "description": _("Je höher der Abzug, desto später wird ein Wochentag vorgeschlagen."),
            },
        ),
        (_("Abstimmung"), {"fields": ["quorum", "least_per_region", "required_roles"]}),
    ]

    def scope(self, person: User) -> QuerySet[MeetingSeries]:
        return MeetingSeries.objects.visible_to(person)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return person_of(request).is_superuser

    def save_model(self, request: HttpRequest, obj: MeetingSeries, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        obj.slug = obj.slug or slug_for(obj.name, lambda slug: MeetingSeries.objects.filter(slug=slug).exists())
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        super().save_related(request, form, formsets, change)
        link_members(form.instance)


@admin.register(PlanningTask)
class PlanningTaskAdmin(ScopedAdmin[PlanningTask]):
    """What the guard of the rhythm asked; it is done by planning."""

    editable = False
    list_display = ["series", "start", "end", "host", "state", "created_at"]
    list_filter = [QueueFilter, "state"]
    list_select_related = ["series", "host"]
    ordering = ["-start", "-pk"]

    def scope(self, person: User) -> QuerySet[PlanningTask]:
        return PlanningTask.objects.visible_to(person)


@admin.register(HostSwap)
class HostSwapAdmin(ScopedAdmin[HostSwap]):
    """Swaps are recorded on the page of the series and stay as they are."""

    editable = False
    list_display = ["series", "after", "host", "instead_of", "reason", "created_at"]
    list_select_related = ["series", "host", "instead_of"]
    ordering = ["-created_at", "-pk"]

    def scope(self, person: User) -> QuerySet[HostSwap]:
        return HostSwap.objects.filter(series__in=MeetingSeries.objects.visible_to(person))
