"""Answering an invitation by one's own link."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.actions.invitations import answer_invitation
from events.models import Invitation
from networks.views.company_pages import tried

Answer = Invitation.Answer
BUTTONS = (
    (Answer.ACCEPTED, _("Ich komme")),
    (Answer.TENTATIVE, _("Vielleicht")),
    (Answer.DECLINED, _("Ich kann nicht")),
)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = get_object_or_404(Invitation.objects.with_meeting(), token=token)
    if request.method == "POST":
        answer = request.POST.get("answer")
        if answer not in {value for value, _label in BUTTONS}:
            raise BadRequest
        tried(request, lambda: answer_invitation(found, answer), _("Danke, Ihre Antwort ist gespeichert."))
        return redirect(request.path)
    context = {"invitation": found, "meeting": found.meeting, "buttons": BUTTONS}
    return render(request, "events/invitation.html", context)
