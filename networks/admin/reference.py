"""Reference data: the operator's."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from accounts.admin.scoped import OperatorAdmin
from networks.models import Agency, Competence, CompetenceGroup, DirectoryVersion, District, Industry, Region


class ReferenceAdmin(OperatorAdmin[Any]):
    """Pages of visitors are kept until the directory's version rises."""

    may_grow: ClassVar[bool] = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_grow and self.has_view_permission(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        super().save_model(request, obj, form, change)
        DirectoryVersion.bump()


@admin.register(Region)
class RegionAdmin(ReferenceAdmin):
    list_display = ["name_de", "state", "order"]
    ordering = ["order", "slug"]


@admin.register(District)
class DistrictAdmin(ReferenceAdmin):
    list_display = ["name", "region", "home_agency"]
    list_select_related = ["region", "home_agency"]
    search_fields = ["name", "ags"]
    ordering = ["name"]
    fields = ["name", "short_name", "kind", "region", "home_agency", "seat", "population", "as_of"]
    choices = {"region": lambda _person: Region.objects.all(), "home_agency": lambda _person: Agency.objects.all()}


@admin.register(Competence)
class CompetenceAdmin(ReferenceAdmin):
    may_grow = True
    list_display = ["name_de", "name_en", "name_nl", "group", "order"]
    list_select_related = ["group"]
    search_fields = ["name_de", "code"]
    ordering = ["order", "code"]
    choices = {"group": lambda _person: CompetenceGroup.objects.all()}


@admin.register(Industry)
class IndustryAdmin(ReferenceAdmin):
    list_display = ["code", "name_de"]
    search_fields = ["code", "name_de"]
    ordering = ["code"]
