"""What staff of the hosts see: places, who comes, and at the door who came."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.sheets.writing import CSV_TYPE, write_csv
from events.actions import registrations as actions
from events.forms.registrations import PlanForm
from events.models import Meeting, Registration, RegistrationPlan
from events.places import places_of, plan_of
from networks.views.company_pages import signed_in, tried


def _hosted(request: HttpRequest, slug: str) -> Meeting:
    return get_object_or_404(Meeting.objects.curated_by(request.user).with_hosts(), slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def registration_plan(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = _hosted(request, slug)
    plan = plan_of(meeting) or RegistrationPlan(meeting=meeting)
    form = PlanForm(plan, request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.change_plan(meeting, form.values(), form.quotas(), by=signed_in(request))
        messages.success(request, _("Gespeichert."))
        return redirect("events:attendance", meeting.slug)
    return render(request, "events/registration_plan.html", {"meeting": meeting, "form": form})


@require_safe
def attendance(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet: on paper, on a phone at the door."""
    meeting = _hosted(request, slug)
    plan = plan_of(meeting)
    if plan is None:
        return redirect("events:registration-plan", meeting.slug)
    registrations = Registration.objects.of_meeting(meeting)
    context = {
        "meeting": meeting,
        "plan": plan,
        "seats": places_of(plan),
        "coming": registrations.taking_a_place().by_name(),
        "queue": registrations.waiting().select_related("region"),
    }
    return render(request, "events/attendance.html", context)


@require_POST
def check_in(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """`state` is what shall hold afterwards, so that a form sent twice changes nothing more."""
    meeting = _hosted(request, slug)
    registration = get_object_or_404(Registration.objects.of_meeting(meeting), pk=pk)
    try:
        actions.check_in(registration, request.POST.get("state", ""), by=signed_in(request))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('events:attendance', args=[meeting.slug])}#anmeldung-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def registration_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Staff cancel for somebody who phoned."""
    meeting = _hosted(request, slug)
    found = get_object_or_404(Registration.objects.of_meeting(meeting).with_meeting(), pk=pk)
    if request.method == "POST":
        by = signed_in(request)
        tried(request, lambda: actions.cancel(found, by=by), _("Abgesagt. Die Person weiß Bescheid."))
        return redirect("events:attendance", meeting.slug)
    return render(request, "events/registration_remove.html", {"meeting": meeting, "registration": found})


@require_POST
def attendance_close(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = _hosted(request, slug)
    count = actions.close_attendance(meeting, by=signed_in(request))
    text = ngettext("{n} Person ist nicht gekommen.", "{n} Personen sind nicht gekommen.", count)
    messages.success(request, text.format(n=count))
    return redirect("events:attendance", meeting.slug)


@require_safe
def attendance_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """For a spreadsheet, as German Excel expects it."""
    meeting = _hosted(request, slug)
    titles = [
        gettext("Name"),
        gettext("Einrichtung"),
        gettext("Region"),
        gettext("Stand"),
        gettext("Essen"),
        gettext("Zugang"),
    ]
    rows = [
        (one.name, one.organisation, str(one.region or ""), one.get_state_display(), one.diet, one.access)
        for one in Registration.objects.of_meeting(meeting).taking_a_place().by_name()
    ]
    response = HttpResponse(write_csv(titles, rows), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="teilnahme-{meeting.slug}.csv"'
    record(by=signed_in(request), verb="meeting.exported_attendance", on=meeting)
    return response
