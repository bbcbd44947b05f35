"""The queues: what waits for somebody of a team, since when, and what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Model, Q, QuerySet, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from networks.models import (
    Claim,
    Company,
    Membership,
    MergeRequest,
    Opening,
    OutdatedNote,
    StaffInvitation,
)

PARAMETER = "wartet"  # of a list's address: only what stands in this queue
PATIENCE = timedelta(days=14)
ENDS_SOON = timedelta(days=3)
FORGOTTEN = timedelta(days=30)  # an invitation that nobody took up


@dataclass(frozen=True)
class Kind:
    """A queue: what waits, since when (a field), and what the button says. `name` stays for ever: reminders keep it."""

    name: str
    title: str | Promise
    action: str | Promise
    since: str
    rows: Callable[[User], QuerySet[Any]]
    page: Callable[[Any], str] | None = None  # where the button leads, when that is not the review
    reminds: bool = True  # False: its app reminds by a plan of its own
    patience: timedelta = timedelta()  # how long after that moment it is the team's turn

    @cached_property
    def model(self) -> type[Model]:
        """Known without asking for anybody's rows; building those for each list would cost more than the list."""
        found: type[Model] = self.rows(cast(User, AnonymousUser())).model
        return found

    def begins(self, row: Any) -> datetime:
        """Since when it is the team's turn."""
        moment: datetime = getattr(row, self.since)
        return moment + self.patience

    def oldest(self, person: User, before: datetime) -> Any:
        """What has waited longest, with how many wait and how many of them began before this moment; or nothing."""
        late = Q(**{f"{self.since}__lt": before - self.patience})
        counted = {"all_waiting": Window(Count("pk")), "all_late": Window(Count("pk", filter=late))}
        return self.rows(person).annotate(**counted).first()

    def begun(self, person: User, before: datetime) -> QuerySet[Any]:
        return self.rows(person).filter(**{f"{self.since}__lt": before - self.patience})

    def ordering(self, model: type[Model]) -> list[str]:
        """The oldest first, where that is a column of its own."""
        return [self.since, "pk"] if self.since in {field.name for field in model._meta.fields} else []

    def among(self, rows: QuerySet[Any], person: User) -> QuerySet[Any]:
        """Of these rows only what stands in this queue."""
        return rows.filter(pk__in=self.rows(person).order_by().values("pk"))

    def page_of(self, row: Model) -> str:
        if self.page:
            return self.page(row)
        meta = row._meta
        review = reverse(f"admin:{meta.app_label}_{meta.model_name}_review", args=[row.pk])
        return f"{review}?{PARAMETER}={self.name}"


KINDS = [
    Kind(
        "companies",
        _("Anträge von Unternehmen"),
        _("Prüfen"),
        "submitted_at",
        lambda person: Company.objects.curated_by(person).waiting(),
    ),
    Kind(
        "memberships",
        _("Aufnahme in Netzwerke"),
        _("Entscheiden"),
        "requested_at",
        lambda person: Membership.objects.decidable_by(person).waiting().with_parties(),
    ),
    Kind(
        "openings",
        _("Öffnung bestätigen"),
        _("Ansehen"),
        "proposed_at",
        lambda person: Opening.objects.decidable_by(person).waiting().with_parties(),
    ),
    Kind(
        "claims",
        _("Übernahme eines Eintrags"),
        _("Prüfen"),
        "created_at",
        lambda person: Claim.objects.visible_to(person).waiting().select_related("company", "person"),
    ),
    Kind(
        "merges",
        _("Zusammenführen bestätigen"),
        _("Ansehen"),
        "requested_at",
        lambda person: MergeRequest.objects.decidable_by(person).waiting().with_parties(),
    ),
    Kind(
        "notes",
        _("Hinweise: veraltet oder eine Barriere"),
        _("Ansehen"),
        "created_at",
        lambda person: OutdatedNote.objects.visible_to(person).open().order_by("created_at", "pk"),
    ),
    Kind(
        "unanswered-companies",
        _("Unternehmen: Rückfrage lange ohne Antwort"),
        _("Ansehen"),
        "decided_at",
        lambda person: Company.objects.curated_by(person).unanswered(before=timezone.now() - PATIENCE),
        patience=PATIENCE,
    ),
    Kind(
        "unanswered-memberships",
        _("Aufnahme: Rückfrage lange ohne Antwort"),
        _("Ansehen"),
        "decided_at",
        lambda person: (
            Membership.objects.decidable_by(person).unanswered(before=timezone.now() - PATIENCE).with_parties()
        ),
        patience=PATIENCE,
    ),
    Kind(
        "unchecked-companies",
        _("Texte prüfen"),
        _("Ansehen"),
        "unchecked_since",
        lambda person: Company.objects.curated_by(person).unchecked(),
    ),
    Kind(
        "company-invitations",
        _("Einladung, für ein Unternehmen zu sprechen, läuft ab"),
        _("Neu einladen"),
        "invitation_ends",
        lambda person: Company.objects.curated_by(person).losing_invitation(
            from_=timezone.now() - FORGOTTEN, to=timezone.now() + ENDS_SOON
        ),
        patience=-ENDS_SOON,
    ),
    Kind(
        "network-invitations",
        _("Einladung in ein Netzwerk lange ohne Antwort"),
        _("Ansehen"),
        "requested_at",
        lambda person: (
            Membership.objects.decidable_by(person).never_accepted(before=timezone.now() - PATIENCE).with_parties()
        ),
        patience=PATIENCE,
    ),
    Kind(
        "staff-invitations",
        _("Einladung ins Team läuft ab"),
        _("Neu einladen"),
        "expires_at",
        lambda person: StaffInvitation.objects.visible_to(person).ending(
            from_=timezone.now() - FORGOTTEN, to=timezone.now() + ENDS_SOON
        ),
        patience=-ENDS_SOON,
    ),
]


def register(kind: Kind) -> None:
    """A higher app has queues of its own."""
    KINDS.append(kind)


def kinds_of(model: type[Model]) -> dict[str, Kind]:
    """The queues in which rows of this model stand."""
    return {kind.name: kind for kind in KINDS if kind.model is model}
