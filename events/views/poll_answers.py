"""A poll as participants see it: a link of their own, no account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.errors import ActionRefused
from accounts.limits import may_send
from events.actions import polls
from events.forms.polls import AnswerForm, HandOnForm, poll_is_shown
from events.models import PollParticipant
from events.tally import result_of


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def poll_answer(request: HttpRequest, token: str) -> HttpResponse:
    person = get_object_or_404(PollParticipant.objects.with_link(token))
    if not person.poll.takes_answers:
        return render(request, "events/poll_over.html", {"poll": person.poll}, status=410)
    result = result_of(person.poll)
    shown = poll_is_shown(person.poll, person)
    form = AnswerForm(person, result, request.POST if request.method == "POST" else None, show=shown)
    if form.is_valid():
        try:
            polls.answer_poll(person, form.answers(), form.cleaned_data["comment"])
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Danke! Ihre Antwort ist gespeichert. Sie können sie bis zur Frist ändern."))
            return redirect(request.path)
    return render(request, "events/poll_answer.html", {"person": person, "form": form, "result": result})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def poll_hand_on(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody else answers instead."""
    person = get_object_or_404(PollParticipant.objects.with_link(token))
    if not person.poll.takes_answers:
        return render(request, "events/poll_over.html", {"poll": person.poll}, status=410)
    form = HandOnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            if not may_send(request, "hand-on"):
                raise ActionRefused(_("Bitte versuchen Sie es in einer Stunde noch einmal."))
            polls.hand_on(person, form.cleaned_data["name"], form.cleaned_data["email"])
        except ActionRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            return render(request, "events/poll_handed_on.html", {"poll": person.poll})
    return render(request, "events/poll_hand_on.html", {"person": person, "form": form})
