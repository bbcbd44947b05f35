"""Enter a company or find it; follow the application until it is decided."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import ActionRefused
from networks.actions import claims, companies
from networks.completeness import completeness
from networks.duplicates import published_suspects
from networks.forms.companies import ClaimForm, CompanyForm
from networks.models import Claim, Company
from networks.views.company_pages import require_company, signed_in, tried

SUBMITTED = _("Vielen Dank! Ihr Antrag ist eingereicht. Wir schreiben Ihnen, sobald er entschieden ist.")


@require_http_methods(["GET", "HEAD", "POST"])
def company_register(request: HttpRequest) -> HttpResponse:
    form = CompanyForm(request.POST if request.method == "POST" else None)
    found = _lookalikes(request, form) if form.is_valid() else []
    if form.is_valid() and not found:
        try:
            company = companies.submit_company(form.cleaned_data, by=signed_in(request))
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, SUBMITTED)
            return redirect("networks:company-manage", company.slug)
    return render(request, "networks/company_register.html", {"form": form, "found": found})


def _lookalikes(request: HttpRequest, form: CompanyForm) -> list[Company]:
    """Published companies that may be the same, unless the applicant has said that they are not."""
    if "neu" in request.POST:
        return []
    data = form.cleaned_data
    return published_suspects(data["name"], data["legal_form"], data["website"], data["postcode"])


@require_safe
def company_manage(request: HttpRequest, slug: str) -> HttpResponse:
    """My company at a glance: its state, what is missing, what can be done."""
    company, may = require_company(request, slug, lambda may: may.leave)
    context = {"company": company, "may": may, "completeness": completeness(company)}
    return render(request, "networks/company_manage.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def company_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    company, _may = require_company(request, slug, lambda may: may.withdraw)
    if request.method == "POST":
        person = signed_in(request)
        tried(request, lambda: companies.withdraw_company(company, by=person), _("Ihr Antrag ist zurückgezogen."))
        return redirect("networks:company-manage", company.slug)
    return render(request, "networks/company_withdraw.html", {"company": company})


@require_http_methods(["GET", "HEAD", "POST"])
def company_resubmit(request: HttpRequest, slug: str) -> HttpResponse:
    company, _may = require_company(request, slug, lambda may: may.resubmit)
    if request.method == "POST":
        person = signed_in(request)
        tried(request, lambda: companies.resubmit_company(company, by=person), SUBMITTED)
        return redirect("networks:company-manage", company.slug)
    return render(request, "networks/company_resubmit.html", {"company": company})


@require_http_methods(["GET", "HEAD", "POST"])
def company_claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Nobody speaks for this company yet: I do."""
    company = get_object_or_404(Company.objects.published().with_place(), slug=slug)
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            claims.claim_company(company, by=signed_in(request), message=form.cleaned_data["message"])
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Ihre Anfrage ist unterwegs. Wir schreiben Ihnen, sobald sie entschieden ist."))
            return redirect("my-area")
    obstacle = claims.why_no_claim(company, signed_in(request))
    return render(request, "networks/company_claim.html", {"company": company, "form": form, "obstacle": obstacle})


@require_http_methods(["GET", "HEAD", "POST"])
def claim_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """I asked to take over, and do not want to any more."""
    claim = get_object_or_404(Claim.objects.of_person(request.user).waiting().select_related("company"), pk=pk)
    if request.method == "POST":
        person = signed_in(request)
        tried(request, lambda: claims.withdraw_claim(claim, by=person), _("Ihre Anfrage ist zurückgezogen."))
        return redirect("my-area")
    return render(request, "networks/claim_withdraw.html", {"claim": claim})
