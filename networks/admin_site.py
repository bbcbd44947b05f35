"""The admin as a desk: closed to people without a staff role, 404 for foreign objects."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _


class DeskSite(admin.AdminSite):
    site_header = site_title = _("Schreibtisch")
    index_title = _("Übersicht")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_staff

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sign-in is the portal's own; who is signed in without a staff role is refused."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect(f"/konto/login/?next={request.path}")
