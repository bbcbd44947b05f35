"""What hosts do with a meeting: announce, move, call off, invite; and whether somebody hosts with them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.errors import ActionRefused
from accounts.models import User
from events.actions import meetings as actions
from events.actions.invitations import invite
from events.forms.meetings import CoHostForm, InviteForm, PostponeForm, ReasonForm
from events.models import Invitation, Meeting
from events.rules import meeting_abilities
from networks.views.company_pages import signed_in, tried


def _hosted(request: HttpRequest, slug: str) -> Meeting:
    """The meeting, if this person may see it (else 404) and hosts it (else 403)."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_hosts(), slug=slug)
    if not meeting_abilities(request.user, meeting).edit:
        raise PermissionDenied
    return meeting


@dataclass(frozen=True)
class Step:
    """A button with a page to confirm it."""

    title: str | Promise
    text: str | Promise
    button: str | Promise
    done: str | Promise
    act: Callable[[Meeting, User], object]
    tone: str = ""


SCHEDULE = Step(
    _("Steht der Termin fest?"),
    _("Ohne Abstimmung gilt der eingetragene Termin. Danach können Sie einladen und das Treffen ankündigen."),
    _("Ja, der Termin steht"),
    _("Der Termin steht."),
    lambda meeting, by: actions.schedule_meeting(meeting, meeting.starts_at, meeting.ends_at, by=by),
)
ANNOUNCE = Step(
    _("Treffen ankündigen?"),
    _("Das Treffen wird für alle sichtbar, die davon erfahren sollen. Die beteiligten Teams bekommen eine E-Mail."),
    _("Ankündigen"),
    _("Angekündigt."),
    lambda meeting, by: actions.announce_meeting(meeting, by=by),
)
HOLD = Step(
    _("Hat das Treffen stattgefunden?"),
    _("Danach gehört es zur Chronik. Das geschieht auch von selbst am Tag danach."),
    _("Ja, es hat stattgefunden"),
    _("Gespeichert."),
    lambda meeting, by: actions.hold_meeting(meeting, by=by),
)


def _stepped(request: HttpRequest, slug: str, step: Step) -> HttpResponse:
    meeting = _hosted(request, slug)
    if request.method == "POST":
        person = signed_in(request)
        tried(request, lambda: step.act(meeting, person), str(step.done))
        return redirect(meeting)
    return render(request, "events/meeting_step.html", {"meeting": meeting, "step": step})


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_schedule(request: HttpRequest, slug: str) -> HttpResponse:
    """A day that nobody has to be asked about."""
    return _stepped(request, slug, SCHEDULE)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_announce(request: HttpRequest, slug: str) -> HttpResponse:
    return _stepped(request, slug, ANNOUNCE)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_hold(request: HttpRequest, slug: str) -> HttpResponse:
    return _stepped(request, slug, HOLD)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = _hosted(request, slug)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.cancel_meeting(meeting, by=signed_in(request), reason=form.cleaned_data["reason"])
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Abgesagt. Alle, die eingeladen oder angemeldet waren, wissen es."))
            return redirect(meeting)
    return render(request, "events/meeting_cancel.html", {"meeting": meeting, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_postpone(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = _hosted(request, slug)
    form = PostponeForm(meeting, request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.postpone_meeting(
                meeting, data["starts_at"], data["ends_at"], by=signed_in(request), reason=data["reason"]
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Verschoben. Alle, die eingeladen oder angemeldet sind, wissen es."))
            return redirect(meeting)
    return render(request, "events/meeting_postpone.html", {"meeting": meeting, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_invite(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = _hosted(request, slug)
    form = InviteForm(meeting, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            count = invite(meeting, form.guests(), by=signed_in(request))
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            text = ngettext("{n} Einladung ist unterwegs.", "{n} Einladungen sind unterwegs.", count)
            messages.success(request, text.format(n=count))
            return redirect("events:meeting-invite", meeting.slug)
    invited = Invitation.objects.of_meeting(meeting).by_name()
    return render(request, "events/meeting_invite.html", {"meeting": meeting, "form": form, "invited": invited})


@require_http_methods(["GET", "HEAD", "POST"])
def co_host(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.asking(request.user).with_hosts(), slug=slug)
    form = CoHostForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        accept, reason, person = form.cleaned_data["answer"] == "yes", form.cleaned_data["reason"], signed_in(request)
        tried(
            request,
            lambda: actions.answer_co_hosting(meeting, by=person, accept=accept, reason=reason),
            _("Danke, Ihre Antwort ist gespeichert."),
        )
        return redirect(meeting)
    return render(request, "events/co_host.html", {"meeting": meeting, "form": form})
