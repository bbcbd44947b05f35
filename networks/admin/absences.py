from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.admin.scoped import person_of
from accounts.models import User
from networks.actions import absences as actions
from networks.forms.absences import AbsenceForm
from networks.models import Absence, AgencyStaff
from networks.rules import may_end_absence

from .reviews import Decision, QueueAdmin

BACK: Decision[Absence] = Decision(
    "back",
    _("Wieder da"),
    lambda absence, by, _text: actions.end_absence(absence, by=by),
    lambda absence: not absence.is_over,
    tone="good",
    hint=_("Sofort gehen E-Mails wieder an alle. Eine geplante Abwesenheit fällt weg."),
)


@admin.register(Absence)
class AbsenceAdmin(QueueAdmin[Absence]):
    """Everybody enters their own, the manager that of the team; the whole team knows who deputises."""

    form = AbsenceForm
    private = frozenset({"employment", "deputy"})
    list_display = ["employment", "first_day", "last_day", "deputy", "ended_at"]
    list_select_related = ["employment__person", "employment__agency", "deputy__person", "deputy__agency"]
    search_fields = ["employment__person__name"]
    date_hierarchy = "first_day"
    ordering = ["-first_day", "-pk"]
    add_title = _("Abwesenheit eintragen")
    decisions = (BACK,)
    review_template = "admin/networks/absence/review.html"
    choices = {
        "employment": lambda person: AgencyStaff.objects.answered_for_by(person),
        "deputy": lambda person: AgencyStaff.objects.visible_to(person).active(),
    }

    def scope(self, person: User) -> QuerySet[Absence]:
        return Absence.objects.visible_to(person).with_people()

    def waiting(self, person: User) -> QuerySet[Absence]:
        return Absence.objects.none()

    def has_add_permission(self, request: HttpRequest) -> bool:
        person = person_of(request)
        return person.is_staff and AgencyStaff.objects.answered_for_by(person).exists()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        mine = AgencyStaff.objects.active().of_people([person_of(request)]).first()
        return {"employment": mine.pk if mine else None, **super().get_changeform_initial_data(request)}

    def permits(self, decision: Decision[Any], obj: Absence, person: User) -> bool:
        return may_end_absence(person, obj)

    def save_model(self, request: HttpRequest, obj: Absence, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        obj.pk = actions.enter_absence(form.cleaned_data, by=person_of(request)).pk

    def response_add(self, request: HttpRequest, obj: Absence, post_url_continue: str | None = None) -> HttpResponse:
        messages.success(request, _("Eingetragen. Die Vertretung weiß Bescheid."))
        return redirect("admin:index")

    def review_context(self, obj: Absence, person: User) -> dict[str, Any]:
        return {}
