"""A page beside a list: upload a file, see what is new and what is wrong, take it over."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.admin.lists import M
from accounts.admin.scoped import ScopedAdmin, person_of
from events.actions.imports import preview, take_over
from events.forms.imports import ImportForm


class ImportingAdmin(ScopedAdmin[M]):
    import_form: ClassVar[type[ImportForm]]
    change_list_template = "admin/events/import_list.html"

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "einlesen/",
            self.admin_site.admin_view(self.import_view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_import",
        )
        return [page, *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self.import_form(
            person_of(request), *((request.POST, request.FILES) if request.method == "POST" else ())
        )
        found = preview(form.lines, form.target()) if form.is_valid() else None
        if found and "take" in request.POST:
            count = take_over(form.lines, form.target(), by=person_of(request))
            text = ngettext("{n} Zeitraum übernommen.", "{n} Zeiträume übernommen.", count).format(n=count)
            messages.success(request, text)
            return redirect(self._list_url())
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Aus einer Datei einlesen"),
            "form": form,
            "found": found,
            "list_url": self._list_url(),
        }
        return TemplateResponse(request, "admin/events/import.html", context)

    def _list_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
