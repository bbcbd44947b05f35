"""Find a day for the next meeting, choose some, and see whose turn it is. For staff of the agencies that take part."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import ActionRefused
from accounts.models import User
from events.actions.planning import propose_dates, swap_host
from events.forms.planning import ChoiceForm, QuestionForm, SwapForm
from events.hosts import host_by_turn, next_host
from events.models import Meeting, MeetingSeries
from events.planning import Planning, plan, usual_question
from events.rules import planning_abilities
from networks.attributions import attributions


@require_http_methods(["GET", "HEAD", "POST"])
def planning(request: HttpRequest) -> HttpResponse:
    person = staff(request)
    every = list(MeetingSeries.objects.visible_to(person).in_order())
    if not every:
        return no_series(request, person)
    series = chosen_series(request, every)
    question = QuestionForm(series, request.GET)
    context: dict[str, Any] = {"series": series, "every": every, "question": question}
    if not question.is_valid():
        return render(request, "events/planning.html", context)
    found = plan(question.question())
    meeting = Meeting.objects.planned_in(series, found.question.start, found.question.end).with_hosts().first()
    may = planning_abilities(person, series, meeting, found.question.start)
    choice = ChoiceForm(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not may.choose:
        raise PermissionDenied
    if choice.is_valid() and (made := chosen_days(request, found, choice)):
        return redirect("events:poll-new", made.slug)
    host = meeting.host if meeting else next_host(series, found.question.start)
    context |= {"planning": found, "meeting": meeting, "may": may, "choice": choice, "host": host}
    return render(request, "events/planning.html", context | {"sources": attributions("calendar")})


def chosen_days(request: HttpRequest, found: Planning, choice: ChoiceForm) -> Meeting | None:
    """The meeting that they are proposed for; None: refused, and the form says why."""
    try:
        meeting = propose_dates(found, choice.chosen(), by=staff(request))
    except ActionRefused as refusal:
        choice.add_error("day", str(refusal))
        return None
    messages.success(request, _("Die Tage sind vorgeschlagen. Als Nächstes fragen Sie die Mitglieder der Reihe."))
    return meeting


@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    person = staff(request)
    found = get_object_or_404(MeetingSeries.objects.visible_to(person), slug=slug)
    day = usual_question(found).start
    context = {
        "series": found,
        "may": planning_abilities(person, found),
        "day": day,
        "host": next_host(found, day),
        "by_turn": host_by_turn(found, day),
        "held": Meeting.objects.held_in(found).with_hosts(),
        "swaps": found.swaps.select_related("host", "instead_of", "by"),
        "members": found.members.select_related("agency__region", "region", "series"),
    }
    return render(request, "events/series.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def host_swap(request: HttpRequest, slug: str) -> HttpResponse:
    person = staff(request)
    found = get_object_or_404(MeetingSeries.objects.visible_to(person), slug=slug)
    day = usual_question(found).start
    form = SwapForm(found, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            swap_host(found, form.wish(day), by=person)
        except ActionRefused as refusal:
            form.add_error("host", str(refusal))
        else:
            messages.success(request, _("Der Tausch ist eingetragen."))
            return redirect("events:series", found.slug)
    context = {"series": found, "form": form, "host": next_host(found, day), "day": day}
    return render(request, "events/host_swap.html", context)


def staff(request: HttpRequest) -> User:
    """The middleware lets only people in who are signed in; here only staff."""
    if not request.user.is_staff:
        raise PermissionDenied
    return request.user


def chosen_series(request: HttpRequest, every: list[MeetingSeries]) -> MeetingSeries:
    slug = request.GET.get("series")
    found = next((each for each in every if each.slug == slug), None if slug else every[0])
    if found is None:
        raise Http404
    return found


def no_series(request: HttpRequest, person: User) -> HttpResponse:
    """Nothing to plan: whoever takes part in no series of several finds nothing here."""
    if MeetingSeries.objects.exists():
        raise Http404
    return render(request, "events/planning_none.html", {"today": timezone.localdate()})
