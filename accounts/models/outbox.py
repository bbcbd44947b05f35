from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxQuerySet(models.QuerySet["OutboxMail"]):
    def due(self) -> Self:
        now = timezone.now()
        return self.filter(sent_at=None, given_up_at=None, not_before__lte=now).filter(
            models.Q(leased_until=None) | models.Q(leased_until__lt=now)
        )

    def finished(self, *, before: datetime) -> Self:
        """Delivered or given up before that moment."""
        return self.filter(models.Q(sent_at__lt=before) | models.Q(given_up_at__lt=before))

    def addressed_to(self, email: str) -> Self:
        return self.filter(recipient__iexact=email)

    def delivered(self) -> Self:
        return self.exclude(sent_at=None).order_by("-sent_at", "-pk")


class OutboxMail(models.Model):
    """One mail to one person, written in the transaction that caused it, delivered later by the worker."""

    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    recipient = models.EmailField(_("an"))
    subject = models.CharField(_("Betreff"), max_length=300)
    source = models.BinaryField(_("Quelltext"))
    created_at = models.DateTimeField(_("geschrieben"), default=timezone.now)
    not_before = models.DateTimeField(_("frühestens"), default=timezone.now)
    leased_until = models.DateTimeField(_("in Arbeit bis"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0)
    last_error = models.TextField(_("letzter Fehler"), blank=True)
    sent_at = models.DateTimeField(_("zugestellt"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("aufgegeben"), null=True, blank=True)
    forgotten_when_delivered = models.BooleanField(_("nach der Zustellung vergessen"), default=False)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("ausgehende E-Mail")
        verbose_name_plural = _("ausgehende E-Mails")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["sent_at", "not_before"])]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"
