from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .agencies import Agency, Person


class OutdatedNoteQuerySet(models.QuerySet["OutdatedNote"]):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def done_before(self, moment: datetime) -> Self:
        return self.filter(done_at__lt=moment)

    def visible_to(self, person: Person) -> Self:
        return self if person.is_superuser else self.filter(agency__in=Agency.objects.of_staff(person))


class OutdatedNote(models.Model):
    """Somebody says that a page is out of date, or that it keeps them out; its agency looks into it.

    A barrier on a page of all agencies is the operator's.
    """

    class Kind(models.TextChoices):
        OUTDATED = "outdated", _("Angaben veraltet")
        BARRIER = "barrier", _("Barriere")

    kind = models.CharField(_("Art"), max_length=10, choices=Kind, default=Kind.OUTDATED)
    agency = models.ForeignKey(
        Agency,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="outdated_notes",
        verbose_name=_("Wirtschaftsförderung"),
    )
    page = models.CharField(_("Seite"), max_length=300, blank=True)
    label = models.CharField(_("Titel"), max_length=200)
    message = models.TextField(_("Hinweis"), max_length=2000)
    email = models.EmailField(_("E-Mail für Rückfragen"), blank=True)
    created_at = models.DateTimeField(_("eingegangen"), default=timezone.now)
    done_at = models.DateTimeField(_("erledigt"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("erledigt von"),
    )

    objects = OutdatedNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("Hinweis zu einer Seite")
        verbose_name_plural = _("Hinweise zu Seiten")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agency__isnull=False) | models.Q(kind="barrier"), name="note_has_somebody"
            )
        ]

    def __str__(self) -> str:
        barrier = self.kind == self.Kind.BARRIER
        return f"{self.get_kind_display()}: {self.label}" if barrier else self.label
