"""What is known about days: school holidays by calendar, and periods in which somebody has no time."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.words import days_in_figures
from networks.models import Agency, Region
from networks.models.agencies import Person

from .series import MeetingSeries

LONGEST = 400


def require_order(start: date | None, end: date | None) -> None:
    """For `clean`: the end is not before the start, and nothing lasts for years."""
    if start is None or end is None:
        return
    if end < start:
        raise ValidationError({"end": gettext("Das Ende liegt vor dem Anfang.")})
    if (end - start).days > LONGEST:
        raise ValidationError({"end": gettext("Der Zeitraum ist länger als {n} Tage.").format(n=LONGEST)})


def _regions_of(person: Person) -> models.QuerySet[Region]:
    return Region.objects.filter(agencies__in=Agency.objects.of_staff(person))


def plans_with_others(person: Person) -> bool:
    return MeetingSeries.objects.visible_to(person).exists()


class SchoolCalendarQuerySet(models.QuerySet["SchoolCalendar"]):
    def visible_to(self, person: Person) -> Self:
        """Whoever plans with others sees what lies on their side."""
        return self if plans_with_others(person) else self.curated_by(person)

    def curated_by(self, person: Person) -> Self:
        """Staff of the agencies whose region keeps to it; the operator all."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        if person.is_superuser:
            return self
        return self.filter(code__in=_regions_of(person).values("school_calendar"))

    def with_code(self, codes: Iterable[str]) -> Self:
        return self.filter(code__in=list(codes))


class SchoolCalendar(models.Model):
    """The school holidays of a state or part of it. Known until is said by staff, never read from the rows."""

    code = models.CharField(_("Kürzel"), max_length=20, unique=True, help_text=_("Zum Beispiel BE-VLG oder NL-Midden."))
    name = models.CharField(_("Name"), max_length=80)
    known_until = models.DateField(
        _("bekannt bis"),
        null=True,
        blank=True,
        help_text=_("Bis zu diesem Tag sind alle Ferien eingetragen. Tage danach gelten als unbekannt, nie als frei."),
    )
    source = models.CharField(_("Quelle"), max_length=200, blank=True)
    checked_on = models.DateField(_("geprüft am"), null=True, blank=True)

    objects = SchoolCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("Ferienkalender")
        verbose_name_plural = _("Ferienkalender")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SchoolHolidayQuerySet(models.QuerySet["SchoolHoliday"]):
    def visible_to(self, person: Person) -> Self:
        return self.filter(calendar__in=SchoolCalendar.objects.visible_to(person))

    def curated_by(self, person: Person) -> Self:
        return self.filter(calendar__in=SchoolCalendar.objects.curated_by(person))

    def touching(self, start: date, end: date) -> Self:
        return self.filter(start__lte=end, end__gte=start).order_by("start", "name", "pk")

    def in_calendars(self, codes: Iterable[str]) -> Self:
        return self.filter(calendar__code__in=list(codes)).select_related("calendar")


class SchoolHoliday(models.Model):
    calendar = models.ForeignKey(
        SchoolCalendar, models.CASCADE, related_name="holidays", verbose_name=_("Ferienkalender")
    )
    name = models.CharField(_("Name"), max_length=80)
    start = models.DateField(_("erster Tag"))
    end = models.DateField(_("letzter Tag"))
    source = models.CharField(_("Quelle"), max_length=200, blank=True)
    checked_on = models.DateField(_("geprüft am"), null=True, blank=True)
    doubtful = models.BooleanField(_("nur eine Quelle, bitte prüfen"), default=False)

    objects = SchoolHolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("Schulferien")
        verbose_name_plural = _("Schulferien")
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="school_holiday_in_order"),
            models.UniqueConstraint(fields=["calendar", "name", "start"], name="one_school_holiday"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {days_in_figures(self.start, self.end)}"

    def clean(self) -> None:
        require_order(self.start, self.end)


class BlackoutQuerySet(models.QuerySet["Blackout"]):
    def visible_to(self, person: Person) -> Self:
        return self if plans_with_others(person) else self.curated_by(person)

    def curated_by(self, person: Person) -> Self:
        """Those of one's own agency and region, and those of nobody in particular."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        if person.is_superuser:
            return self
        agencies = Agency.objects.of_staff(person)
        if not agencies.exists():
            return self.none()
        through = Blackout.regions.through.objects
        ours = through.filter(region__in=_regions_of(person)).values("blackout")
        theirs = through.values("blackout")
        return self.filter(Q(agency__in=agencies) | Q(pk__in=ours) | (Q(agency=None) & ~Q(pk__in=theirs)))

    def touching(self, start: date, end: date) -> Self:
        found = self.filter(start__lte=end, end__gte=start).order_by("start", "label", "pk")
        return found.select_related("agency__region").prefetch_related("regions")


class Blackout(models.Model):
    """Somebody has no time: a fair, an own event, or what a calendar file calls busy."""

    class Kind(models.TextChoices):
        BLACKOUT = "blackout", _("Sperrzeit")
        BUSY = "busy", _("belegt laut Kalender")

    kind = models.CharField(_("Art"), max_length=10, choices=Kind, default=Kind.BLACKOUT)
    label = models.CharField(_("Anlass"), max_length=120)
    start = models.DateField(_("erster Tag"))
    end = models.DateField(_("letzter Tag"))
    regions = models.ManyToManyField(Region, blank=True, related_name="+", verbose_name=_("betrifft die Regionen"))
    agency = models.ForeignKey(
        Agency,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="blackouts",
        verbose_name=_("betrifft die Wirtschaftsförderung"),
    )
    source = models.CharField(_("Quelle"), max_length=200, blank=True)
    checked_on = models.DateField(_("geprüft am"), null=True, blank=True)
    uid = models.CharField(_("Kennung im Kalender"), max_length=255, blank=True)

    objects = BlackoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sperrzeit")
        verbose_name_plural = _("Sperrzeiten")
        ordering = ["start", "label", "pk"]
        indexes = [models.Index(fields=["start", "end"], name="blackout_days")]
        constraints = [models.CheckConstraint(condition=Q(end__gte=F("start")), name="blackout_in_order")]

    def __str__(self) -> str:
        return f"{self.label} {days_in_figures(self.start, self.end)}"

    def clean(self) -> None:
        require_order(self.start, self.end)
