from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.limits import may_send
from portal.actions import report_barrier
from portal.forms import BarrierForm
from portal.subjects import place_of

TOO_OFTEN = _("Von Ihrem Anschluss kamen gerade viele Nachrichten. Bitte versuchen Sie es in einer Stunde noch einmal.")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def barrier(request: HttpRequest) -> HttpResponse:
    """Something in the portal keeps somebody out; the statement on accessibility leads here, as does every page."""
    known = {"page": request.GET.get("seite", "")[:300]}
    form = BarrierForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        if deliver(request, form):
            return redirect(f"{request.path}?gesendet=ja")
        form.add_error(None, TOO_OFTEN)
    status = 429 if form.non_field_errors() else 200
    return render(request, "portal/barrier.html", {"form": form, "sent": "gesendet" in request.GET}, status=status)


def deliver(request: HttpRequest, form: BarrierForm) -> bool:
    """False: too often. A machine is told that all went well, and nothing is kept."""
    if form.sent_by_machine:
        return True
    if not may_send(request, "barrier"):
        return False
    place = place_of(form.cleaned_data["page"], request.user)
    report_barrier(place, by=request.user, message=form.cleaned_data["message"], email=form.cleaned_data["email"])
    return True
