from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.words import days_in_figures

from .agencies import Agency, AgencyStaff, Person


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def standing(self) -> Self:
        """Not ended early."""
        return self.filter(ended_at=None)

    def on(self, day: date) -> Self:
        return self.standing().filter(first_day__lte=day, last_day__gte=day)

    def overlapping(self, first: date, last: date) -> Self:
        return self.standing().filter(first_day__lte=last, last_day__gte=first)

    def ahead(self, day: date) -> Self:
        """Running, or still to come."""
        return self.standing().filter(last_day__gte=day)

    def deputised_by(self, employment: AgencyStaff) -> Self:
        return self.filter(deputy=employment).with_people()

    def of_employment(self, employment: AgencyStaff) -> Self:
        return self.filter(employment=employment).with_people()

    def concerning(self, person: Person) -> Self:
        """Today: this person is away, or deputises for somebody who is."""
        mine = Q(employment__person_id=person.pk) | Q(deputy__person_id=person.pk, deputy__left_at=None)
        return self.on(timezone.localdate()).filter(mine, employment__left_at=None).with_people()

    def visible_to(self, person: Person) -> Self:
        """The whole team knows who is away."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        return self if person.is_superuser else self.filter(employment__agency__in=Agency.objects.of_staff(person))

    def with_people(self) -> Self:
        return self.select_related("employment__person", "employment__agency", "deputy__person")


class Absence(models.Model):
    """Somebody of a team is away; a colleague does the work until the last day has passed."""

    employment = models.ForeignKey(
        AgencyStaff, models.CASCADE, related_name="absences", verbose_name=_("Wer ist abwesend?")
    )
    deputy = models.ForeignKey(AgencyStaff, models.CASCADE, related_name="deputising", verbose_name=_("Wer vertritt?"))
    first_day = models.DateField(_("erster Tag"))
    last_day = models.DateField(_("letzter Tag"))
    entered_at = models.DateTimeField(_("eingetragen"), default=timezone.now)
    ended_at = models.DateTimeField(_("vorzeitig beendet"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("eingetragen von"),
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Abwesenheit")
        verbose_name_plural = _("Abwesenheiten")
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="absence_ends_after_start"),
            models.CheckConstraint(condition=~Q(deputy=F("employment")), name="nobody_deputises_for_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.employment.person}: {days_in_figures(self.first_day, self.last_day)}"

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.last_day < timezone.localdate()

    @property
    def is_running(self) -> bool:
        return not self.is_over and self.first_day <= timezone.localdate()
