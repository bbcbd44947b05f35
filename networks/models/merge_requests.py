from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .agencies import Agency, Person
from .companies import Company


class MergeRequestQuerySet(models.QuerySet["MergeRequest"]):
    def waiting(self) -> Self:
        return self.filter(state=MergeRequest.State.REQUESTED).order_by("requested_at", "pk")

    def visible_to(self, person: Person) -> Self:
        """Both agencies, and the operator."""
        if person.is_superuser:
            return self
        mine = Agency.objects.of_staff(person)
        return self.filter(Q(agency__in=mine) | Q(asked__in=mine))

    def decidable_by(self, person: Person) -> Self:
        """The agency that is asked, or the operator."""
        return self if person.is_superuser else self.filter(asked__in=Agency.objects.of_staff(person))

    def concerning(self, *companies: Company) -> Self:
        return self.filter(Q(kept__in=companies) | Q(given_up__in=companies))

    def with_parties(self) -> Self:
        return self.select_related("agency", "asked", "requested_by", "kept", "given_up")


class MergeRequest(models.Model):
    """Two entries, looked after by two agencies, are one company: one agency says so, the other confirms."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("wartet auf Bestätigung")
        CONFIRMED = "confirmed", _("zusammengeführt")
        DECLINED = "declined", _("abgelehnt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    NEXT: dict[str, set[str]] = {
        State.REQUESTED: {State.CONFIRMED, State.DECLINED, State.WITHDRAWN},
        State.CONFIRMED: set(),
        State.DECLINED: set(),
        State.WITHDRAWN: set(),
    }

    kept = models.ForeignKey(Company, models.CASCADE, related_name="+", verbose_name=_("bleibt"))
    given_up = models.ForeignKey(Company, models.CASCADE, related_name="+", verbose_name=_("geht darin auf"))
    taken_over = models.JSONField(_("übernommene Angaben"), default=list, blank=True)
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+", verbose_name=_("vorgeschlagen von"))
    asked = models.ForeignKey(Agency, models.CASCADE, related_name="+", verbose_name=_("soll bestätigen"))
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.REQUESTED)
    message = models.TextField(_("Warum es dasselbe Unternehmen ist"), max_length=1000, blank=True)
    decision_note = models.TextField(_("Begründung"), blank=True)
    requested_at = models.DateTimeField(_("vorgeschlagen"), default=timezone.now)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("vorgeschlagen durch")
    )
    decided_at = models.DateTimeField(_("entschieden"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entschieden von"),
    )

    objects = MergeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("Zusammenführung")
        verbose_name_plural = _("Zusammenführungen")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kept", "given_up"], condition=Q(state="requested"), name="one_open_merge_request"
            ),
            models.CheckConstraint(condition=~Q(kept=F("given_up")), name="merge_request_names_two_companies"),
        ]

    def __str__(self) -> str:
        return f"{self.given_up} → {self.kept}"
