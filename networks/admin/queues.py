"""A queue as a filter of its list: what the desk counts is what the list shows."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.scoped import person_of
from networks.waiting import PARAMETER, kinds_of


class QueueFilter(admin.SimpleListFilter):
    title = _("Aufgabe")
    parameter_name = PARAMETER

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(kind.name, kind.title) for kind in kinds_of(model_admin.model).values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        person = person_of(request)
        kind = kinds_of(queryset.model).get(self.value() or "")
        return kind.among(queryset, person) if kind else queryset
