from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.limits import may_send
from networks.models import Agency
from portal.actions import write_to_agency
from portal.forms import ContactForm

TOO_OFTEN = _("Von Ihrem Anschluss kamen gerade viele Nachrichten. Bitte versuchen Sie es in einer Stunde noch einmal.")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    agency = get_object_or_404(Agency.objects.visible_to(request.user), slug=slug)
    form = ContactForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if deliver(request, agency, form):
            return redirect(f"{request.path}?gesendet=ja")
        form.add_error(None, TOO_OFTEN)
    status = 429 if form.non_field_errors() else 200
    context = {"agency": agency, "form": form, "sent": "gesendet" in request.GET}
    return render(request, "portal/contact.html", context, status=status)


def deliver(request: HttpRequest, agency: Agency, form: ContactForm) -> bool:
    """False: too often. A machine is told that all went well, and nothing is sent."""
    if form.sent_by_machine:
        return True
    if not may_send(request, "contact"):
        return False
    data = form.cleaned_data
    write_to_agency(agency, by=request.user, name=data["name"], email=data["email"], message=data["message"])
    return True
