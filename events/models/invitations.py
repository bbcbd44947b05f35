from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from networks.models import Agency, Region

from .meetings import Meeting


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def of_meeting(self, meeting: Meeting) -> Self:
        return self.filter(meeting=meeting)

    def of_meetings_before(self, moment: datetime) -> Self:
        return self.filter(meeting__ends_at__lt=moment)

    def with_address(self, email: str) -> Self:
        return self.filter(email__iexact=email)

    def by_name(self) -> Self:
        return self.select_related("agency", "region").order_by("name", "pk")

    def with_meeting(self) -> Self:
        return self.select_related("meeting__host", "meeting__co_host")


class Invitation(models.Model):
    """Somebody is invited to a meeting and has it in their calendar; the link to answer is theirs alone."""

    class Answer(models.TextChoices):
        NONE = "none", _("noch keine Antwort")
        ACCEPTED = "accepted", _("kommt")
        TENTATIVE = "tentative", _("vielleicht")
        DECLINED = "declined", _("kommt nicht")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations")
    name = models.CharField(_("Name"), max_length=120)
    email = models.EmailField(_("E-Mail-Adresse"))
    agency = models.ForeignKey(Agency, models.SET_NULL, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Region, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(_("Sprache"), max_length=5, default="de")
    token = models.CharField(_("Schlüssel"), max_length=64, unique=True)
    answer = models.CharField(_("Antwort"), max_length=10, choices=Answer, default=Answer.NONE)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("eingeladen am"), default=timezone.now)
    answered_at = models.DateTimeField(_("geantwortet"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Einladung zum Treffen")
        verbose_name_plural = _("Einladungen zum Treffen")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "email"], name="invited_once_per_meeting")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:invitation", args=[self.token])


class CalendarFeed(models.Model):
    """The address under which somebody's calendar fetches their meetings; a new one ends the old."""

    person = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed")
    token = models.CharField(_("Schlüssel"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("angelegt am"), default=timezone.now)

    class Meta:
        verbose_name = _("eigener Kalender")
        verbose_name_plural = _("eigene Kalender")

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        return reverse("events:personal-calendar", args=[self.token])
