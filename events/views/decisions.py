"""What was agreed and who does what, over all meetings."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import ActionRefused
from events.actions import agenda as actions
from events.forms.agenda import DecisionForm, DecisionSearch, TaskForm
from events.models import ActionItem, Decision
from events.views.agenda import written
from networks.views.company_pages import signed_in, tried


@login_not_required
@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    form = DecisionSearch(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    decisions = Decision.objects.visible_to(request.user).saying(words).latest_first()
    return render(request, "events/decision_list.html", {"decisions": decisions, "q": words})


@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = written(request, slug)
    day = timezone.localdate(meeting.starts_at)
    form = DecisionForm(meeting, request.POST if request.method == "POST" else None, initial={"decided_on": day})
    if form.is_valid():
        try:
            actions.decide(meeting, form.values(), by=signed_in(request), replaces=form.cleaned_data["replaces"])
        except ActionRefused as refusal:
            form.add_error("replaces", str(refusal))
        else:
            return redirect("events:meeting-report", meeting.slug)
    return render(request, "events/decision_new.html", {"meeting": meeting, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def task_new(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = written(request, slug)
    form = TaskForm(meeting, request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.assign(meeting, form.cleaned_data, by=signed_in(request))
        return redirect("events:meeting-report", meeting.slug)
    return render(request, "events/task_new.html", {"meeting": meeting, "form": form})


@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    """Staff only: whoever follows no meeting finds nothing here."""
    if not request.user.is_staff:
        raise PermissionDenied
    tasks = ActionItem.objects.visible_to(request.user).open().soonest_first()
    mine = set(ActionItem.objects.curated_by(request.user).values_list("pk", flat=True))
    context = {"tasks": [(task, task.pk in mine) for task in tasks], "today": timezone.localdate()}
    return render(request, "events/task_list.html", context)


@require_POST
def task_step(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(ActionItem.objects.visible_to(request.user), pk=pk)
    if not ActionItem.objects.curated_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    state, by = request.POST.get("state", ""), signed_in(request)
    if state not in ActionItem.State.values:
        state = ActionItem.State.DONE
    tried(request, lambda: actions.step_task(task, state, by=by), _("Gespeichert."))
    return redirect("events:task-list")
