"""A poll as staff see it: begun, watched, decided."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import ActionRefused
from events.actions import polls
from events.forms.polls import DecisionForm, GuestForm, PollForm
from events.models import DatePoll, DateProposal, Meeting, PollParticipant
from events.rules import poll_abilities
from events.tally import result_of
from networks.views.company_pages import signed_in, tried


@require_http_methods(["GET", "HEAD", "POST"])
def poll_new(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.curated_by(request.user).with_hosts(), slug=slug)
    form = PollForm(meeting, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            poll = polls.open_poll(meeting, form.wish(), form.guests(), by=signed_in(request))
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Die Abstimmung läuft. Jede Person hat ihren eigenen Link bekommen."))
            return redirect(poll)
    proposals = DateProposal.objects.of_meeting(meeting)
    return render(request, "events/poll_new.html", {"meeting": meeting, "form": form, "proposals": proposals})


@require_safe
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(DatePoll.objects.visible_to(request.user).with_meeting(), pk=pk)
    result = result_of(found)
    context = {
        "poll": found,
        "result": result,
        "people": [(person, result.answers_in_order(person)) for person in result.people],
        "may": poll_abilities(request.user, found),
    }
    return render(request, "events/poll.html", context)


def _run(request: HttpRequest, pk: int) -> DatePoll:
    """The poll, if this person may see it (else 404) and run it (else 403)."""
    found = get_object_or_404(DatePoll.objects.visible_to(request.user).with_meeting(), pk=pk)
    if not poll_abilities(request.user, found).run:
        raise PermissionDenied
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def poll_decide(request: HttpRequest, pk: int) -> HttpResponse:
    found = _run(request, pk)
    result = result_of(found)
    form = DecisionForm(result, request.POST if request.method == "POST" else None)
    if form.is_valid():
        option = found.options.get(pk=form.cleaned_data["option"])
        try:
            polls.decide_poll(found, option, by=signed_in(request), reason=form.cleaned_data["reason"])
        except ActionRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("Der Termin steht. Alle, die geantwortet haben, wissen es."))
            return redirect(found)
    return render(request, "events/poll_decide.html", {"poll": found, "result": result, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def poll_ask(request: HttpRequest, pk: int) -> HttpResponse:
    found = _run(request, pk)
    form = GuestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            polls.ask_too(found, form.guest(), by=signed_in(request))
        except ActionRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("Die Frage ist unterwegs."))
            return redirect(found)
    return render(request, "events/poll_ask.html", {"poll": found, "form": form})


@require_POST
def poll_remind(request: HttpRequest, pk: int) -> HttpResponse:
    found = _run(request, pk)
    try:
        count = polls.remind_silent(found, by=signed_in(request))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext("{n} Person ist erinnert.", "{n} Personen sind erinnert.", count)
        messages.success(request, text.format(n=count))
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
def poll_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _run(request, pk)
    if request.method == "POST":
        person = signed_in(request)
        tried(request, lambda: polls.withdraw_poll(found, by=person), _("Die Abstimmung ist zurückgezogen."))
        return redirect(found)
    return render(request, "events/poll_withdraw.html", {"poll": found})


@require_http_methods(["GET", "HEAD", "POST"])
def poll_participant(request: HttpRequest, pk: int, participant: int) -> HttpResponse:
    """Send somebody's link again, or take it back."""
    found = _run(request, pk)
    person = get_object_or_404(PollParticipant.objects.in_poll(found), pk=participant)
    if request.method == "POST":
        by = signed_in(request)
        if "take_back" in request.POST:
            tried(request, lambda: polls.take_back_link(person, by=by), _("Der Link gilt nicht mehr."))
        else:
            tried(request, lambda: polls.send_link_again(person, by=by), _("Ein neuer Link ist unterwegs."))
        return redirect(found)
    return render(request, "events/poll_participant.html", {"poll": found, "participant": person})
