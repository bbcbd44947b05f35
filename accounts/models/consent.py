from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ConsentQuerySet(models.QuerySet["Consent"]):
    def valid(self) -> Self:
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """Who agreed to what, when, and to which version of the text."""

    class Purpose(models.TextChoices):
        TERMS = "terms", _("Nutzungsbedingungen")
        PRIVACY = "privacy", _("Datenschutzerklärung")
        CONTACT = "contact", _("als Ansprechperson gezeigt werden")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents", verbose_name=_("Person")
    )
    purpose = models.CharField(_("Zweck"), max_length=20, choices=Purpose)
    about = models.CharField(_("betrifft"), max_length=80, blank=True)
    text_version = models.CharField(_("Fassung des Textes"), max_length=40)
    given_at = models.DateTimeField(_("erteilt"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("widerrufen"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Einwilligung")
        verbose_name_plural = _("Einwilligungen")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "about"], condition=models.Q(withdrawn_at=None), name="one_valid_consent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_purpose_display()}"
