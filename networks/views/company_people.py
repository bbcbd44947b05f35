"""Who speaks for a company: the team, invitations, and what each person shows of themselves."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.errors import ActionRefused
from networks.actions import people, staff
from networks.forms.people import ContactForm, InviteForm
from networks.models import CompanyInvitation, CompanyMember, StaffInvitation
from networks.views.company_pages import require_company, signed_in, tried


@require_http_methods(["GET", "HEAD", "POST"])
def company_people(request: HttpRequest, slug: str) -> HttpResponse:
    company, may = require_company(request, slug, lambda may: may.leave)
    if request.method == "POST" and not may.manage_people:
        raise PermissionDenied
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data, person = form.cleaned_data, signed_in(request)
        try:
            people.invite_colleague(company, data["email"], data["role"], by=person)
        except ActionRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("Die Einladung ist unterwegs. Sie gilt 14 Tage."))
            return redirect("networks:company-people", company.slug)
    context = {
        "company": company,
        "may": may,
        "form": form,
        "team": CompanyMember.objects.of_company(company),
        "invitations": CompanyInvitation.objects.of_company(company),
    }
    return render(request, "networks/company_people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def company_invitation_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send an invitation again, or take it back."""
    company, _may = require_company(request, slug, lambda may: may.manage_people)
    invitation = get_object_or_404(CompanyInvitation.objects.of_company(company), pk=pk)
    if request.method == "POST":
        person = signed_in(request)
        if "cancel" in request.POST:
            tried(request, lambda: people.cancel_invitation(invitation, by=person), _("Zurückgenommen."))
        else:
            tried(request, lambda: people.resend_invitation(invitation, by=person), _("Noch einmal geschickt."))
        return redirect("networks:company-people", company.slug)
    return render(request, "networks/company_invitation_change.html", {"company": company, "invitation": invitation})


@require_http_methods(["GET", "HEAD", "POST"])
def company_person(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One member of the team: hand over, step back, go."""
    company, may = require_company(request, slug, lambda may: may.leave)
    member = get_object_or_404(CompanyMember.objects.of_company(company), pk=pk)
    if not (may.manage_people or member.person_id == request.user.pk):
        raise PermissionDenied
    if request.method == "POST":
        _change_person(request, member, may_manage=may.manage_people)
        gone = member.person_id == request.user.pk and "leave" in request.POST
        return redirect("my-area") if gone else redirect("networks:company-people", company.slug)
    return render(request, "networks/company_person.html", {"company": company, "member": member, "may": may})


def _change_person(request: HttpRequest, member: CompanyMember, *, may_manage: bool) -> None:
    by = signed_in(request)
    if "leave" in request.POST:
        tried(request, lambda: people.leave_company(member, by=by), _("Diese Person gehört nicht mehr zum Team."))
        return
    if not may_manage:
        raise PermissionDenied
    for role in CompanyMember.Role.values:
        if role in request.POST:
            tried(request, partial(people.change_role, member, role, by=by), _("Gespeichert."))
            return


@require_http_methods(["GET", "HEAD", "POST"])
def company_contact(request: HttpRequest, slug: str) -> HttpResponse:
    """What I show of myself, and to whom."""
    company, _may = require_company(request, slug, lambda may: may.leave)
    member = get_object_or_404(CompanyMember.objects.of_person(request.user), company=company)
    form = ContactForm(request.POST if request.method == "POST" else None, instance=member)
    if form.is_valid():
        people.show_contact(member, by=signed_in(request))
        messages.success(request, _("Gespeichert."))
        return redirect("networks:company-manage", company.slug)
    return render(request, "networks/company_contact.html", {"company": company, "form": form})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def company_invitation(request: HttpRequest, token: str) -> HttpResponse:
    invitation = get_object_or_404(CompanyInvitation.objects.select_related("company"), token=token)
    if request.method == "POST":
        person = signed_in(request)
        accepted = tried(
            request, lambda: people.accept_company_invitation(invitation, by=person), _("Willkommen im Team!")
        )
        return redirect("my-area") if accepted else redirect(request.path)
    return render(request, "networks/invitation.html", {"invitation": invitation, "thing": invitation.company})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_invitation(request: HttpRequest, token: str) -> HttpResponse:
    invitation = get_object_or_404(StaffInvitation.objects.select_related("agency"), token=token)
    if request.method == "POST":
        person = signed_in(request)
        accepted = tried(
            request, lambda: staff.accept_staff_invitation(invitation, by=person), _("Willkommen im Team!")
        )
        return redirect("admin:index") if accepted else redirect(request.path)
    return render(request, "networks/invitation.html", {"invitation": invitation, "thing": invitation.agency})
