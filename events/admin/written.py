from typing import Any, TypeVar

from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from accounts.admin.scoped import ScopedAdmin
from networks.admin.standing import works_in_a_team
from networks.slugs import slug_for

M = TypeVar("M", bound=Model)


class WrittenByStaff(ScopedAdmin[M]):
    """Things with a page of their own, which staff write themselves."""

    def taken(self, slug: str) -> bool:
        raise NotImplementedError

    def has_add_permission(self, request: HttpRequest) -> bool:
        return works_in_a_team(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        obj.slug = obj.slug or slug_for(obj.title, self.taken)
        obj.updated_at = timezone.now()
        super().save_model(request, obj, form, change)
