from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.admin.scoped import person_of
from accounts.models import User
from networks.actions import openings as actions
from networks.desk import age_for
from networks.forms.openings import OpeningForm
from networks.models import Agency, Membership, Network, Opening, Region
from networks.rules import opening_abilities
from networks.shares import network_shares

from .queues import QueueFilter
from .reviews import Decision, QueueAdmin

State = Opening.State
DECISIONS: tuple[Decision[Opening], ...] = (
    Decision(
        "confirm",
        _("Öffnung bestätigen"),
        lambda opening, by, _text: actions.confirm_opening(opening, by=by),
        lambda opening: opening.state == State.PROPOSED,
        tone="good",
        hint=_("Unternehmen Ihrer Seite können dann anfragen, und Ihr Team entscheidet darüber mit."),
    ),
    Decision(
        "decline",
        _("Ablehnen"),
        lambda opening, by, text: actions.decline_opening(opening, by=by, reason=text),
        lambda opening: opening.state == State.PROPOSED,
        asks=_("Begründung"),
        tone="bad",
    ),
    Decision(
        "withdraw",
        _("Vorschlag zurückziehen"),
        lambda opening, by, _text: actions.withdraw_opening(opening, by=by),
        lambda opening: opening.state == State.PROPOSED,
        tone="ghost",
    ),
    Decision(
        "end",
        _("Öffnung beenden"),
        lambda opening, by, text: actions.end_opening(opening, by=by, reason=text),
        lambda opening: opening.state == State.CONFIRMED,
        asks=_("Begründung"),
        tone="bad",
        hint=_("Von dort kann dann niemand mehr anfragen. Wer Mitglied ist, bleibt es. Beide Seiten erfahren davon."),
    ),
)


@admin.register(Opening)
class OpeningAdmin(QueueAdmin[Opening]):
    """Proposed by the curating agency, decided by its twin; both see it."""

    form = OpeningForm
    list_display = ["network", "region", "twin", "state_badge", "since", "proposed_at"]
    list_filter = [QueueFilter, "state"]
    list_select_related = ["network", "region", "twin"]
    search_fields = ["network__short_name", "network__name"]
    ordering = ["-proposed_at"]
    add_title = _("Öffnung vorschlagen")
    decisions = DECISIONS
    review_template = "admin/networks/opening/review.html"
    choices = {
        "network": lambda person: Network.objects.to_open_by(person),
        "region": lambda _person: Region.objects.all(),
        "twin": lambda _person: Agency.objects.by_side(),
    }

    def scope(self, person: User) -> QuerySet[Opening]:
        return Opening.objects.visible_to(person).with_parties()

    def waiting(self, person: User) -> QuerySet[Opening]:
        return Opening.objects.decidable_by(person).waiting()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return person_of(request).is_staff and Network.objects.to_open_by(person_of(request)).exists()

    def permits(self, decision: Decision[Any], obj: Opening, person: User) -> bool:
        return bool(getattr(opening_abilities(person, obj), decision.key))

    def save_model(self, request: HttpRequest, obj: Opening, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        values = {name: form.cleaned_data[name] for name in ("region", "twin", "since", "conditions")}
        obj.pk = actions.propose_opening(obj.network, values, by=person_of(request)).pk

    def response_add(self, request: HttpRequest, obj: Opening, post_url_continue: str | None = None) -> HttpResponse:
        messages.success(
            request, _("Der Vorschlag ist unterwegs. Sie bekommen eine E-Mail, sobald er entschieden ist.")
        )
        return redirect(self.review_url(obj))

    def review_context(self, obj: Opening, person: User) -> dict[str, Any]:
        members = Membership.objects.active().of_published_companies().in_network(obj.network)
        return {
            "age": age_for(person, obj.proposed_at),
            "share": network_shares([obj.network]).get(obj.network.pk),
            "members_there": members.from_region(obj.region).count(),
        }
