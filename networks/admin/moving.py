"""A company moves: who is responsible afterwards is seen before it is done."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from accounts.admin.scoped import ScopedAdmin, person_of
from networks.actions.companies import edit_company
from networks.forms.places import MoveForm
from networks.models import Agency, Company

if TYPE_CHECKING:
    MovingBase = ScopedAdmin[Company]
else:
    MovingBase = object


class MovingPage(MovingBase):
    """One page of a company's admin: the new place, then what follows from it, then the button."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.move_view)
        return [path("<path:object_id>/umziehen/", view, name="networks_company_move"), *super().get_urls()]

    def move_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        company = self.found(request, object_id)
        home, place = company.home_agency, company.place
        form = MoveForm(request.POST if request.method == "POST" else None, instance=company)
        if "move" in request.POST and (moved := self._moved(request, form)):
            text = _("Umgezogen: {company}. Zuständig ist {agency}.")
            messages.success(request, text.format(company=moved, agency=moved.home_agency))
            mine = self.scope(person_of(request)).filter(pk=moved.pk).exists()
            return redirect("admin:networks_company_review", moved.pk) if mine else redirect("admin:index")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("{company} zieht um").format(company=company),
            "object": company,
            "list_url": reverse("admin:networks_company_changelist"),
            "form": form,
            "home": home,
            "place": place,
            "next_home": self._next_home(form) if form.is_bound else None,
        }
        return TemplateResponse(request, "admin/networks/company/move.html", context)

    @transaction.atomic
    def _next_home(self, form: MoveForm) -> Agency | None:
        return form.next_home if form.is_valid() else None

    @transaction.atomic
    def _moved(self, request: HttpRequest, form: MoveForm) -> Company | None:
        """Nobody else saves between the look at the versions and the change."""
        if not form.is_valid():
            return None
        return edit_company(form.instance, form.cleaned_data, by=person_of(request))
