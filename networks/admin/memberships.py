from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from networks.actions import memberships as actions
from networks.desk import age_for
from networks.models import Agency, Membership
from networks.shares import network_shares
from networks.working_days import age_in_words

from .bulk import BulkAdmin, picked
from .queues import QueueFilter
from .reviews import Decision, QueueAdmin

State = Membership.State
# What no row of the list shows.
LONG = (
    *("message", "decision_note", "company__search_text", "company__search_name", "company__description"),
    *("company__summary", "company__municipality__district__path", "company__caring_agency__about", "network__aims"),
    *("network__summary", "network__how_to_join", "network__agency__about"),
)
UNDECIDED = {State.REQUESTED, State.ASKED_BACK}
DECISIONS: tuple[Decision[Membership], ...] = (
    Decision(
        "approve",
        _("Aufnehmen"),
        lambda membership, by, _text: actions.approve_membership(membership, by=by),
        lambda membership: membership.state in UNDECIDED,
        tone="good",
        hint=_("Das Unternehmen ist sofort Mitglied; es und seine Wirtschaftsförderung bekommen eine E-Mail."),
    ),
    Decision(
        "ask_back",
        _("Rückfrage stellen"),
        lambda membership, by, text: actions.ask_back_membership(membership, by=by, message=text),
        lambda membership: membership.state == State.REQUESTED,
        asks=_("Ihre Frage"),
        tone="ghost",
    ),
    Decision(
        "decline",
        _("Ablehnen"),
        lambda membership, by, text: actions.decline_membership(membership, by=by, reason=text),
        lambda membership: membership.state in UNDECIDED,
        asks=_("Begründung"),
        tone="bad",
    ),
    Decision(
        "invite_again",
        _("Noch einmal einladen"),
        lambda membership, by, _text: actions.invite_again(membership, by=by),
        lambda membership: membership.state == State.INVITED,
        tone="good",
        hint=_("Das Unternehmen bekommt dieselbe E-Mail noch einmal."),
    ),
    Decision(
        "take_back",
        _("Einladung zurücknehmen"),
        lambda membership, by, _text: actions.take_back_invitation(membership, by=by),
        lambda membership: membership.state == State.INVITED,
        tone="ghost",
    ),
    Decision(
        "remove",
        _("Mitgliedschaft beenden"),
        lambda membership, by, text: actions.remove_member(membership, by=by, reason=text),
        lambda membership: membership.state == State.ACTIVE,
        asks=_("Begründung"),
        tone="bad",
    ),
)


@admin.register(Membership)
class MembershipAdmin(QueueAdmin[Membership], BulkAdmin[Membership]):
    """Join requests and members: the curating agency's, and the twin's for companies of its own region."""

    list_display = ["company", "region_name", "network", "state_badge", "waiting_since", "requested_at", "joined_at"]
    list_filter = [QueueFilter, "state", "network__agency__region"]
    date_hierarchy = "requested_at"
    search_fields = ["company__name", "network__short_name"]
    ordering = ["-requested_at"]
    decisions = DECISIONS
    bulk = picked(DECISIONS, "approve", "decline", "invite_again", "take_back", "remove")
    review_template = "admin/networks/membership/review.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).defer(*LONG)

    def scope(self, person: User) -> QuerySet[Membership]:
        return Membership.objects.decidable_by(person).with_parties()

    @admin.display(description=_("Region"), ordering="company__municipality__district__region")
    def region_name(self, obj: Membership) -> str:
        return str(obj.company.region or "")

    @admin.display(description=_("wartet"), ordering="requested_at")
    def waiting_since(self, obj: Membership) -> str:
        home = obj.network.agency.region
        return age_in_words(obj.requested_at, [home.state] if home else []) if obj.state == State.REQUESTED else ""

    def waiting(self, person: User) -> QuerySet[Membership]:
        return Membership.objects.decidable_by(person).waiting()

    def teams(self, obj: Membership) -> list[Agency]:
        """The curating agency, and the twin on the company's side."""
        return [one for one in (obj.network.agency, obj.network.twin_for(obj.company.region)) if one]

    def review_context(self, obj: Membership, person: User) -> dict[str, Any]:
        return {
            "age": age_for(person, obj.requested_at),
            "share": network_shares([obj.network]).get(obj.network.pk),
            "opening": obj.network.opening_for(obj.company.region),
            "competences": obj.company.competences.all(),
        }
