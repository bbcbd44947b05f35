"""Two entries of one company: found, compared, made one."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin.scoped import ScopedAdmin, person_of
from accounts.errors import ActionRefused
from accounts.models import User
from networks.actions import merge_requests as actions
from networks.actions.merging import merge_companies
from networks.desk import age_for
from networks.duplicates import possible_duplicates
from networks.filters import words_of
from networks.forms.merging import MergeForm
from networks.merging import differences
from networks.models import Company, MergeRequest
from networks.rules import merge_abilities, merge_partners, merges_alone

from .queues import QueueFilter
from .reviews import Decision, QueueAdmin

if TYPE_CHECKING:
    MergingBase = ScopedAdmin[Company]
else:
    MergingBase = object

MOST_FOUND = 20


class MergingPage(MergingBase):
    """One page of a company's admin: first the other entry is found, then the two are compared."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<path:object_id>/zusammenfuehren/", view, name="networks_company_merge"), *super().get_urls()]

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        company = self.found(request, object_id)
        chosen = request.GET.get("mit", "")
        if not chosen.isdecimal():
            return self._search(request, company)
        partners = merge_partners(person_of(request), company).with_place()
        return self._compare(request, company, get_object_or_404(partners, pk=int(chosen)))

    def _search(self, request: HttpRequest, company: Company) -> HttpResponse:
        person, query = person_of(request), words_of(request)
        partners = merge_partners(person, company).with_place()
        suspected = possible_duplicates(company, person)
        context = {
            "query": query,
            "suspects": [one for one in suspected if one.in_full and partners.among([one.company]).exists()],
            "results": partners.called_like(query).by_name()[:MOST_FOUND] if query else [],
        }
        return self._merge_page(request, company, "admin/networks/company/merge_search.html", context)

    def _compare(self, request: HttpRequest, one: Company, other: Company) -> HttpResponse:
        alone = merges_alone(person_of(request), one, other)
        data = request.POST if request.method == "POST" else None
        form = MergeForm((one, other), differences(one, other), data, asks=not alone)
        if form.is_valid():
            try:
                return self._carry_out(request, form, alone=alone)
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
        context = {"form": form, "other": other, "alone": alone, "pair": [one, other]}
        return self._merge_page(request, one, "admin/networks/company/merge.html", context)

    def _carry_out(self, request: HttpRequest, form: MergeForm, *, alone: bool) -> HttpResponse:
        person = person_of(request)
        if alone:
            kept = merge_companies(form.kept, form.given_up, form.taken, by=person)
            messages.success(request, gettext("Zusammengeführt: {company}.").format(company=kept))
            return redirect("admin:networks_company_review", kept.pk)
        message = form.cleaned_data["message"]
        proposal = actions.propose_merge(form.kept, form.given_up, form.taken, by=person, message=message)
        messages.success(request, gettext("Vorgeschlagen. {agency} ist gefragt.").format(agency=proposal.asked))
        return redirect("admin:networks_mergerequest_review", proposal.pk)

    def _merge_page(self, request: HttpRequest, company: Company, template: str, more: dict[str, Any]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("{company} zusammenführen").format(company=company),
            "object": company,
            "list_url": reverse("admin:networks_company_changelist"),
            **more,
        }
        return TemplateResponse(request, template, context)


REQUESTED = MergeRequest.State.REQUESTED
DECISIONS: tuple[Decision[MergeRequest], ...] = (
    Decision(
        "confirm",
        _("Bestätigen und zusammenführen"),
        lambda proposal, by, _text: actions.confirm_merge(proposal, by=by),
        lambda proposal: proposal.state == REQUESTED,
        tone="good",
        hint=_("Aus zwei Einträgen wird sofort einer; alle, die dafür sprechen, bekommen eine E-Mail."),
    ),
    Decision(
        "decline",
        _("Getrennt lassen"),
        lambda proposal, by, text: actions.decline_merge(proposal, by=by, reason=text),
        lambda proposal: proposal.state == REQUESTED,
        asks=_("Begründung"),
        tone="bad",
    ),
    Decision(
        "withdraw",
        _("Vorschlag zurückziehen"),
        lambda proposal, by, _text: actions.withdraw_merge(proposal, by=by),
        lambda proposal: proposal.state == REQUESTED,
        tone="ghost",
    ),
)


@admin.register(MergeRequest)
class MergeRequestAdmin(QueueAdmin[MergeRequest]):
    list_display = ["given_up", "kept", "agency", "asked", "state_badge", "requested_at"]
    list_filter = [QueueFilter, "state"]
    list_select_related = ["given_up", "kept", "agency", "asked"]
    search_fields = ["given_up__name", "kept__name"]
    ordering = ["-requested_at", "-pk"]
    decisions = DECISIONS
    review_template = "admin/networks/mergerequest/review.html"

    def scope(self, person: User) -> QuerySet[MergeRequest]:
        return MergeRequest.objects.visible_to(person).with_parties()

    def waiting(self, person: User) -> QuerySet[MergeRequest]:
        return MergeRequest.objects.decidable_by(person).waiting()

    def permits(self, decision: Decision[Any], obj: MergeRequest, person: User) -> bool:
        return bool(getattr(merge_abilities(person, obj), decision.key))

    def review_context(self, obj: MergeRequest, person: User) -> dict[str, Any]:
        return {
            "age": age_for(person, obj.requested_at),
            "differences": differences(obj.kept, obj.given_up) if obj.state == REQUESTED else [],
        }
