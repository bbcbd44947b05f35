"""Registering for a meeting: with an account, as a guest, and what one can do with a place."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.errors import ActionRefused
from accounts.limits import may_send
from accounts.models import User
from events.actions import registrations as actions
from events.forms.registrations import GuestForm, MemberForm
from events.models import Meeting, Registration, RegistrationPlan
from events.places import place_in_queue, places_of, plan_of
from networks.views.company_pages import tried


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration_new(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_hosts(), slug=slug)
    plan = plan_of(meeting)
    if plan is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    if isinstance(request.user, User):
        return _as_member(request, plan, MemberForm(plan, request.user, data))
    return _as_guest(request, plan, GuestForm(plan, data) if plan.guests else None)


def _as_member(request: HttpRequest, plan: RegistrationPlan, form: MemberForm) -> HttpResponse:
    known = Registration.objects.of_meeting(plan.meeting).current().of_person(form.person).first()
    if known and request.method != "POST":
        return redirect(known)
    if plan.is_open and form.is_valid():
        try:
            registration = actions.register(plan.meeting, form.wish(), by=form.person)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(registration)
    return _page(request, plan, form)


def _as_guest(request: HttpRequest, plan: RegistrationPlan, form: GuestForm | None) -> HttpResponse:
    if form and plan.is_open and form.is_valid():
        try:
            if not form.sent_by_machine:
                _require_patience(request)
                actions.register_guest(plan.meeting, form.wish())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "events/registration_sent.html", {"meeting": plan.meeting})
    return _page(request, plan, form)


def _require_patience(request: HttpRequest) -> None:
    """Each guest's registration sends a mail to whatever address was typed."""
    if not may_send(request, "registration"):
        raise ActionRefused(
            _("Von hier kamen gerade viele Anmeldungen. Bitte versuchen Sie es in einer Stunde noch einmal.")
        )


def _page(request: HttpRequest, plan: RegistrationPlan, form: MemberForm | GuestForm | None) -> HttpResponse:
    context = {"meeting": plan.meeting, "plan": plan, "seats": places_of(plan), "form": form}
    return render(request, "events/registration_new.html", context)


def _by_link(token: str) -> Registration:
    return get_object_or_404(Registration.objects.with_meeting(), token=token)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def registration(request: HttpRequest, token: str) -> HttpResponse:
    found = _by_link(token)
    if found.is_unconfirmed:
        return redirect("events:registration-confirm", token)
    others = Registration.objects.of_meeting(found.meeting).on_the_list().by_name()
    context = {
        "registration": found,
        "meeting": found.meeting,
        "place": place_in_queue(found) if found.is_waiting else None,
        "others": others if found.has_a_place and found.listed else (),
    }
    return render(request, "events/registration.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The mail's link shows a button; only the button confirms."""
    found = _by_link(token)
    if request.method == "POST":
        try:
            actions.confirm(found)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        return redirect(found)
    if not found.is_unconfirmed:
        return redirect(found)
    status = 410 if found.has_expired else 200
    context = {"registration": found, "meeting": found.meeting}
    return render(request, "events/registration_confirm.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration_cancel(request: HttpRequest, token: str) -> HttpResponse:
    found = _by_link(token)
    if request.method == "POST":
        by = request.user if isinstance(request.user, User) else None
        tried(request, lambda: actions.cancel(found, by=by), _("Abgesagt. Danke, dass Sie Bescheid geben."))
        return redirect(found)
    context = {"registration": found, "meeting": found.meeting}
    return render(request, "events/registration_cancel.html", context)
