from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin.scoped import ScopedAdmin, person_of
from accounts.errors import ActionRefused
from accounts.models import User
from networks.actions import staff
from networks.models import Absence, Agency, AgencyStaff, StaffInvitation

from .queues import QueueFilter
from .reviews import Decision, QueueAdmin
from .standing import manages_a_team


@admin.register(Agency)
class AgencyAdmin(ScopedAdmin[Agency]):
    """What the agency says of itself; which districts it serves is reference data."""

    list_display = ["short_name", "region", "contact_function", "contact_email"]
    list_select_related = ["region"]
    search_fields = ["short_name", "official_name"]
    ordering = ["short_name"]
    fieldsets = [
        (None, {"fields": ["official_name", "short_name", "legal_form", "about", "website", "founded", "as_of"]}),
        (_("Texte auf Englisch und Niederländisch"), {"fields": Agency.WORDINGS, "classes": ["collapse"]}),
        (_("Anschrift"), {"fields": ["street", "postcode", "city"]}),
        (_("Ansprechstelle"), {"fields": ["contact_function", "contact_email", "contact_phone"]}),
    ]

    def scope(self, person: User) -> QuerySet[Agency]:
        return Agency.objects.managed_by(person)

    def has_view_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:
        return manages_a_team(request) and super().has_view_permission(request, obj)


Role = AgencyStaff.Role
DECISIONS: tuple[Decision[AgencyStaff], ...] = (
    Decision(
        "lead",
        _("Leitung geben"),
        lambda employment, by, _text: staff.change_role(employment, Role.MANAGER, by=by),
        lambda employment: employment.left_at is None and employment.role == Role.CURATOR,
        tone="good",
        hint=_("Wer leitet, lädt ein, vergibt Rollen und pflegt die Angaben der Wirtschaftsförderung."),
    ),
    Decision(
        "curate",
        _("Leitung nehmen"),
        lambda employment, by, _text: staff.change_role(employment, Role.CURATOR, by=by),
        lambda employment: employment.left_at is None and employment.role == Role.MANAGER,
        tone="ghost",
        hint=_("Die Person kuratiert weiter. Jemand muss das Team leiten."),
    ),
    Decision(
        "dismiss",
        _("Aus dem Team nehmen"),
        lambda employment, by, _text: staff.dismiss(employment, by=by),
        lambda employment: employment.left_at is None,
        tone="bad",
        hint=_("Die Person verliert sofort den Zugang, auf allen Geräten; was sie getan hat, bleibt."),
    ),
)


@admin.register(AgencyStaff)
class AgencyStaffAdmin(QueueAdmin[AgencyStaff]):
    private = frozenset({"person", "last_login"})
    list_display = ["person", "agency", "role", "since", "left_at", "last_login"]
    date_hierarchy = "since"
    list_filter = ["role"]
    list_select_related = ["person", "agency"]
    search_fields = ["person__name", "person__email"]
    ordering = ["agency__short_name", "since"]
    decisions = DECISIONS
    review_template = "admin/networks/agencystaff/review.html"

    def scope(self, person: User) -> QuerySet[AgencyStaff]:
        return AgencyStaff.objects.managed_by(person).select_related("person", "agency")

    @admin.display(description=_("zuletzt angemeldet"), ordering="person__last_login")
    def last_login(self, obj: AgencyStaff) -> datetime | None:
        return obj.person.last_login

    def has_view_permission(self, request: HttpRequest, obj: AgencyStaff | None = None) -> bool:
        return manages_a_team(request) and super().has_view_permission(request, obj)

    def waiting(self, person: User) -> QuerySet[AgencyStaff]:
        return AgencyStaff.objects.none()

    def review_context(self, obj: AgencyStaff, person: User) -> dict[str, Any]:
        """The log names what was done to this person; what else happened in the team is not theirs."""
        return {"absences": Absence.objects.standing().of_employment(obj)}


INVITATION_DECISIONS: tuple[Decision[StaffInvitation], ...] = (
    Decision(
        "again",
        _("Neu einladen"),
        lambda invitation, by, _text: staff.invite_staff(invitation.agency, invitation.email, invitation.role, by=by),
        lambda invitation: invitation.accepted_at is None,
        tone="good",
        hint=_("Ein neuer Link geht per E-Mail hinaus und gilt 14 Tage; der alte gilt nicht mehr."),
    ),
    Decision(
        "take_back",
        _("Einladung zurücknehmen"),
        lambda invitation, by, _text: staff.take_back_staff_invitation(invitation, by=by),
        lambda invitation: invitation.accepted_at is None,
        tone="bad",
        hint=_("Der Link gilt sofort nicht mehr."),
    ),
)


@admin.register(StaffInvitation)
class StaffInvitationAdmin(QueueAdmin[StaffInvitation]):
    """A manager invites by mail; sending again is inviting again."""

    private = frozenset({"email"})
    list_display = ["email", "agency", "role", "expires_at", "accepted_at"]
    list_filter = [QueueFilter, ("accepted_at", admin.EmptyFieldListFilter)]
    add_title = _("Ins Team einladen")
    decisions = INVITATION_DECISIONS
    review_template = "admin/networks/staffinvitation/review.html"
    list_select_related = ["agency"]
    fields = ["agency", "email", "role"]
    ordering = ["-created_at"]
    choices = {"agency": lambda person: Agency.objects.managed_by(person)}

    def scope(self, person: User) -> QuerySet[StaffInvitation]:
        return StaffInvitation.objects.visible_to(person).select_related("agency", "invited_by")

    def waiting(self, person: User) -> QuerySet[StaffInvitation]:
        return StaffInvitation.objects.none()

    def review_context(self, obj: StaffInvitation, person: User) -> dict[str, Any]:
        return {}

    def has_view_permission(self, request: HttpRequest, obj: StaffInvitation | None = None) -> bool:
        return manages_a_team(request) and super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return manages_a_team(request)

    def save_model(self, request: HttpRequest, obj: StaffInvitation, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        sent = staff.invite_staff(obj.agency, obj.email, obj.role, by=person_of(request))
        obj.pk = sent.pk

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        try:
            return super().add_view(request, form_url, extra_context)
        except ActionRefused as refusal:
            messages.error(request, gettext("Nicht eingeladen: {why}").format(why=refusal))
            return redirect("admin:networks_staffinvitation_add")
