from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AuditEntry(models.Model):
    """A verb somebody carried out: decisions, sign-ins, changes of rights. Field changes are in the history."""

    at = models.DateTimeField(_("wann"), default=timezone.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("wer")
    )
    verb = models.CharField(_("was"), max_length=60)
    object_type = models.CharField(_("Art"), max_length=60, blank=True)
    object_id = models.CharField(_("Nummer"), max_length=40, blank=True)
    label = models.CharField(_("Gegenstand"), max_length=200, blank=True)
    data = models.JSONField(_("Einzelheiten"), default=dict, blank=True)

    class Meta:
        verbose_name = _("Protokolleintrag")
        verbose_name_plural = pgettext_lazy("log", "Protokoll")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.verb}: {self.label}"

    @classmethod
    def newest(cls) -> int:
        """Rises with everything that anybody does: what was drawn before it may be out of date."""
        return cls.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
