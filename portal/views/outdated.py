from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.limits import may_send
from portal.actions import report_outdated
from portal.forms import OutdatedForm
from portal.subjects import Subject, subject_of

TOO_OFTEN = _("Von Ihrem Anschluss kamen gerade viele Nachrichten. Bitte versuchen Sie es in einer Stunde noch einmal.")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def outdated(request: HttpRequest) -> HttpResponse:
    subject = subject_of(request.GET.get("seite", ""), request.user)
    form = OutdatedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if deliver(request, subject, form):
            return redirect(f"{request.path}?{urlencode({'seite': subject.page, 'gesendet': 'ja'})}")
        form.add_error(None, TOO_OFTEN)
    status = 429 if form.non_field_errors() else 200
    context = {"subject": subject, "form": form, "sent": "gesendet" in request.GET}
    return render(request, "portal/outdated.html", context, status=status)


def deliver(request: HttpRequest, subject: Subject, form: OutdatedForm) -> bool:
    """False: too often. A machine is told that all went well, and nothing is kept."""
    if form.sent_by_machine:
        return True
    if not may_send(request, "outdated"):
        return False
    report_outdated(subject, by=request.user, message=form.cleaned_data["message"], email=form.cleaned_data["email"])
    return True
