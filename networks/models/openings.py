from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .agencies import Agency, Person
from .networks import Network
from .places import Region


class OpeningQuerySet(models.QuerySet["Opening"]):
    def in_force(self) -> Self:
        """Agreed by both sides, and begun."""
        return self.filter(state=Opening.State.CONFIRMED, since__lte=timezone.localdate())

    def standing(self) -> Self:
        """Proposed or agreed: at most one per network and region."""
        return self.filter(state__in=Opening.STANDING)

    def waiting(self) -> Self:
        return self.filter(state=Opening.State.PROPOSED).order_by("proposed_at", "pk")

    def proposed_by_staff(self, person: Person) -> Self:
        """Of networks that this person's agency curates; the operator's are all."""
        return self.filter(network__in=Network.objects.curated_by(person).order_by().values("pk"))

    def decidable_by(self, person: Person) -> Self:
        """The twin agency agrees or declines; the operator may in its place."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        return self if person.is_superuser else self.filter(twin__in=Agency.objects.of_staff(person))

    def visible_to(self, person: Person) -> Self:
        """Both sides of the agreement."""
        proposed = self.model.objects.proposed_by_staff(person).values("pk")
        decided = self.model.objects.decidable_by(person).values("pk")
        return self.filter(Q(pk__in=proposed) | Q(pk__in=decided))

    def with_parties(self) -> Self:
        return self.select_related("network__agency__region", "region", "twin", "proposed_by", "decided_by")


class Opening(models.Model):
    """Two agencies agree that a network takes companies of another region: proposed, confirmed, ended."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("vorgeschlagen")
        CONFIRMED = "confirmed", _("vereinbart")
        DECLINED = "declined", _("abgelehnt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")
        ENDED = "ended", _("beendet")

    STANDING = (State.PROPOSED, State.CONFIRMED)
    NEXT: dict[str, set[str]] = {
        State.PROPOSED: {State.CONFIRMED, State.DECLINED, State.WITHDRAWN},
        State.CONFIRMED: {State.ENDED},
        State.DECLINED: set(),
        State.WITHDRAWN: set(),
        State.ENDED: set(),
    }

    network = models.ForeignKey(Network, models.CASCADE, related_name="openings", verbose_name=_("Netzwerk"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("für Unternehmen der Region"))
    twin = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="openings_to_decide",
        verbose_name=_("Partner-Wirtschaftsförderung dort"),
    )
    since = models.DateField(_("offen ab"))
    conditions = models.TextField(_("Bedingungen"), max_length=1000, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.PROPOSED)
    decision_note = models.TextField(_("Begründung"), blank=True)
    proposed_at = models.DateTimeField(_("vorgeschlagen"), default=timezone.now)
    decided_at = models.DateTimeField(_("entschieden"), null=True, blank=True)
    ended_at = models.DateTimeField(_("beendet"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("vorgeschlagen von"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entschieden von"),
    )

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("Öffnung")
        verbose_name_plural = _("Öffnungen")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "region"],
                condition=Q(state__in=["proposed", "confirmed"]),
                name="one_standing_opening_per_region",
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed") | Q(twin__isnull=False), name="proposed_opening_has_twin"
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ended_at__isnull=False), name="ended_opening_has_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network} → {self.region}"

    @property
    def is_in_force(self) -> bool:
        return self.state == self.State.CONFIRMED and self.since <= timezone.localdate()
