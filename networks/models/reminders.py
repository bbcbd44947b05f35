from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def of_person(self, person: User) -> Self:
        return self.filter(person=person)

    def sent_before(self, moment: datetime) -> Self:
        return self.filter(sent_at__lt=moment)


class Reminder(models.Model):
    """Somebody was told that a thing waits: once as one of the team, once more as who leads it."""

    class Step(models.TextChoices):
        TEAM = "team", _("das Team")
        LEAD = "lead", _("die Leitung")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders", verbose_name=_("Person")
    )
    step = models.CharField(_("als"), max_length=4, choices=Step)
    queue = models.CharField(_("Warteschlange"), max_length=40)
    thing = models.PositiveBigIntegerField(_("Nummer der Sache"))
    begun = models.DateTimeField(_("wartet seit"))
    sent_at = models.DateTimeField(_("erinnert am"), default=timezone.now)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("Erinnerung")
        verbose_name_plural = _("Erinnerungen")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "step", "queue", "thing", "begun"], name="reminded_once_of_a_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.queue} {self.thing}"
