"""What a meeting leaves behind when it changes: former addresses, former dates."""

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .meetings import Meeting


class MeetingSlug(models.Model):
    """An address the meeting had before: it redirects."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="old_slugs")
    slug = models.SlugField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("frühere Adresse eines Treffens")
        verbose_name_plural = _("frühere Adressen von Treffen")

    def __str__(self) -> str:
        return self.slug


class MeetingMove(models.Model):
    """A date that no longer holds, and why."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="moves")
    starts_at = models.DateTimeField(_("bisheriger Beginn"))
    ends_at = models.DateTimeField(_("bisheriges Ende"))
    reason = models.TextField(_("Begründung"), max_length=1000)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("verschoben am"), default=timezone.now)

    class Meta:
        verbose_name = _("verschobener Termin")
        verbose_name_plural = _("verschobene Termine")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return date_format(self.starts_at, "SHORT_DATE_FORMAT")
