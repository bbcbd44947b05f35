"""Staff invite a company to a network that they curate or look after as its twin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.errors import ActionRefused
from networks.actions.memberships import invite_company
from networks.forms.memberships import InvitationForm
from networks.models import Company, Network
from networks.views.company_pages import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def membership_invite(request: HttpRequest, slug: str) -> HttpResponse:
    person = signed_in(request)
    company = get_object_or_404(Company.objects.published().with_place(), slug=slug)
    if not person.is_staff:
        raise PermissionDenied
    networks = Network.objects.inviting(company, person)
    form = InvitationForm(networks, request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            invite_company(company, data["network"], by=person, message=data["message"])
        except ActionRefused as refusal:
            form.add_error("network", str(refusal))
        else:
            messages.success(request, _("Die Einladung ist unterwegs. Das Unternehmen nimmt sie an oder lehnt sie ab."))
            return redirect(company)
    return render(request, "networks/membership_invite.html", {"company": company, "form": form})
