from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .meetings import Meeting


class DateProposalQuerySet(models.QuerySet["DateProposal"]):
    def of_meeting(self, meeting: Meeting) -> Self:
        return self.filter(meeting=meeting).order_by("day")


class DateProposal(models.Model):
    """A day that staff chose for a planned meeting, with what the finder said about it then."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="date_proposals", verbose_name=pgettext_lazy("one", "Treffen")
    )
    day = models.DateField(_("Tag"))
    cost = models.PositiveSmallIntegerField(_("Abzug"), default=0)
    rejected = models.BooleanField(_("ging laut Kalender nicht"), default=False)
    reasons = models.JSONField(_("Gründe des Terminfinders"), default=list, encoder=DjangoJSONEncoder)
    why_anyway = models.CharField(_("Warum trotzdem"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("vorgeschlagen am"), default=timezone.now)

    objects = DateProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("Terminvorschlag")
        verbose_name_plural = _("Terminvorschläge")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "day"], name="one_proposal_per_meeting_and_day"),
            models.CheckConstraint(
                condition=Q(rejected=False) | ~Q(why_anyway=""), name="rejected_proposal_says_why_anyway"
            ),
        ]

    def __str__(self) -> str:
        return date_format(self.day, "SHORT_DATE_FORMAT")
