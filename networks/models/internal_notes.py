from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .agencies import Agency, Person


class InternalNoteQuerySet(models.QuerySet["InternalNote"]):
    def about(self, *things: models.Model) -> Self:
        mine = models.Q(pk=None)
        for thing in things:
            mine |= models.Q(object_type=thing._meta.label_lower, object_id=str(thing.pk))
        return self.filter(mine).select_related("author", "agency").order_by("-written_at", "-pk")

    def texts_about(self, kind: type[models.Model]) -> dict[str, str]:
        """By the key of the thing, the latest note first."""
        texts: dict[str, list[str]] = {}
        rows = self.filter(object_type=kind._meta.label_lower).order_by("-written_at", "-pk")
        for key, text in rows.values_list("object_id", "text"):
            texts.setdefault(key, []).append(text)
        return {key: "\n".join(found) for key, found in texts.items()}

    def visible_to(self, person: Person) -> Self:
        """A team's notes are the team's; the operator sees all."""
        return self if person.is_superuser else self.filter(agency__in=Agency.objects.of_staff(person))


class InternalNote(models.Model):
    """What a team notes for itself about something on its desk. Companies never see it."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="internal_notes", verbose_name=_("Wirtschaftsförderung")
    )
    object_type = models.CharField(_("Art"), max_length=60)
    object_id = models.CharField(_("Nummer"), max_length=40)
    text = models.TextField(_("Notiz"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("author", "von"),
    )
    written_at = models.DateTimeField(_("geschrieben"), default=timezone.now)

    objects = InternalNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("interne Notiz")
        verbose_name_plural = _("interne Notizen")
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return self.text[:80]
