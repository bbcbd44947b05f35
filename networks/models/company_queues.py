"""What of the companies waits for somebody: questions of the desk."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from .company_people import CompanyInvitation, CompanyMember

if TYPE_CHECKING:
    from .companies import Company  # noqa: F401  # names the rows for the type checker


class CompanyQueues(models.QuerySet["Company"]):
    def waiting(self) -> Self:
        """Applications that an agency has to decide, oldest first."""
        return self.filter(state=self.model.State.PENDING).order_by("submitted_at", "pk")

    def unanswered(self, *, before: datetime) -> Self:
        """Asked back, and nothing came since."""
        asked = self.filter(state=self.model.State.CHANGES_REQUESTED, decided_at__lt=before)
        return asked.order_by("decided_at", "pk")

    def unchecked(self) -> Self:
        """Its own people changed public texts, and no staff looked since."""
        return self.filter(state=self.model.State.PUBLISHED, unchecked_since__isnull=False).order_by(
            "unchecked_since", "pk"
        )

    def without_owner(self) -> Self:
        return self.exclude(pk__in=CompanyMember.objects.leading().values("company"))

    def losing_invitation(self, *, from_: datetime, to: datetime) -> Self:
        """Nobody speaks for them, and the last invitation to do so ends in this time."""
        last = CompanyInvitation.objects.to_lead().filter(company=models.OuterRef("pk")).order_by("-expires_at")
        lonely = self.without_owner().filter(state__in=[self.model.State.PUBLISHED, self.model.State.HIDDEN])
        ending = lonely.annotate(invitation_ends=models.Subquery(last.values("expires_at")[:1]))
        return ending.filter(invitation_ends__gte=from_, invitation_ends__lte=to).order_by("invitation_ends", "pk")
