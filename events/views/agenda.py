"""Agenda and minutes: read by the agencies of a meeting, written by its hosts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.actions import agenda as actions
from events.agenda import inherited, report_of, timed
from events.forms.agenda import ItemForm, MinutesForm
from events.models import AgendaItem, Meeting, MinutesVersion
from events.rules import MeetingAbilities, meeting_abilities
from networks.views.company_pages import signed_in, tried


def followed(request: HttpRequest, slug: str) -> tuple[Meeting, MeetingAbilities]:
    meeting = get_object_or_404(Meeting.objects.followed_by(request.user).with_hosts(), slug=slug)
    return meeting, meeting_abilities(request.user, meeting)


def written(request: HttpRequest, slug: str) -> Meeting:
    """The meeting, if this person follows it (else 404) and writes for it (else 403)."""
    meeting, may = followed(request, slug)
    if not may.edit:
        raise PermissionDenied
    return meeting


@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    meeting, may = followed(request, slug)
    if request.method == "POST" and not may.edit:
        raise PermissionDenied
    form = ItemForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.add_item(meeting, form.cleaned_data, by=signed_in(request))
        messages.success(request, _("Der Punkt steht am Ende der Tagesordnung."))
        return redirect("events:agenda", meeting.slug)
    context = {"meeting": meeting, "may": may, "slots": timed(meeting), "left": inherited(meeting), "form": form}
    return render(request, "events/agenda.html", context)


@require_POST
def agenda_carry(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = written(request, slug)
    count = actions.carry_over(meeting, by=signed_in(request))
    text = ngettext("{n} Punkt ist übernommen.", "{n} Punkte sind übernommen.", count)
    messages.success(request, text.format(n=count))
    return redirect("events:agenda", meeting.slug)


def _item(request: HttpRequest, slug: str, pk: int) -> AgendaItem:
    meeting = written(request, slug)
    return get_object_or_404(AgendaItem.objects.of_meeting(meeting).select_related("meeting"), pk=pk)


@require_POST
def agenda_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    item = _item(request, slug, pk)
    if "remove" in request.POST:
        by = signed_in(request)
        tried(request, lambda: actions.remove_item(item, by=by), _("Entfernt."))
    else:
        actions.move_item(item, up="up" in request.POST, by=signed_in(request))
    return redirect("events:agenda", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    item = _item(request, slug, pk)
    form = ItemForm(request.POST if request.method == "POST" else None, instance=item)
    if form.is_valid():
        actions.change_item(item, form.cleaned_data, by=signed_in(request))
        return redirect("events:agenda", slug)
    return render(request, "events/agenda_item.html", {"meeting": item.meeting, "item": item, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Two writers: the second gets both texts."""
    item = _item(request, slug, pk)
    versions = MinutesVersion.objects.of_item(item)
    current = versions.first()
    initial = {
        "text": current.text if current else "",
        "outcome": item.outcome,
        "based_on": current.number if current else 0,
    }
    form = MinutesForm(request.POST if request.method == "POST" else None, initial=initial)
    theirs = None
    if form.is_valid():
        data, by = form.cleaned_data, signed_in(request)
        try:
            actions.write_minutes(item, data["text"], based_on=data["based_on"], by=by)
        except actions.MinutesChanged as changed:
            theirs = changed.current
            form = MinutesForm({**request.POST.dict(), "based_on": theirs.number})
            form.add_error("text", str(changed))
        else:
            actions.change_item(item, {"outcome": data["outcome"]}, by=by)
            messages.success(request, _("Gespeichert."))
            return redirect("events:agenda", slug)
    context = {"meeting": item.meeting, "item": item, "form": form, "theirs": theirs, "versions": versions}
    return render(request, "events/minutes.html", context)


@require_safe
def meeting_report(request: HttpRequest, slug: str) -> HttpResponse:
    meeting, may = followed(request, slug)
    return render(request, "events/meeting_report.html", {"report": report_of(meeting), "meeting": meeting, "may": may})
