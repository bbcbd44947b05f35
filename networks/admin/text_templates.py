from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin.scoped import ScopedAdmin, person_of
from accounts.models import User
from networks.models import Agency, TextTemplate


@admin.register(TextTemplate)
class TextTemplateAdmin(ScopedAdmin[TextTemplate]):
    """The team's own texts: everybody of the team writes, changes and deletes them."""

    list_display = ["title", "kind", "agency"]
    list_filter = ["kind"]
    list_select_related = ["agency"]
    search_fields = ["title", "text"]
    fields = ["agency", "kind", "title", "text"]
    ordering = ["kind", "title", "pk"]
    choices = {"agency": lambda person: Agency.objects.workplaces_of(person)}

    def scope(self, person: User) -> QuerySet[TextTemplate]:
        return TextTemplate.objects.visible_to(person)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return person_of(request).is_staff

    def has_delete_permission(self, request: HttpRequest, obj: TextTemplate | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        mine = Agency.objects.of_staff(person_of(request)).first()
        return {"agency": mine.pk if mine else None, **super().get_changeform_initial_data(request)}
