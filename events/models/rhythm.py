"""When a series plans, who hosts out of turn, and whom the guard of the rhythm has asked."""

from calendar import monthrange
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.words import days_in_figures
from networks.models import Agency
from networks.models.agencies import Person

from .series import MeetingSeries

MONTHS = [MinValueValidator(1), MaxValueValidator(12)]
DAYS = [MinValueValidator(1), MaxValueValidator(31)]
LEAP_YEAR = 2024


class PlanningWindow(models.Model):
    """A part of every year, by month and day; it may run over New Year."""

    series = models.ForeignKey(MeetingSeries, models.CASCADE, related_name="windows")
    name = models.CharField(_("Name"), max_length=60)
    start_month = models.PositiveSmallIntegerField(_("von, Monat"), validators=MONTHS)
    start_day = models.PositiveSmallIntegerField(_("von, Tag"), validators=DAYS)
    end_month = models.PositiveSmallIntegerField(_("bis, Monat"), validators=MONTHS)
    end_day = models.PositiveSmallIntegerField(_("bis, Tag"), validators=DAYS)

    class Meta:
        verbose_name = _("Planungsfenster")
        verbose_name_plural = _("Planungsfenster")
        ordering = ["start_month", "start_day", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        for name in ("start", "end"):
            month, day = getattr(self, f"{name}_month"), getattr(self, f"{name}_day")
            if month in range(1, 13) and day and day > monthrange(LEAP_YEAR, month)[1]:
                raise ValidationError({f"{name}_day": gettext("Diesen Tag gibt es in dem Monat nicht.")})


class HostSwap(models.Model):
    """Somebody hosts out of turn. It counts for the turn after the meeting of the day `after`, and for no other."""

    series = models.ForeignKey(MeetingSeries, models.CASCADE, related_name="swaps", verbose_name=_("Treffenreihe"))
    after = models.DateField(_("nach dem Treffen vom"), null=True, blank=True)
    host = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("Gastgeberin"))
    instead_of = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("an der Reihe wäre")
    )
    reason = models.CharField(_("Grund"), max_length=300)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("eingetragen von"))
    created_at = models.DateTimeField(_("eingetragen am"), default=timezone.now)

    class Meta:
        verbose_name = _("Tausch")
        verbose_name_plural = _("Tausche")
        ordering = ["-created_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="host_swap_has_reason")]

    def __str__(self) -> str:
        return f"{self.host}: {self.reason}"


class PlanningTaskQuerySet(models.QuerySet["PlanningTask"]):
    def open(self) -> Self:
        return self.exclude(state=PlanningTask.State.DONE)

    def visible_to(self, person: Person) -> Self:
        """First the next host's; when that did not help, everybody's who takes part."""
        series = MeetingSeries.objects.visible_to(person)
        if person.is_superuser:
            return self.filter(series__in=series)
        mine = Q(host__in=Agency.objects.of_staff(person)) | Q(state=PlanningTask.State.EVERYBODY)
        return self.filter(mine, series__in=series)

    def oldest_first(self) -> Self:
        return self.order_by("created_at", "pk").select_related("series", "host")


class PlanningTask(models.Model):
    """A window comes near and nothing is planned: find a date."""

    class State(models.TextChoices):
        ASKED = "asked", _("Gastgeberin gefragt")
        REMINDED = "reminded", _("Gastgeberin erinnert")
        EVERYBODY = "everybody", _("alle gefragt")
        DONE = "done", _("erledigt")

    NEXT: dict[str, set[str]] = {
        State.ASKED: {State.REMINDED, State.DONE},
        State.REMINDED: {State.EVERYBODY, State.DONE},
        State.EVERYBODY: {State.DONE},
        State.DONE: {State.ASKED},  # the plan was called off
    }

    series = models.ForeignKey(MeetingSeries, models.CASCADE, related_name="tasks", verbose_name=_("Treffenreihe"))
    start = models.DateField(_("Fenster von"))
    end = models.DateField(_("Fenster bis"))
    host = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("Gastgeberin"))
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.ASKED)
    created_at = models.DateTimeField(_("seit"), default=timezone.now)
    changed_on = models.DateField(_("zuletzt gemahnt"))

    objects = PlanningTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("Planungsaufgabe")
        verbose_name_plural = _("Planungsaufgaben")
        ordering = ["-start", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "start"], name="one_task_per_series_and_window"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="task_window_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {days_in_figures(self.start, self.end)}"

    def get_absolute_url(self) -> str:
        return f"{reverse('events:planning')}?series={self.series.slug}&from={self.start}&to={self.end}"
