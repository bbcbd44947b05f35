from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from networks.actions import claims as actions
from networks.desk import age_for
from networks.models import Agency, Claim

from .queues import QueueFilter
from .reviews import Decision, QueueAdmin, log_about

State = Claim.State
DECISIONS: tuple[Decision[Claim], ...] = (
    Decision(
        "approve",
        _("Bestätigen"),
        lambda claim, by, _text: actions.approve_claim(claim, by=by),
        lambda claim: claim.state == State.REQUESTED,
        tone="good",
        hint=_("Die Person ist dann für den Eintrag verantwortlich und bekommt eine E-Mail."),
    ),
    Decision(
        "decline",
        _("Ablehnen"),
        lambda claim, by, text: actions.decline_claim(claim, by=by, reason=text),
        lambda claim: claim.state == State.REQUESTED,
        asks=_("Begründung"),
        tone="bad",
    ),
)


@admin.register(Claim)
class ClaimAdmin(QueueAdmin[Claim]):
    list_display = ["company", "person", "state_badge", "created_at", "decided_at"]
    private = frozenset({"person"})
    list_filter = [QueueFilter, "state"]
    search_fields = ["company__name", "person__name"]
    date_hierarchy = "created_at"
    ordering = ["-created_at"]
    decisions = DECISIONS
    review_template = "admin/networks/claim/review.html"

    def scope(self, person: User) -> QuerySet[Claim]:
        return Claim.objects.visible_to(person).select_related("person", "company__municipality")

    def waiting(self, person: User) -> QuerySet[Claim]:
        return Claim.objects.visible_to(person).waiting()

    def teams(self, obj: Claim) -> list[Agency]:
        return [obj.company.home_agency] if obj.company.home_agency else []

    def review_context(self, obj: Claim, person: User) -> dict[str, Any]:
        return {
            "age": age_for(person, obj.created_at),
            "people": obj.company.people.select_related("person"),
            "log": log_about(obj, obj.company),
        }
