"""The admin as a desk: closed to people without a staff role, 404 for foreign objects."""

from functools import partial, wraps
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from networks.desk import desk_of

# Passwords have their own place, and the stock redirect would tell the address of any object.
NOT_HERE = {"password_change", "password_change_done", "view_on_site"}


class DeskSite(admin.AdminSite):
    site_header = site_title = _("Schreibtisch")
    index_title = _("Übersicht")
    index_template = "admin/desk.html"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_staff

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [url for url in super().get_urls() if getattr(url, "name", None) not in NOT_HERE]

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only what keeps to a scope: what packages bring along knows none."""
        if hasattr(admin_class, "scope"):
            super().register(model_or_iterable, admin_class, **options)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Asked for only where it is shown: each list and its "new" cost a question about rights."""
        return SimpleLazyObject(partial(super().get_app_list, request, app_label))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002  # Django's signature
        """Who is signed in without a staff role is refused at once; a visitor signs in first."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return guarded

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sign-in is the portal's own; who is signed in already goes on to the desk, or is refused."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_logout")

    def _lists(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What the desk says of its lists, in plain words and addresses."""
        return [
            {"name": str(app["name"]), "models": [_plain(model) for model in app["models"]]}
            for app in self.get_app_list(request)
        ]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        person = cast(User, request.user)
        desk = desk_of(person, lambda: self._lists(request))
        context = {
            **self.each_context(request),
            "title": self.index_title,
            "queues": desk.queues,
            "total": sum(queue.count for queue in desk.queues),
            "late": sum(queue.late for queue in desk.queues),
            "networks": desk.networks,
            "absences": desk.absences,
            "agencies": desk.agencies,
            "available_apps": desk.lists,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.index_template, context)


def _plain(model: dict[str, Any]) -> dict[str, Any]:
    return {"name": str(model["name"]), "admin_url": model["admin_url"], "add_url": model["add_url"]}
